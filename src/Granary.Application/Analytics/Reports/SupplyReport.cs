using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// Where leads come from and where they lie (§15 point 11): by source and business line with follow-up rate and conversion, the stocks of pools, and
/// how leads flow from pools through their owners. A lead is of the business line of its owner: the department below the company in which they work.
/// </summary>
public sealed class SupplyReport(TimeProvider time) : Report
{
    private const string Fresh = "fresh";

    private static readonly ReportColumn[] Columns =
        [new("leads", ReportUnit.Count), new("before", ReportUnit.Count), new("followUpRate", ReportUnit.Share), new("opportunity", ReportUnit.Count), new("conversion", ReportUnit.Share), new("invalidRate", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "supply";

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var (now, before) = (await Sources(work, work.From, work.To, ct), work.Before is var (from, to) ? await Sources(work, from, to, ct) : null);
        var stocks = await Stocks(work, ct);
        var all = Sum(now);
        var channels = now.GroupBy(s => s.Channel).Select(g => (Channel: g.Key, Lines: g.ToList())).OrderByDescending(g => g.Lines.Sum(s => s.Leads)).ThenBy(g => g.Channel).ToList();
        Guid?[] lines = [.. now.GroupBy(s => s.Line).OrderByDescending(g => g.Sum(s => s.Leads)).ThenBy(g => g.Key).Select(g => g.Key).Take(8)];
        return new(
            [
                new("leads", ReportUnit.Count, all.Leads, before is null ? null : Sum(before).Leads, LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead)),
                new("followUpRate", ReportUnit.Share, FunnelSteps.Rate(all.Followed, all.Leads), before is null ? null : FunnelSteps.Rate(Sum(before).Followed, Sum(before).Leads)),
                new("conversion", ReportUnit.Share, FunnelSteps.Rate(all.Opportunities, all.Leads), before is null ? null : FunnelSteps.Rate(Sum(before).Opportunities, Sum(before).Leads)),
                new("pooled", ReportUnit.Count, stocks.Sum(s => s.Count)),
            ],
            [
                new("sourceByLine", ReportPicture.Heat, ReportUnit.Count, [.. lines.Select(l => Line(work, l))],
                    [.. channels.Take(15).Select(c => new ReportSeries(Channel(work, c.Channel), [.. lines.Select(l => (decimal)c.Lines.Where(s => s.Line == l).Sum(s => s.Leads))]))]),
                await Flows(work, ct),
            ],
            [
                new("sources", Columns, [.. channels.Select(c => Row(c.Channel.ToString("N"), Channel(work, c.Channel), Sum(c.Lines), before?.Where(s => s.Channel == c.Channel).Sum(s => s.Leads), c.Channel))],
                    Row("total", ReportLabel.Of("total"), all, before is null ? null : Sum(before).Leads, null)),
                new("lines", Columns, [.. now.GroupBy(s => s.Line).OrderByDescending(g => g.Sum(s => s.Leads)).ThenBy(g => g.Key)
                    .Select(g => Row(g.Key?.ToString("N") ?? "none", Line(work, g.Key), Sum(g), before?.Where(s => s.Line == g.Key).Sum(s => s.Leads), null))]),
                new("stocks", [new("pooledNow", ReportUnit.Count), new("waits", ReportUnit.Days)],
                    [.. stocks.Select(s => new ReportRow(s.Pool.ToString("N"), Pool(work, s.Pool), [new(s.Count, $"pool.{s.Pool:N}"), new((decimal)Math.Round(s.Days, 1))]))]),
            ]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        if (!key.StartsWith("pool.", StringComparison.Ordinal))
        {
            return await LeadRecords.Page(work, key, after, take, ct);
        }

        return Guid.TryParseExact(key.AsSpan(5), "N", out var pool) ? await LeadPages.Of(work, Pooled(work).Where(l => l.PoolId == pool).Select(l => l.Id), after, take, ct) : null;
    }

    private static ReportLabel Channel(ReportWork work, Guid id) => ReportLabel.Named(work.Setting.Channels.Path(id));

    private static ReportLabel Line(ReportWork work, Guid? id) => ReportLabel.Named(id is { } known ? work.Setting.Departments.GetValueOrDefault(known)?.Name : null, "noLine");

    private static ReportLabel Pool(ReportWork work, Guid id) => work.Setting.Pools.Find(id) is { } pool ? pool.BuiltIn && pool.Name.Length == 0 ? ReportLabel.Of($"pool.{pool.Key}") : new(pool.Name) : ReportLabel.Of("none");

    private static ReportRow Row(string key, ReportLabel label, Source s, long? before, Guid? channel) => new(key, label,
    [
        new(s.Leads, channel is { } c ? LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead, Dimension.Channel, CellKey.Channel(c)) : key == "total" ? LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead) : null),
        new(before), new(FunnelSteps.Rate(s.Followed, s.Leads)), new(s.Opportunities), new(FunnelSteps.Rate(s.Opportunities, s.Leads)), new(FunnelSteps.Rate(s.Invalid, s.Leads)),
    ]);

    private static Source Sum(IEnumerable<Source> all) =>
        all.Aggregate(default(Source), (a, b) => new(default, null, a.Leads + b.Leads, a.Followed + b.Followed, a.Opportunities + b.Opportunities, a.Invalid + b.Invalid));

    private static async Task<List<Source>> Sources(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var facts = work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking()).Where(f => f.ReceivedOn >= from && f.ReceivedOn <= to);
        if (work.Filter.Products.Count > 0)
        {
            List<LeadFact> bought = [];
            await foreach (var fact in facts.AsAsyncEnumerable().WithCancellation(ct))
            {
                if (work.Filter.Buys(fact))
                {
                    bought.Add(fact);
                }
            }

            return [.. bought.GroupBy(f => (f.ChannelId, Line: work.LineOf(f.OwnerId))).Select(g => new Source(
                g.Key.ChannelId, g.Key.Line, g.Count(), g.Count(f => f.FollowedOn != null), g.Count(f => f.OpportunityOn != null), g.Count(f => f.Status == (int)LeadStatus.Invalid)))];
        }

        var rows = await facts.GroupBy(f => new { f.ChannelId, f.OwnerId }).Select(g => new
        {
            g.Key.ChannelId,
            g.Key.OwnerId,
            Leads = g.LongCount(),
            Followed = g.Sum(f => f.FollowedOn != null ? 1L : 0L),
            Opportunities = g.Sum(f => f.OpportunityOn != null ? 1L : 0L),
            Invalid = g.Sum(f => f.Status == (int)LeadStatus.Invalid ? 1L : 0L),
        }).ToListAsync(ct);
        return [.. rows.GroupBy(r => (r.ChannelId, Line: work.LineOf(r.OwnerId))).Select(g => new Source(
            g.Key.ChannelId, g.Key.Line, g.Sum(r => r.Leads), g.Sum(r => r.Followed), g.Sum(r => r.Opportunities), g.Sum(r => r.Invalid)))];
    }

    // What lies in pools has no owner: the reach of leads says what a reader sees of it.
    private static IQueryable<Lead> Pooled(ReportWork work) =>
        (work.Viewer.May(Domain.People.Permission.ViewLeads) ? work.Viewer.Leads(work.Db) : work.Db.Set<Lead>().Where(_ => false)).AsNoTracking().Where(l => l.PoolId != null && l.MergedIntoId == null);

    private async Task<List<(Guid Pool, long Count, double Days)>> Stocks(ReportWork work, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await Pooled(work).GroupBy(l => l.PoolId!.Value).Select(g => new { g.Key, Count = g.LongCount(), Since = g.Min(l => l.PlacedAt) }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Count).ThenBy(r => r.Key).Select(r => (r.Key, r.Count, (now - r.Since).TotalDays))];
    }

    // Ownerships that began in the period: from which pool, or afresh, and what became of them.
    private static async Task<ReportChart> Flows(ReportWork work, CancellationToken ct)
    {
        var owners = work.Owners();
        var (start, end) = work.Instants(work.From, work.To);
        var records = work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => owners.Contains(o.OwnerId) && o.From >= start && o.From < end);
        records = await FilteredLeads.Of(work, ct) is { } leads ? records.Where(o => leads.Contains(o.LeadId)) : records;
        var rows = await records.GroupBy(o => new { o.FromPoolId, o.Ended }).Select(g => new { g.Key.FromPoolId, g.Key.Ended, Count = g.LongCount() }).ToListAsync(ct);
        var ins = rows.GroupBy(r => r.FromPoolId).OrderByDescending(g => g.Sum(r => r.Count)).Select(g => (Place: g.Key is { } pool ? Pool(work, pool) : ReportLabel.Of(Fresh), Id: $"from.{g.Key?.ToString("N") ?? Fresh}", Count: g.Sum(r => r.Count))).ToList();
        var outs = rows.GroupBy(r => r.Ended).OrderBy(g => g.Key).Select(g => (Name: g.Key is { } ended ? WireName.Of(ended) : StatusMatrix.Open, Count: g.Sum(r => r.Count))).ToList();
        return new("flows", ReportPicture.Sankey, ReportUnit.Count, [], [])
        {
            Places =
            [
                .. ins.Select(i => new ReportPlace(i.Id, i.Place, 0)), new ReportPlace("owners", ReportLabel.Of("owners"), 1),
                .. outs.Select(o => new ReportPlace($"to.{o.Name}", ReportLabel.Of($"outcome.{o.Name}"), 2)),
            ],
            Flows = [.. ins.Select(i => new ReportFlow(i.Id, "owners", i.Count)), .. outs.Select(o => new ReportFlow("owners", $"to.{o.Name}", o.Count))],
        };
    }

    private readonly record struct Source(Guid Channel, Guid? Line, long Leads, long Followed, long Opportunities, long Invalid);
}
