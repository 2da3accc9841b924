using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics;

/// <summary>How far leads come (§15.1): counts, rates, amounts and median days of each step, by cohort or by activity.</summary>
public sealed class FunnelReport : Report
{
    /// <summary>What figures of a period count.</summary>
    public static readonly ReportOption Basis = new("basis", ["cohort", "activity"]);

    /// <summary>What the table below tells apart.</summary>
    public static readonly ReportOption By = new("by", ["channel", "campaign", "owner", "department", "industry", "region", "product"]);

    private static readonly ReportColumn[] StepColumns =
    [
        new("count", ReportUnit.Count), new("stepRate", ReportUnit.Share), new("totalRate", ReportUnit.Share), new("amount", ReportUnit.Money), new("medianDays", ReportUnit.Days), new("before", ReportUnit.Count),
    ];

    private static readonly ReportColumn[] GroupColumns =
    [
        .. FunnelSteps.All.Select(s => new ReportColumn(WireName.Of(s), ReportUnit.Count)), new("leadToOrder", ReportUnit.Share), new("won", ReportUnit.Money), new("paid", ReportUnit.Money),
    ];

    /// <inheritdoc />
    public override string Name => "funnel";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Basis, By];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var basis = work.Chosen(Basis) == "activity" ? FunnelBasis.Activity : FunnelBasis.Cohort;
        var course = await Over(work, basis, work.From, work.To, ct);
        var courseBefore = work.Before is var (first, last) ? await Over(work, basis, first, last, ct) : null;
        var (total, before) = (Sum(course), courseBefore is null ? default(CellValues?) : Sum(courseBefore));
        // Whatever is filtered by stands before the step.
        var days = await work.AskDays(new(CubeMeasure.Days, basis, Dimension.None, work.From, work.To), (_, key) => key[key.LastIndexOf(CellKey.Between)..], ct);
        var groups = await Groups(work, basis, total, ct);
        var by = work.Chosen(By);
        return new(
            [
                .. new[] { FunnelStep.Lead, FunnelStep.Opportunity, FunnelStep.Order }.Select(s => new ReportFigure(WireName.Of(s), ReportUnit.Count, Count(total, s), before is { } b ? Count(b, s) : null, LeadRecords.Key(basis, s))),
                new("leadToOrder", ReportUnit.Share, FunnelSteps.Rate(total.N5, total.N1), before is { } c ? FunnelSteps.Rate(c.N5, c.N1) : null),
                new("won", ReportUnit.Money, total.M2 / 100m, before?.M2 / 100m, LeadRecords.Key(basis, FunnelStep.Order)),
            ],
            [
                new("funnel", ReportPicture.Funnel, ReportUnit.Count, [.. FunnelSteps.All.Select(s => Word(s))], [new(ReportLabel.Of("column.count"), [.. FunnelSteps.All.Select(s => (decimal)Count(total, s))])]),
                Course(course, courseBefore),
            ],
            [
                new("steps", StepColumns, [.. FunnelSteps.All.Select(s => StepRow(s, basis, total, before, days.Median(FactCubes.DaysKey("", s))))]),
                groups,
                .. GroupDays.Kept(work, by) ? [await GroupDays.Of(work, basis, by, groups.Rows.Select(r => (r.Key, r.Label)), ct)] : Array.Empty<ReportTable>(),
            ])
        {
            Notes = GroupDays.Kept(work, by) ? [] : ["rowDays"],
        };
    }

    /// <summary>How many took a step.</summary>
    public static long Count(CellValues values, FunnelStep step) => step switch
    {
        FunnelStep.Lead => values.N1,
        FunnelStep.Mql => values.N2,
        FunnelStep.Sql => values.N3,
        FunnelStep.Opportunity => values.N4,
        FunnelStep.Order => values.N5,
        _ => values.N6,
    };

    /// <summary>The amount of a step; null where it has none.</summary>
    public static decimal? Amount(CellValues values, FunnelStep step) => step switch
    {
        FunnelStep.Opportunity => values.M1 / 100m,
        FunnelStep.Order => values.M2 / 100m,
        FunnelStep.Payment => values.M3 / 100m,
        _ => null,
    };

    private static ReportRow StepRow(FunnelStep step, FunnelBasis basis, CellValues total, CellValues? before, decimal? median) => new(WireName.Of(step), Word(step),
    [
        new(Count(total, step), LeadRecords.Key(basis, step)),
        new(step == FunnelStep.Lead ? null : FunnelSteps.Rate(Count(total, step), Count(total, step - 1))),
        new(step == FunnelStep.Lead ? null : FunnelSteps.Rate(Count(total, step), total.N1)),
        new(Amount(total, step)),
        new(median),
        new(before is { } b ? Count(b, step) : null),
    ]);

    // What a period counts, in the parts that are drawn; all of it is their sum.
    private static async Task<List<(int Period, CellValues Values)>> Over(ReportWork work, FunnelBasis basis, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var over = ReportPeriods.Grain(work.From, work.To);
        var cells = (await work.Ask(new(CubeMeasure.Steps, basis, Dimension.None, from, to) { Over = over }, ct)).ToDictionary(a => a.Period, a => a.Values);
        return [.. ReportPeriods.Of(from, to, over).Select(p => (p, cells.GetValueOrDefault(p)))];
    }

    private static CellValues Sum(List<(int Period, CellValues Values)> parts) => parts.Aggregate(default(CellValues), (sum, p) => sum + p.Values);

    private static ReportChart Course(List<(int Period, CellValues Values)> parts, List<(int Period, CellValues Values)>? before)
    {
        FunnelStep[] shown = [FunnelStep.Lead, FunnelStep.Mql, FunnelStep.Opportunity, FunnelStep.Order];
        return new("course", ReportPicture.Line, ReportUnit.Count, [.. parts.Select(p => new ReportLabel(ReportPeriods.Text(p.Period)))],
            [.. shown.Select(s => new ReportSeries(Word(s), Counts(parts, s)) { Before = before is null ? null : Counts(before, s) })]);

        static IReadOnlyList<decimal> Counts(List<(int Period, CellValues Values)> parts, FunnelStep step) => [.. parts.Select(p => (decimal)Count(p.Values, step))];
    }

    private static async Task<ReportTable> Groups(ReportWork work, FunnelBasis basis, CellValues total, CancellationToken ct)
    {
        var by = work.Chosen(By);
        var groups = await ReportGroups.Of(work, basis, by, work.From, work.To, ct);
        return new($"by.{by}", GroupColumns, [.. groups.OrderByDescending(g => g.Values.N1).ThenBy(g => g.Label.Text, StringComparer.Ordinal).Select(g => GroupRow(g.Key, g.Label, g.Values, s => g.Records(basis, s)))],
            // A lead with several products counts with each of them, so that these do not add up.
            by == "product" ? null : GroupRow("total", ReportLabel.Of("total"), total, s => LeadRecords.Key(basis, s)));
    }

    private static ReportRow GroupRow(string key, ReportLabel label, CellValues values, Func<FunnelStep, string?> records) => new(key, label,
    [
        .. FunnelSteps.All.Select(s => new ReportValue(Count(values, s), records(s))),
        new(FunnelSteps.Rate(values.N5, values.N1)),
        new(values.M2 / 100m),
        new(values.M3 / 100m),
    ]);

    private static ReportLabel Word(FunnelStep step) => ReportLabel.Of($"step.{WireName.Of(step)}");
}
