using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// Where leads come from and where they lie (§15 point 11): by source and business line with follow-up rate and conversion, the stocks of pools, and
/// how leads flow from pools through their owners. A lead is of the business line of its owner: the department below the company in which they work.
/// </summary>
public sealed class SupplyReport(TimeProvider time) : Report
{
    private static readonly ReportColumn[] Columns =
        [new("leads", ReportUnit.Count), new("before", ReportUnit.Count), new("followUpRate", ReportUnit.Share), new("opportunity", ReportUnit.Count), new("conversion", ReportUnit.Share), new("invalidRate", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "supply";

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var (now, before) = (await Sources(work, work.From, work.To, ct), work.Before is var (from, to) ? await Before(work, from, to, ct) : null);
        var stocks = await Stocks(work, ct);
        var moves = await PoolFlows.Read(work, ct);
        var all = Sum(now);
        var channels = now.GroupBy(s => s.Channel).Select(g => (Channel: g.Key, Lines: g.ToList())).OrderByDescending(g => g.Lines.Sum(s => s.Leads)).ThenBy(g => g.Channel).ToList();
        Guid?[] lines = [.. now.GroupBy(s => s.Line).OrderByDescending(g => g.Sum(s => s.Leads)).ThenBy(g => g.Key).Select(g => g.Key).Take(8)];
        return new(
            [
                new("leads", ReportUnit.Count, all.Leads, before?.All.Leads, LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead)),
                new("followUpRate", ReportUnit.Share, FunnelSteps.Rate(all.Followed, all.Leads), before is null ? null : FunnelSteps.Rate(before.All.Followed, before.All.Leads)),
                new("conversion", ReportUnit.Share, FunnelSteps.Rate(all.Opportunities, all.Leads), before is null ? null : FunnelSteps.Rate(before.All.Opportunities, before.All.Leads)),
                new("pooled", ReportUnit.Count, stocks.Sum(s => s.Count)),
            ],
            [
                new("sourceByLine", ReportPicture.Heat, ReportUnit.Count, [.. lines.Select(l => Line(work, l))],
                    [.. channels.Take(15).Select(c => new ReportSeries(Channel(work, c.Channel), [.. lines.Select(l => (decimal)c.Lines.Where(s => s.Line == l).Sum(s => s.Leads))]))]),
                await PoolFlows.Ownerships(work, ct),
                PoolFlows.Moves(work, moves),
            ],
            [
                new("sources", Columns, [.. channels.Select(c => Row(c.Channel.ToString("N"), Channel(work, c.Channel), Sum(c.Lines), before?.Channels.GetValueOrDefault(c.Channel), c.Channel))],
                    Row("total", ReportLabel.Of("total"), all, before?.All.Leads, null)),
                new("lines", Columns, [.. now.GroupBy(s => s.Line).OrderByDescending(g => g.Sum(s => s.Leads)).ThenBy(g => g.Key)
                    .Select(g => Row(g.Key?.ToString("N") ?? "none", Line(work, g.Key), Sum(g), before?.Lines[g.Key].Sum(), null))]),
                new("stocks", [new("pooledNow", ReportUnit.Count), new("waits", ReportUnit.Days)],
                    [.. stocks.Select(s => new ReportRow(s.Pool.ToString("N"), PoolFlows.Pool(work, s.Pool), [new(s.Count, $"pool.{s.Pool:N}"), new((decimal)Math.Round(s.Days, 1))]))]),
                PoolFlows.Table(work, moves),
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

    private static ReportRow Row(string key, ReportLabel label, Source s, long? before, Guid? channel) => new(key, label,
    [
        new(s.Leads, channel is { } c ? LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead, Dimension.Channel, CellKey.Channel(c)) : key == "total" ? LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead) : null),
        new(before), new(FunnelSteps.Rate(s.Followed, s.Leads)), new(s.Opportunities), new(FunnelSteps.Rate(s.Opportunities, s.Leads)), new(FunnelSteps.Rate(s.Invalid, s.Leads)),
    ]);

    private static Source Sum(IEnumerable<Source> all) =>
        all.Aggregate(default(Source), (a, b) => new(default, null, a.Leads + b.Leads, a.Followed + b.Followed, a.Opportunities + b.Opportunities, a.Invalid + b.Invalid));

    // What the period before is asked for: leads by channel and by line, and all together.
    private static async Task<Earlier> Before(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var channels = await work.Ask(new(CubeMeasure.Supply, FunnelBasis.Cohort, Dimension.None, from, to), ct);
        var owners = await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, from, to) { ByOwner = true }, ct);
        var all = channels.Aggregate(default(CellValues), (sum, c) => sum + c.Values);
        return new(
            new(default, null, all.N1, all.N2, all.N3, all.N4), channels.ToDictionary(c => CellKey.ChannelOf(c.Key), c => c.Values.N1), owners.ToLookup(o => work.LineOf(o.OwnerId), o => o.Values.N1));
    }

    private static async Task<List<Source>> Sources(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var cells = await work.Ask(new(CubeMeasure.Supply, FunnelBasis.Cohort, Dimension.None, from, to) { ByOwner = true }, ct);
        return [.. cells.GroupBy(c => (Channel: CellKey.ChannelOf(c.Key), Line: work.LineOf(c.OwnerId))).Select(g =>
        {
            var sum = g.Aggregate(default(CellValues), (all, c) => all + c.Values);
            return new Source(g.Key.Channel, g.Key.Line, sum.N1, sum.N2, sum.N3, sum.N4);
        })];
    }

    // What lies in pools has no owner: the reach of leads says what a reader sees of it.
    private static IQueryable<Lead> Pooled(ReportWork work) =>
        (work.Viewer.May(Domain.People.Permission.ViewLeads) ? work.Viewer.Leads(work.Db) : work.Db.Set<Lead>().Where(_ => false)).AsNoTracking().Where(l => l.PoolId != null && l.MergedIntoId == null);

    private async Task<List<(Guid Pool, long Count, double Days)>> Stocks(ReportWork work, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (work.Viewer.May(Domain.People.Permission.ViewLeads) && work.Viewer.Owners(Domain.People.Permission.ViewLeads) is null)
        {
            return await Kept(work, work.Setting.Calendar.DateOf(now), ct);
        }

        var rows = await Pooled(work).GroupBy(l => l.PoolId!.Value).Select(g => new { g.Key, Count = g.LongCount(), Since = g.Min(l => l.PlacedAt) }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Count).ThenBy(r => r.Key).Select(r => (r.Key, r.Count, (now - r.Since).TotalDays))];
    }

    // What there is, by the months in which it came; since when, by the days of the month in which the first of it came.
    private static async Task<List<(Guid Pool, long Count, double Days)>> Kept(ReportWork work, DateOnly today, CancellationToken ct)
    {
        const int Stock = (int)WorkCube.Stock;
        if (await work.Db.Set<ReportSheet>().Where(s => s.Cube == Stock && s.OwnerId == ReportSheet.Everybody).MinAsync(s => (int?)s.Period, ct) is not { } earliest)
        {
            return [];
        }

        var question = new SheetQuestion(null, CellPeriod.First(earliest), new DateOnly(today.Year, today.Month, 1).AddMonths(1).AddDays(-1));
        var pools = (await ReadSheets.Of(work.Db, Stock, question with { Over = CubeGrain.Month }, ct)).GroupBy(a => a.Key).Select(g => (Pool: g.Key, Count: g.Sum(a => a.Values.N1), First: g.Min(a => a.Period))).ToList();
        var begun = pools.Select(p => p.First).ToHashSet();
        var within = ReportPeriods.Of(question.From, question.To, CubeGrain.Day).Where(d => begun.Contains(d / 100)).Select(CellPeriod.First).ToHashSet();
        var days = (await ReadSheets.Of(work.Db, Stock, question with { Over = CubeGrain.Day, Only = within }, ct)).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Min(a => a.Period));
        return
        [
            .. pools.Select(p => (Guid.ParseExact(p.Pool, "N"), p.Count, days.TryGetValue(p.Pool, out var day) ? today.DayNumber - CellPeriod.First(day).DayNumber : 0d)).OrderByDescending(p => p.Count).ThenBy(p => p.Item1),
        ];
    }

    private sealed record Earlier(Source All, Dictionary<Guid, long> Channels, ILookup<Guid?, long> Lines);

    private readonly record struct Source(Guid Channel, Guid? Line, long Leads, long Followed, long Opportunities, long Invalid);
}
