using System.Runtime.InteropServices;
using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>What channels cost and bring (§15.2), from the first level down to keyword and content.</summary>
public sealed class ChannelReport : Report
{
    /// <summary>How finely channels are told apart.</summary>
    public static readonly ReportOption Level = new("level", ["first", "channel", "campaign", "keyword", "content"], "channel");

    private static readonly ReportColumn[] Columns =
    [
        new("cost", ReportUnit.Money), .. FunnelSteps.All.SkipLast(1).Select(s => new ReportColumn(WireName.Of(s), ReportUnit.Count)), new("won", ReportUnit.Money), new("paid", ReportUnit.Money),
        new("perLead", ReportUnit.Money), new("perMql", ReportUnit.Money), new("perSql", ReportUnit.Money), new("perOpportunity", ReportUnit.Money), new("perOrder", ReportUnit.Money),
        new("onOrders", ReportUnit.Number), new("onPayments", ReportUnit.Number),
    ];

    /// <inheritdoc />
    public override string Name => "channels";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [FunnelReport.Basis, Level];

    // The largest and one slice for all others, so that the whole is the figure above.
    private static ReportChart Share(IReadOnlyList<Line> lines, ChannelReturn total)
    {
        var largest = lines.OrderByDescending(l => l.Leads).Take(7).ToList();
        var slices = largest.ConvertAll(l => (l.Label, Leads: (decimal)l.Leads));
        if (lines.Count > slices.Count)
        {
            slices.Add((ReportLabel.Of("others"), total.Leads - largest.Sum(l => l.Leads)));
        }

        return new("leadShare", ReportPicture.Donut, ReportUnit.Count, [.. slices.Select(s => s.Label)], [new(ReportLabel.Of("column.lead"), [.. slices.Select(s => s.Leads)])]);
    }

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var basis = work.Chosen(FunnelReport.Basis) == "activity" ? FunnelBasis.Activity : FunnelBasis.Cohort;
        var level = work.Chosen(Level);
        var lines = await Lines(work, basis, level, ct);
        var total = Sum(lines);
        var before = work.Before is var (from, to) ? await Whole(work with { From = from, To = to }, basis, ct) : null;
        var top = lines.Where(l => l.Values.M2 > 0).OrderByDescending(l => l.Values.M2).ThenByDescending(l => l.Leads).Take(12).ToList();
        // Of thousands of keywords the keys of records differ in their ends alone.
        var records = FunnelSteps.All.ToDictionary(s => s, s => LeadRecords.Key(basis, s, DimensionOf(level), ""));
        return new(
            [
                new("cost", ReportUnit.Money, Known(work, total.Cost), before is null ? null : Known(work, before.Cost)),
                new("lead", ReportUnit.Count, total.Leads, before?.Leads, LeadRecords.Key(basis, FunnelStep.Lead)),
                new("won", ReportUnit.Money, total.Ordered, before?.Ordered, LeadRecords.Key(basis, FunnelStep.Order)),
                new("perLead", ReportUnit.Money, total.PerLead, before?.PerLead),
                new("onOrders", ReportUnit.Number, total.OnOrders, before?.OnOrders),
            ],
            [
                .. top.Count == 0 ? Array.Empty<ReportChart>() : [new("ordered", ReportPicture.Bar, ReportUnit.Money, [.. top.Select(l => l.Label)], [new(ReportLabel.Of("column.won"), [.. top.Select(l => l.Values.M2 / 100m)])])],
                .. total.Leads == 0 ? Array.Empty<ReportChart>() : [Share(lines, total)],
            ],
            [
                new($"level.{level}", Columns, new OrderedRows<Line>(lines, Order, l => Row(work, l.Key, l.Label, l.Return, s => level == "first" ? null : records[s] + l.Key)),
                    Row(work, "total", ReportLabel.Of("total"), total, s => LeadRecords.Key(basis, s))),
            ])
        {
            Notes = CostsCount(work) ? [] : ["costsWhole"],
        };
    }

    // Most leads first.
    private static int Order(Line one, Line other)
    {
        var leads = other.Leads.CompareTo(one.Leads);
        var names = leads == 0 ? string.CompareOrdinal(one.Label.Text, other.Label.Text) : leads;
        return names == 0 ? string.CompareOrdinal(one.Label.Beside, other.Label.Beside) : names;
    }

    // Costs are of all leads of a channel: where only some of them are looked at, no part of a cost is theirs.
    private static bool CostsCount(ReportWork work) => work.Filter is { Owners: null, Industries.Count: 0, Regions.Count: 0, Products.Count: 0 };

    private static decimal? Known(ReportWork work, decimal cost) => CostsCount(work) ? cost : null;

    private static Dimension DimensionOf(string level) => level == "first" ? Dimension.Channel : Enum.Parse<Dimension>(level, ignoreCase: true);

    private static async Task<IReadOnlyList<Line>> Lines(ReportWork work, FunnelBasis basis, string level, CancellationToken ct)
    {
        var dimension = DimensionOf(level);
        var sums = await work.AskSums(new(CubeMeasure.Steps, basis, dimension, work.From, work.To), ct);
        var costs = CostsCount(work) ? await Costs(work, dimension, ct) : [];
        if (level == "first")
        {
            string First(string key) => work.Setting.Channels.Path(CellKey.ChannelOf(key)).Split('/')[0];
            var firsts = new CellSums();
            foreach (var sum in sums.Keys)
            {
                firsts.Add(0, ReportSheet.Everybody, 0, First(sum.Key), sum.Values);
            }

            return Lines(firsts, costs.GroupBy(c => First(c.Key)).ToDictionary(g => g.Key, g => g.Sum(c => c.Value)), sum => ReportLabel.Named(sum.Key));
        }

        Dictionary<string, string> paths = [];
        return Lines(sums, costs, sum => Label(work, dimension, sum, paths));
    }

    private static List<Line> Lines(CellSums sums, Dictionary<string, decimal> costs, Func<CellSum, ReportLabel> name)
    {
        // What cost and brought nothing.
        foreach (var key in costs.Keys)
        {
            sums.Add(0, ReportSheet.Everybody, 0, key, default);
        }

        return [.. sums.Keys.Select(s => new Line(s, costs.Count == 0 ? 0 : costs.GetValueOrDefault(s.Key), name)).Where(l => l.Cost != 0 || !l.Values.IsZero)];
    }

    // All together needs no lines: each lead has one channel.
    private static async Task<ChannelReturn> Whole(ReportWork work, FunnelBasis basis, CancellationToken ct)
    {
        var figures = await work.Ask(new(CubeMeasure.Steps, basis, Dimension.None, work.From, work.To), ct);
        return Of(figures.Aggregate(default(CellValues), (sum, a) => sum + a.Values), CostsCount(work) ? (await Costs(work, Dimension.Channel, ct)).Values.Sum() : 0);
    }

    private static async Task<Dictionary<string, decimal>> Costs(ReportWork work, Dimension dimension, CancellationToken ct)
    {
        var (channels, campaigns) = (work.Filter.Channels, work.Filter.Campaigns);
        var costs = work.Db.Set<ChannelCost>().AsNoTracking().Where(c => c.Day >= work.From && c.Day <= work.To);
        costs = channels.Count > 0 ? costs.Where(c => channels.Contains(c.ChannelId)) : costs;
        costs = campaigns.Count > 0 ? costs.Where(c => campaigns.Contains(c.Campaign)) : costs;
        // Money is whole hundredths in both databases, which add up as such.
        var cells = costs.Select(c => new { c.ChannelId, c.Campaign, c.Keyword, c.Content, Hundredths = (long)(object)c.Amount });
        var rows = dimension switch
        {
            Dimension.Channel => await cells.GroupBy(c => c.ChannelId).Select(g => new { g.Key, Text = "", Sum = g.Sum(c => c.Hundredths) }).ToListAsync(ct),
            Dimension.Campaign => await cells.GroupBy(c => c.Campaign).Select(g => new { Key = Guid.Empty, Text = g.Key, Sum = g.Sum(c => c.Hundredths) }).ToListAsync(ct),
            Dimension.Keyword => await cells.GroupBy(c => new { c.ChannelId, c.Keyword }).Select(g => new { Key = g.Key.ChannelId, Text = g.Key.Keyword, Sum = g.Sum(c => c.Hundredths) }).ToListAsync(ct),
            _ => await cells.GroupBy(c => new { c.ChannelId, c.Content }).Select(g => new { Key = g.Key.ChannelId, Text = g.Key.Content, Sum = g.Sum(c => c.Hundredths) }).ToListAsync(ct),
        };
        return rows.ToDictionary(
            r => dimension switch { Dimension.Channel => CellKey.Channel(r.Key), Dimension.Campaign => r.Text, _ => CellKey.Of(r.Key, r.Text) }, r => r.Sum / 100m);
    }

    private static ReportLabel Label(ReportWork work, Dimension dimension, CellSum sum, Dictionary<string, string> paths)
    {
        if (dimension is not (Dimension.Keyword or Dimension.Content))
        {
            return ReportGroups.Label(work, dimension, sum.Key);
        }

        ref var path = ref CollectionsMarshal.GetValueRefOrAddDefault(paths, sum.Head, out _);
        return Below(path ??= work.Setting.Channels.Path(CellKey.ChannelOf(sum.Head)), sum.Tail, dimension);
    }

    // What tells it from its neighbours first, as pictures cut the end.
    private static ReportLabel Below(string channel, string rest, Dimension dimension) =>
        rest.Length > 0 ? new(rest) { Beside = channel } : new(channel) { BesideWord = dimension == Dimension.Keyword ? "noKeyword" : "noContent" };

    private static ChannelReturn Of(CellValues v, decimal cost) => new(cost, v.N1, v.N2, v.N3, v.N4, v.N5, v.M2 / 100m, v.M3 / 100m);

    private static CellValues Values(IEnumerable<Line> lines) => lines.Aggregate(default(CellValues), (sum, l) => sum + l.Values);

    private static ChannelReturn Sum(IReadOnlyList<Line> lines) => Of(Values(lines), lines.Sum(l => l.Cost));

    private static ReportRow Row(ReportWork work, string key, ReportLabel label, ChannelReturn r, Func<FunnelStep, string?> records) => new(key, label,
    [
        new(r.Cost == 0 ? null : Known(work, r.Cost)),
        new(r.Leads, records(FunnelStep.Lead)), new(r.Mqls, records(FunnelStep.Mql)), new(r.Sqls, records(FunnelStep.Sql)), new(r.Opportunities, records(FunnelStep.Opportunity)), new(r.Orders, records(FunnelStep.Order)),
        new(r.Ordered), new(r.Paid), new(r.PerLead), new(r.PerMql), new(r.PerSql), new(r.PerOpportunity), new(r.PerOrder), new(r.OnOrders), new(r.OnPayments),
    ]);

    // Of thousands only those that are shown, or that have as many leads as another, need to be named.
    private sealed class Line(CellSum sum, decimal cost, Func<CellSum, ReportLabel> name)
    {
        private ReportLabel? _label;

        public string Key => sum.Key;

        public ref readonly CellValues Values => ref sum.Values;

        public long Leads => sum.Values.N1;

        public decimal Cost => cost;

        public ReportLabel Label => _label ??= name(sum);

        public ChannelReturn Return => Of(Values, cost);
    }
}
