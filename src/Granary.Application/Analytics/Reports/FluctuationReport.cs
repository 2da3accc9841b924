using System.Globalization;
using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// Step rates by day, week, month or quarter within what is usual for them, and, of those outside, the segment that explains most of the move
/// (§15 point 9). Rates are by activity, so that a day can be judged when it is over.
/// </summary>
public sealed class FluctuationReport : Report
{
    private const int MostPoints = 92, MostExplained = 5;

    /// <summary>The step that is watched.</summary>
    public static readonly ReportOption Step = new("step", [.. FunnelSteps.All.Skip(1).Select(s => WireName.Of(s))]);

    /// <summary>The periods.</summary>
    public static readonly ReportOption Span = new("span", [.. Enum.GetValues<WatchSpan>().Select(s => WireName.Of(s))]);

    private static readonly ReportColumn[] Columns =
    [
        new("base", ReportUnit.Count), new("reached", ReportUnit.Count), new("rate", ReportUnit.Share), new("low", ReportUnit.Share), new("middle", ReportUnit.Share), new("high", ReportUnit.Share), new("rateBefore", ReportUnit.Share),
    ];

    private static readonly ReportColumn[] CauseColumns =
        [new("rate", ReportUnit.Share), new("middle", ReportUnit.Share), new("segmentBefore", ReportUnit.Share), new("segmentNow", ReportUnit.Share), new("rateEffect", ReportUnit.Share), new("mixEffect", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "fluctuation";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Step, Span];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var (step, span, rule) = (FunnelSteps.All.First(s => WireName.Of(s) == work.Chosen(Step)), Enum.GetValues<WatchSpan>().First(s => WireName.Of(s) == work.Chosen(Span)), WatchRule.BuiltIn);
        var periods = Periods(span, work.From, work.To);
        var days = await StepRates.Days(work.Db, work.Filter, span, periods[0].Usual(span, rule).Last().From, periods[^1].To, ct);
        var points = periods.ConvertAll(p => (Period: p, Point: StepRates.Judge(days, step, span, p, rule)));
        var alerts = points.FindAll(p => p.Point.Alerts);
        List<ReportRow> causes = [];
        if (alerts.TakeLast(MostExplained).ToList() is { Count: > 0 } explained)
        {
            var segments = await StepRates.Segments(work.Db, work.Setting, work.Filter, span, explained.ConvertAll(a => a.Period), rule, ct);
            causes.AddRange(Enumerable.Reverse(explained).Select(a => Cause(work, span, a.Period, a.Point, segments.Explain(step, a.Period))));
        }

        var compared = work.Before is var (first, until) ? await Compared(work, step, span, first, until, rule, ct) : null;
        var whole = StepCount.Sum(points.Select(p => p.Point.Count));
        var last = points[^1].Point;
        return new(
            [
                new("rateOfPeriod", ReportUnit.Share, (decimal?)whole.Rate, compared is null ? null : (decimal?)StepCount.Sum(compared.Select(p => p.Count)).Rate),
                new("lastRate", ReportUnit.Share, (decimal?)last.Count.Rate, (decimal?)last.Band?.Median),
                new("alerts", ReportUnit.Count, alerts.Count, compared?.Count(p => p.Alerts)),
            ],
            [
                new("control", ReportPicture.Control, ReportUnit.Share, [.. points.Select(p => new ReportLabel(Text(span, p.Period)))], [])
                {
                    Points = [.. points.Select(p => new ReportPoint(
                        (decimal?)p.Point.Count.Rate, (decimal?)p.Point.Band?.Low, (decimal?)p.Point.Band?.Median, (decimal?)p.Point.Band?.High, p.Point.Alerts))],
                },
            ],
            [
                new("causes", CauseColumns, causes),
                new("rates", Columns, [.. points.Index().Reverse().Select(p => Row(span, step, p.Item.Period, p.Item.Point, compared?.ElementAtOrDefault(p.Index)?.Count.Rate))]),
            ])
        {
            Notes = periods[0].From > work.From.AddDays(31) ? ["lastPeriods"] : [],
        };
    }

    /// <summary>A period as readers name it.</summary>
    internal static string Text(WatchSpan span, WatchPeriod period) => span switch
    {
        WatchSpan.Day or WatchSpan.Week => period.From.ToString("MM-dd", CultureInfo.InvariantCulture),
        WatchSpan.Month => period.From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{period.From.Year} Q{((period.From.Month - 1) / 3) + 1}"),
    };

    private static List<WatchPeriod> Periods(WatchSpan span, DateOnly from, DateOnly to)
    {
        List<WatchPeriod> periods = [];
        for (var period = WatchPeriod.Of(span, to); periods.Count < MostPoints && period.To >= from; period = WatchPeriod.Of(span, period.From.AddDays(-1)))
        {
            periods.Insert(0, period);
        }

        return periods;
    }

    // The periods of what it is compared with, by their places from the first one on.
    private static async Task<List<ControlPoint>> Compared(ReportWork work, FunnelStep step, WatchSpan span, DateOnly from, DateOnly to, WatchRule rule, CancellationToken ct)
    {
        var periods = Periods(span, from, to);
        var days = await StepRates.Days(work.Db, work.Filter, span, periods[0].Usual(span, rule).Last().From, periods[^1].To, ct);
        return periods.ConvertAll(p => StepRates.Judge(days, step, span, p, rule));
    }

    private static ReportRow Row(WatchSpan span, FunnelStep step, WatchPeriod period, ControlPoint point, double? before) => new(
        $"{period.From:yyyy-MM-dd}", new ReportLabel(Text(span, period)) { BesideWord = point.Verdict is ControlVerdict.Usual ? null : $"verdict.{WireName.Of(point.Verdict)}" },
        [
            new(point.Count.Base), new(point.Count.Reached), new((decimal?)point.Count.Rate), new((decimal?)point.Band?.Low), new((decimal?)point.Band?.Median), new((decimal?)point.Band?.High), new((decimal?)before),
        ]);

    private static ReportRow Cause(ReportWork work, WatchSpan span, WatchPeriod period, ControlPoint point, SegmentPart? part) => new(
        $"{period.From:yyyy-MM-dd}",
        part is null ? new ReportLabel(Text(span, period)) { BesideWord = "noCause" }
            : StepRates.Label(work.Setting, part.Counts.Dimension, part.Counts.Segment) with { Beside = Text(span, period), BesideWord = part.Counts.Dimension },
        [
            new((decimal?)point.Count.Rate), new((decimal?)point.Band?.Median), new((decimal?)part?.Counts.Before.Rate), new((decimal?)part?.Counts.Now.Rate), new((decimal?)part?.RateEffect), new((decimal?)part?.MixEffect),
        ]);
}
