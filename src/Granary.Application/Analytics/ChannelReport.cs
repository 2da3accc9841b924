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
    private static ReportChart Share(IReadOnlyList<Line> rows)
    {
        var largest = rows.OrderByDescending(r => r.Return.Leads).ToList();
        var slices = largest.Take(7).Select(r => (r.Label, Leads: (decimal)r.Return.Leads)).ToList();
        if (largest.Count > slices.Count)
        {
            slices.Add((ReportLabel.Of("others"), largest.Skip(slices.Count).Sum(r => r.Return.Leads)));
        }

        return new("leadShare", ReportPicture.Donut, ReportUnit.Count, [.. slices.Select(s => s.Label)], [new(ReportLabel.Of("column.lead"), [.. slices.Select(s => s.Leads)])]);
    }

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var basis = work.Chosen(FunnelReport.Basis) == "activity" ? FunnelBasis.Activity : FunnelBasis.Cohort;
        var level = work.Chosen(Level);
        var rows = await Rows(work, basis, level, ct);
        var total = Sum(rows.Select(r => r.Return));
        ChannelReturn? before = work.Before is var (from, to) ? Sum((await Rows(work with { From = from, To = to }, basis, "channel", ct)).Select(r => r.Return)) : null;
        var top = rows.OrderByDescending(r => r.Return.Ordered).ThenByDescending(r => r.Return.Leads).Take(12).ToList();
        return new(
            [
                new("cost", ReportUnit.Money, Known(work, total.Cost), before is null ? null : Known(work, before.Cost)),
                new("lead", ReportUnit.Count, total.Leads, before?.Leads, LeadRecords.Key(basis, FunnelStep.Lead)),
                new("won", ReportUnit.Money, total.Ordered, before?.Ordered, LeadRecords.Key(basis, FunnelStep.Order)),
                new("perLead", ReportUnit.Money, total.PerLead, before?.PerLead),
                new("onOrders", ReportUnit.Number, total.OnOrders, before?.OnOrders),
            ],
            top.Count == 0 ? [] :
            [
                new("ordered", ReportPicture.Bar, ReportUnit.Money, [.. top.Select(r => r.Label)], [new(ReportLabel.Of("column.won"), [.. top.Select(r => r.Return.Ordered)])]),
                Share(rows),
            ],
            [
                new($"level.{level}", Columns, [.. rows.OrderByDescending(r => r.Return.Leads).ThenBy(r => r.Label.Text, StringComparer.Ordinal).Select(r => Row(work, basis, r))], Row(work, basis, new Line("total", ReportLabel.Of("total"), total, s => LeadRecords.Key(basis, s)))),
            ])
        {
            Notes = CostsCount(work) ? [] : ["costsWhole"],
        };
    }

    /// <summary>Costs are of all leads of a channel: where only some of them are looked at, no part of a cost is theirs.</summary>
    private static bool CostsCount(ReportWork work) => work.Filter is { Owners: null, Industries.Count: 0, Regions.Count: 0, Products.Count: 0 };

    private static decimal? Known(ReportWork work, decimal cost) => CostsCount(work) ? cost : null;

    private static async Task<IReadOnlyList<Line>> Rows(ReportWork work, FunnelBasis basis, string level, CancellationToken ct)
    {
        var dimension = level == "first" ? Dimension.Channel : Enum.Parse<Dimension>(level, ignoreCase: true);
        var figures = (await work.Ask(new(CubeMeasure.Steps, basis, dimension, work.From, work.To), ct)).ToDictionary(a => a.Key, a => a.Values);
        var costs = CostsCount(work) ? await Costs(work, dimension, ct) : [];
        var lines = figures.Keys.Union(costs.Keys).Select(key => (Key: key, Return: Of(figures.GetValueOrDefault(key), costs.GetValueOrDefault(key))));
        // Of thousands of keywords the keys of records differ in their ends alone.
        var records = FunnelSteps.All.ToDictionary(s => s, s => LeadRecords.Key(basis, s, dimension, ""));
        return level == "first"
            ? [.. lines.GroupBy(l => work.Setting.Channels.Path(CellKey.ChannelOf(l.Key)).Split('/')[0]).Select(g => new Line(g.Key, ReportLabel.Named(g.Key), Sum(g.Select(l => l.Return)), _ => null))]
            : [.. lines.Select(l => new Line(l.Key, Label(work, dimension, l.Key), l.Return, s => records[s] + l.Key))];
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

    private static ReportLabel Label(ReportWork work, Dimension dimension, string key) => dimension is Dimension.Keyword or Dimension.Content
        ? new ReportLabel($"{work.Setting.Channels.Path(CellKey.ChannelOf(key))} · {(CellKey.Rest(key) is { Length: > 0 } rest ? rest : "–")}")
        : ReportGroups.Label(work, dimension, key);

    private static ChannelReturn Of(CellValues v, decimal cost) => new(cost, v.N1, v.N2, v.N3, v.N4, v.N5, v.M2 / 100m, v.M3 / 100m);

    private static ChannelReturn Sum(IEnumerable<ChannelReturn> all) => all.Aggregate(new ChannelReturn(0, 0, 0, 0, 0, 0, 0, 0), (a, b) => new(
        a.Cost + b.Cost, a.Leads + b.Leads, a.Mqls + b.Mqls, a.Sqls + b.Sqls, a.Opportunities + b.Opportunities, a.Orders + b.Orders, a.Ordered + b.Ordered, a.Paid + b.Paid));

    private static ReportRow Row(ReportWork work, FunnelBasis basis, Line line)
    {
        var r = line.Return;
        return new(line.Key, line.Label,
        [
            new(r.Cost == 0 ? null : Known(work, r.Cost)),
            new(r.Leads, line.Records(FunnelStep.Lead)), new(r.Mqls, line.Records(FunnelStep.Mql)), new(r.Sqls, line.Records(FunnelStep.Sql)), new(r.Opportunities, line.Records(FunnelStep.Opportunity)), new(r.Orders, line.Records(FunnelStep.Order)),
            new(r.Ordered), new(r.Paid), new(r.PerLead), new(r.PerMql), new(r.PerSql), new(r.PerOpportunity), new(r.PerOrder), new(r.OnOrders), new(r.OnPayments),
        ]);
    }

    private sealed record Line(string Key, ReportLabel Label, ChannelReturn Return, Func<FunnelStep, string?> Records);
}
