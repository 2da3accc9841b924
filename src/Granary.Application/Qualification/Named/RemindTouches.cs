using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>Reminds owners of planned touches some days before (§12), once for each time they are planned.</summary>
public sealed class RemindTouches(Store store, SettingCache settings, TimeProvider time)
{
    private const string Name = "remind_touches";
    private const int Batch = 500;

    /// <summary>Tells what has come due by now.</summary>
    /// <returns>How many touches.</returns>
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
                var until = setting.Calendar.DateOf(now).AddDays(setting.NamedAccounts.RemindDays);
                var due = await (from t in scope.Db.Set<NamedTouch>()
                                 join n in scope.Db.Set<NamedAccount>() on t.NamedAccountId equals n.Id
                                 where t.DoneOn == null && t.CancelledAt == null && t.RemindedAt == null && t.PlannedOn <= until
                                 orderby t.PlannedOn, t.Id
                                 select new { t, n.AccountId }).Take(Batch).ToListAsync(ct);
                // Each account once, however many of its touches come due together.
                foreach (var (user, account) in due.Select(d => (d.t.OwnerId, d.AccountId)).Distinct().Where(d => setting.CanOwn(d.OwnerId)))
                {
                    scope.Db.Add(new Notice { Id = time.NewId(), UserId = user, Kind = NoticeKind.NamedTouchDue, SubjectId = account, At = now });
                }

                due.ForEach(d => d.t.RemindedAt = now);
                await scope.Db.SaveChangesAsync(ct);
                return due.Count;
            },
            ct);
    }
}
