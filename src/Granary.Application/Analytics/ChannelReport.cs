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

    private const int MostBars = 12, MostSlices = 7;

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
    private static ReportChart Share(OrderedRows<Line> rows, ChannelReturn total)
    {
        var slices = rows.Front(MostSlices).ToArray().Select(l => (l.Label, Leads: (decimal)l.Leads)).ToList();
        if (rows.Count > slices.Count)
        {
            slices.Add((ReportLabel.Of("others"), total.Leads - slices.Sum(s => s.Leads)));
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
        var top = Largest.Of(lines, MostBars, l => l.Won, ByName).Where(l => l.Won > 0).ToList();
        // Of thousands of keywords the keys of records differ in their ends alone.
        var records = FunnelSteps.All.ToDictionary(s => s, s => LeadRecords.Key(basis, s, DimensionOf(level), ""));
        ReportRow Made(Line line)
        {
            var key = line.Key;
            return Row(work, key, line.Label, line.Return, s => level == "first" ? null : records[s] + key);
        }

        var rows = new OrderedRows<Line>(lines, l => l.Leads, ByName, Made);
        return new(
            [
                new("cost", ReportUnit.Money, Known(work, total.Cost), before is null ? null : Known(work, before.Cost)),
                new("lead", ReportUnit.Count, total.Leads, before?.Leads, LeadRecords.Key(basis, FunnelStep.Lead)),
                new("won", ReportUnit.Money, total.Ordered, before?.Ordered, LeadRecords.Key(basis, FunnelStep.Order)),
                new("perLead", ReportUnit.Money, total.PerLead, before?.PerLead),
                new("onOrders", ReportUnit.Number, total.OnOrders, before?.OnOrders),
            ],
            [
                .. top.Count == 0 ? Array.Empty<ReportChart>() : [new("ordered", ReportPicture.Bar, ReportUnit.Money, [.. top.Select(l => l.Label)], [new(ReportLabel.Of("column.won"), [.. top.Select(l => l.Won / 100m)])])],
                .. total.Leads == 0 ? Array.Empty<ReportChart>() : [Share(rows, total)],
            ],
            [
                new($"level.{level}", Columns, rows, Row(work, "total", ReportLabel.Of("total"), total, s => LeadRecords.Key(basis, s))),
            ])
        {
            Notes = CostsCount(work) ? [] : ["costsWhole"],
        };
    }

    private static int ByName(Line one, Line other)
    {
        var (name, its) = (one.Label, other.Label);
        var names = string.CompareOrdinal(name.Text, its.Text);
        return names == 0 ? string.CompareOrdinal(name.Beside, its.Beside) : names;
    }

    // Costs are of all leads of a channel: where only some of them are looked at, no part of a cost is theirs.
    private static bool CostsCount(ReportWork work) => work.Filter is { Owners: null, Industries.Count: 0, Regions.Count: 0, Products.Count: 0 };

    private static decimal? Known(ReportWork work, decimal cost) => CostsCount(work) ? cost : null;

    private static Dimension DimensionOf(string level) => level == "first" ? Dimension.Channel : Enum.Parse<Dimension>(level, ignoreCase: true);

    private static async Task<List<Line>> Lines(ReportWork work, FunnelBasis basis, string level, CancellationToken ct)
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
                firsts.Add(0, ReportSheet.Everybody, 0, First(sum.Key), 0, sum.Values);
            }

            return Lines(firsts, costs.GroupBy(c => First(c.Key)).ToDictionary(g => g.Key, g => g.Sum(c => c.Value)), sum => ReportLabel.Named(sum.Key));
        }

        // Sums share the text before their last parts.
        Dictionary<string, string> paths = new(ReferenceEqualityComparer.Instance);
        return Lines(sums, costs, sum => Label(work, dimension, sum, paths));
    }

    private static List<Line> Lines(CellSums sums, Dictionary<string, decimal> costs, Func<CellSum, ReportLabel> name)
    {
        // What cost and brought nothing.
        foreach (var key in costs.Keys)
        {
            sums.Add(0, ReportSheet.Everybody, 0, key, 0, default);
        }

        List<Line> lines = new(sums.Count);
        foreach (var sum in sums.Keys)
        {
            var cost = costs.Count == 0 ? 0 : costs.GetValueOrDefault(sum.Key);
            if (cost != 0 || !sum.Values.IsZero)
            {
                lines.Add(new(sum, cost, name));
            }
        }

        return lines;
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

    private static ChannelReturn Sum(List<Line> lines)
    {
        var (values, cost) = (default(CellValues), 0m);
        foreach (var line in lines)
        {
            values += line.Values;
            cost += line.Cost;
        }

        return Of(values, cost);
    }

    private static ReportRow Row(ReportWork work, string key, ReportLabel label, ChannelReturn r, Func<FunnelStep, string?> records) => new(key, label,
    [
        new(r.Cost == 0 ? null : Known(work, r.Cost)),
        new(r.Leads, records(FunnelStep.Lead)), new(r.Mqls, records(FunnelStep.Mql)), new(r.Sqls, records(FunnelStep.Sql)), new(r.Opportunities, records(FunnelStep.Opportunity)), new(r.Orders, records(FunnelStep.Order)),
        new(r.Ordered), new(r.Paid), new(r.PerLead), new(r.PerMql), new(r.PerSql), new(r.PerOpportunity), new(r.PerOrder), new(r.OnOrders), new(r.OnPayments),
    ]);

    // Of thousands only those that are shown, or that have as many leads as another, are named.
    private sealed class Line(CellSum sum, decimal cost, Func<CellSum, ReportLabel> name)
    {
        public string Key => sum.Key;

        public ref readonly CellValues Values => ref sum.Values;

        public long Leads { get; } = sum.Values.N1;

        public long Won { get; } = sum.Values.M2;

        public decimal Cost => cost;

        public ReportLabel Label => name(sum);

        public ChannelReturn Return => Of(Values, cost);
    }
}
