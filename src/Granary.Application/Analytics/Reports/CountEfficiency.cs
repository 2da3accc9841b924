using System.Globalization;
using Granary.Application.Analytics.Facts;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Domain.Analytics;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// Counts efficiency by person and department (§15 point 7). Timeliness, responses, follow-ups and violations are those of the supervision page, by
/// the same definitions; amounts are those of the funnel.
/// </summary>
internal static class CountEfficiency
{
    /// <summary>Counts.</summary>
    public static async Task<EfficiencyTable> Of(ReportWork work, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken ct)
    {
        var setting = work.Setting;
        var counts = work.Owners().Where(setting.People.ContainsKey).Distinct().ToDictionary(id => id, _ => new EfficiencyCounts());
        Guid[] ids = [.. counts.Keys];
        var leads = await FilteredLeads.Of(work, ct);
        var (start, end) = work.Instants(from, to);
        if (leads is null)
        {
            await ReadWork.Into(new Kept(counts.GetValueOrDefault), work, Cubes, from, to, byOwner: true, ct);
            // What is due until the end and not yet by now.
            (await ResponseFigures.Coming(work.Db, ids, start, end, now).GroupBy(r => r.OwnerId).Select(g => new { g.Key, Due = g.LongCount(), InTime = g.Sum(r => r.RespondedAt != null ? 1L : 0L) }).ToListAsync(ct))
                .ForEach(d => (counts[d.Key].Due, counts[d.Key].InTime) = (counts[d.Key].Due - d.Due, counts[d.Key].InTime - d.InTime));
        }
        else
        {
            await Owned(work, ids, leads, start, end, counts, ct);
            await Responses(work, ids, leads, start, end, now, counts, ct);
            await Worked(work, ids, leads, start, end, counts, ct);
        }

        foreach (var won in await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to) { ByOwner = true }, ct))
        {
            if (counts.GetValueOrDefault(won.OwnerId) is { } line)
            {
                line.Amount += won.Values.M2 / 100m;
            }
        }

        return new(
            [.. ids.Select(id => counts[id].Line(id)).Where(l => l.Any).OrderBy(l => l.Id)],
            [
                .. ids.Where(id => setting.People[id].DepartmentId is not null).GroupBy(id => setting.People[id].DepartmentId!.Value)
                    .Select(g => EfficiencyCounts.Sum(g.Select(id => counts[id])).Line(g.Key)).Where(l => l.Any).OrderBy(l => l.Id),
            ],
            EfficiencyCounts.Sum(counts.Values).Line(Guid.Empty));
    }

    private static readonly WorkCube[] Cubes = [WorkCube.Held, WorkCube.Due, WorkCube.Waits, WorkCube.Violations, WorkCube.FollowUps];

    // What rollups say of people.
    private sealed class Kept(Func<Guid, EfficiencyCounts?> lineOf) : CellSink
    {
        public override void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues v)
        {
            if (lineOf(owner) is not { } line)
            {
                return;
            }

            switch ((WorkCube)cube)
            {
                case WorkCube.Held:
                    (line.Received, line.Followed, line.Converted) = (line.Received + v.N1, line.Followed + v.N2, line.Converted + v.N3);
                    break;
                case WorkCube.Due:
                    (line.Due, line.InTime) = (line.Due + v.N1, line.InTime + v.N2);
                    break;
                case WorkCube.Waits:
                    line.Waited(int.Parse(key, CultureInfo.InvariantCulture), v.N1);
                    break;
                case WorkCube.Violations:
                    line.Violations += v.N1;
                    break;
                default:
                    (line.FollowUps, line.Calls, line.Visits) = (line.FollowUps + v.N1, line.Calls + v.N2, line.Visits + v.N3);
                    break;
            }
        }
    }

    private static async Task Owned(
        ReportWork work, Guid[] ids, IQueryable<Guid> leads, DateTimeOffset start, DateTimeOffset end, Dictionary<Guid, EfficiencyCounts> counts, CancellationToken ct)
    {
        var records = work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.OwnerId) && o.From >= start && o.From < end);
        records = records.Where(o => leads.Contains(o.LeadId));
        var owned = await records.GroupBy(o => o.OwnerId).Select(g => new
        {
            g.Key,
            Received = g.LongCount(),
            Followed = g.Sum(o => o.FollowUps > 0 ? 1L : 0L),
            Converted = g.Sum(o => o.Ended == Ended.Converted ? 1L : 0L),
        }).ToListAsync(ct);
        owned.ForEach(o => (counts[o.Key].Received, counts[o.Key].Followed, counts[o.Key].Converted) = (o.Received, o.Followed, o.Converted));
    }

    private static async Task Responses(
        ReportWork work, Guid[] ids, IQueryable<Guid> leads, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now, Dictionary<Guid, EfficiencyCounts> counts, CancellationToken ct)
    {
        IQueryable<LeadResponse> Of(IQueryable<LeadResponse> all) => all.Where(r => leads.Contains(r.LeadId));
        var due = await Of(ResponseFigures.Due(work.Db, ids, start, end, now)).GroupBy(r => r.OwnerId)
            .Select(g => new { g.Key, Due = g.LongCount(), InTime = g.Sum(r => r.RespondedAt <= r.RespondBy ? 1L : 0L) }).ToListAsync(ct);
        due.ForEach(d => (counts[d.Key].Due, counts[d.Key].InTime) = (d.Due, d.InTime));
        await foreach (var r in Of(ResponseFigures.Answered(work.Db, ids, start, end)).Select(r => new { r.OwnerId, r.From, r.RespondedAt }).AsAsyncEnumerable().WithCancellation(ct))
        {
            counts[r.OwnerId].Waited(WaitScale.Of(work.Setting.Calendar.Elapsed(DeadlineClock.WorkingHours, r.From, r.RespondedAt!.Value, work.Setting.Roster.Find(r.OwnerId)).TotalMinutes), 1);
        }
    }

    private static async Task Worked(
        ReportWork work, Guid[] ids, IQueryable<Guid> leads, DateTimeOffset start, DateTimeOffset end, Dictionary<Guid, EfficiencyCounts> counts, CancellationToken ct)
    {
        var violations = ResponseFigures.Open(work.Db, ids, start, end);
        violations = violations.Where(v => leads.Contains(v.LeadId));
        (await violations.GroupBy(v => v.OwnerId).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct)).ForEach(v => counts[v.Key].Violations = v.Count);
        var followUps = work.Db.Set<FollowUpRecord>().AsNoTracking().Where(f => ids.Contains(f.AuthorId) && f.Counted && f.RecordedAt >= start && f.RecordedAt < end);
        followUps = followUps.Where(f => leads.Contains(f.LeadId));
        var done = await followUps.GroupBy(f => f.AuthorId).Select(g => new
        {
            g.Key,
            Count = g.LongCount(),
            Calls = g.Sum(f => f.Method == FollowUpMethod.Call ? 1L : 0L),
            Visits = g.Sum(f => f.Method == FollowUpMethod.Visit ? 1L : 0L),
        }).ToListAsync(ct);
        done.ForEach(f => (counts[f.Key].FollowUps, counts[f.Key].Calls, counts[f.Key].Visits) = (f.Count, f.Calls, f.Visits));
    }
}
