using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Reminds owners of what is due about their opportunities (§13): the charter of an A, an answer to an objection and a handover some hours
/// before, an evaluation once its time has come. Each is told once for each time it becomes due.
/// </summary>
public sealed class RemindOpportunities(Store store, SettingCache settings, TimeProvider time)
{
    private const string Name = "remind_opportunities";
    private const int Batch = 500;
    private static readonly TimeSpan Before = TimeSpan.FromHours(4);

    /// <summary>Within which time what the deal rule says is won gets its success case.</summary>
    internal static readonly TimeSpan ToWin = TimeSpan.FromHours(24);

    /// <summary>Tells what has come due by now.</summary>
    /// <returns>How many notices were written.</returns>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                if (!store.IsSqlite)
                {
                    await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Name}))", ct);
                }

                var now = time.Now;
                var due = await Due(scope.Db, setting, now, ct);
                var told = await Told(scope.Db, due, ct);
                List<Notice> notices = [];
                foreach (var (id, owner, since) in due.Where(d => !told.Any(t => t.Subject == d.Id && t.User == d.Owner && t.At >= d.Since)).DistinctBy(d => (d.Id, d.Owner)))
                {
                    notices.Add(new Notice { Id = Clock.NewId(now), UserId = owner, Kind = NoticeKind.OpportunityDue, SubjectId = id, At = now });
                }

                await scope.Insert().Add(notices).Send(ct);
                return notices.Count;
            },
            ct);
    }

    private static async Task<List<(Guid Id, Guid Owner, DateTimeOffset Since)>> Due(GranaryDb db, Setting setting, DateTimeOffset now, CancellationToken ct)
    {
        var soon = now + Before;
        var evaluated = now.AddDays(-setting.Opportunities.EvaluationDays);
        var own = db.Set<Opportunity>().AsNoTracking();
        List<(Guid, Guid, DateTimeOffset)> due = [];
        foreach (var o in await own.Where(o => o.CharterDueAt <= soon || o.HandoverDueAt <= soon).OrderBy(o => o.Id).Take(Batch).Select(o => new { o.Id, o.OwnerId, o.CharterDueAt, o.HandoverDueAt }).ToListAsync(ct))
        {
            due.Add((o.Id, o.OwnerId, (o.CharterDueAt ?? o.HandoverDueAt!.Value) - Before));
        }

        foreach (var o in await (from x in db.Set<OpportunityObjection>()
                                 join o in own on x.OpportunityId equals o.Id
                                 where x.AnsweredAt == null && x.DueAt <= soon
                                 orderby x.DueAt
                                 select new { o.Id, o.OwnerId, x.DueAt }).Take(Batch).ToListAsync(ct))
        {
            due.Add((o.Id, o.OwnerId, o.DueAt - Before));
        }

        foreach (var o in await own.Where(o => o.ClosedAt == null && (o.EvaluatedAt ?? o.CreatedAt) <= evaluated).OrderBy(o => o.Id).Take(Batch).Select(o => new { o.Id, o.OwnerId, At = o.EvaluatedAt ?? o.CreatedAt }).ToListAsync(ct))
        {
            due.Add((o.Id, o.OwnerId, o.At.AddDays(setting.Opportunities.EvaluationDays)));
        }

        var met = now - ToWin + Before;
        foreach (var o in await own.Where(o => o.DealMetAt <= met).OrderBy(o => o.Id).Take(Batch).Select(o => new { o.Id, o.OwnerId, At = o.DealMetAt!.Value }).ToListAsync(ct))
        {
            due.Add((o.Id, o.OwnerId, o.At + ToWin - Before));
        }

        return due.FindAll(d => setting.CanOwn(d.Item2));
    }

    private static async Task<List<(Guid Subject, Guid User, DateTimeOffset At)>> Told(GranaryDb db, List<(Guid Id, Guid Owner, DateTimeOffset Since)> due, CancellationToken ct)
    {
        var (subjects, users) = (due.Select(d => d.Id).Distinct().ToArray(), due.Select(d => d.Owner).Distinct().ToArray());
        return due.Count == 0 ? [] : (await db.Set<Notice>().Where(n => n.Kind == NoticeKind.OpportunityDue && users.Contains(n.UserId) && subjects.Contains(n.SubjectId))
            .Select(n => new { n.SubjectId, n.UserId, n.At }).ToListAsync(ct)).ConvertAll(n => (n.SubjectId, n.UserId, n.At));
    }
}
