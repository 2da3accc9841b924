using Granary.Application.Analytics.Facts;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Reports;

/// <summary>How long the periods are that a rate is watched by. Numbers are stored and never reused.</summary>
public enum WatchSpan
{
    /// <summary>Days: alerts.</summary>
    Day = 1,

    /// <summary>Weeks from Monday: tracking.</summary>
    Week = 2,

    /// <summary>Months: review.</summary>
    Month = 3,

    /// <summary>Quarters.</summary>
    Quarter = 4,
}

/// <summary>A period of a watched rate.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public readonly record struct WatchPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The period that holds a day.</summary>
    public static WatchPeriod Of(WatchSpan span, DateOnly day)
    {
        var from = span switch
        {
            WatchSpan.Day => day,
            WatchSpan.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            WatchSpan.Month => new DateOnly(day.Year, day.Month, 1),
            _ => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
        };
        return new(from, (span switch { WatchSpan.Day => from.AddDays(1), WatchSpan.Week => from.AddDays(7), WatchSpan.Month => from.AddMonths(1), _ => from.AddMonths(3) }).AddDays(-1));
    }

    /// <summary>The periods a period is judged by: for a day the same weekdays before, else those just before; nearest first.</summary>
    public IEnumerable<WatchPeriod> Usual(WatchSpan span, WatchRule rule)
    {
        var before = this;
        for (var i = 0; i < rule.Look; i++)
        {
            before = span == WatchSpan.Day ? Of(span, before.From.AddDays(-7)) : Of(span, before.From.AddDays(-1));
            yield return before;
        }
    }

    /// <summary>Whether a day lies in it.</summary>
    public bool Holds(DateOnly day) => From <= day && day <= To;
}

/// <summary>The rates of a step over time, by activity: how many took it in a period ÷ how many took the step before in the same period.</summary>
public static class StepRates
{
    /// <summary>Dimensions whose segments share out all leads; a lead with several products would count in each.</summary>
    public static readonly Dimension[] Parting = [Dimension.Channel, Dimension.Campaign, Dimension.Industry, Dimension.Region];

    /// <summary>The counts of each day from the first to the last.</summary>
    public static async Task<Dictionary<DateOnly, CellValues>> Days(GranaryDb db, FactFilter filter, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to) { Over = CubeGrain.Day, Filter = filter }, ct))
            .GroupBy(a => ReportCell.First(a.Period)).ToDictionary(g => g.Key, g => g.Aggregate(default(CellValues), (sum, a) => sum + a.Values));

    /// <summary>The counts of a step in a period.</summary>
    public static StepCount Of(IReadOnlyDictionary<DateOnly, CellValues> days, FunnelStep step, WatchPeriod period)
    {
        var sum = default(CellValues);
        for (var day = period.From; day <= period.To; day = day.AddDays(1))
        {
            sum += days.GetValueOrDefault(day);
        }

        return Of(sum, step);
    }

    /// <summary>The counts of a step.</summary>
    public static StepCount Of(CellValues values, FunnelStep step) => new(FunnelReport.Count(values, step - 1), FunnelReport.Count(values, step));

    /// <summary>Judges a period.</summary>
    public static ControlPoint Judge(IReadOnlyDictionary<DateOnly, CellValues> days, FunnelStep step, WatchSpan span, WatchPeriod period, WatchRule rule) =>
        ControlChart.Judge(period.Usual(span, rule).Select(p => Of(days, step, p)), Of(days, step, period), rule);

    /// <summary>What explains most of the move of a period against what is usual, over all dimensions, departments and owners.</summary>
    public static async Task<SegmentPart?> Explain(GranaryDb db, Setting setting, FactFilter filter, FunnelStep step, WatchSpan span, WatchPeriod period, WatchRule rule, CancellationToken ct)
    {
        WatchPeriod[] usual = [.. period.Usual(span, rule)];
        var first = usual[^1].From;
        List<SegmentCounts> segments = [];
        void Add(string dimension, IEnumerable<(string Key, DateOnly Day, CellValues Values)> cells) => segments.AddRange(cells.GroupBy(c => c.Key).Select(g => new SegmentCounts(
            dimension,
            g.Key,
            StepCount.Sum(g.Where(c => Array.Exists(usual, p => p.Holds(c.Day))).Select(c => Of(c.Values, step))),
            StepCount.Sum(g.Where(c => period.Holds(c.Day)).Select(c => Of(c.Values, step))))));
        foreach (var dimension in Parting)
        {
            var cells = await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, dimension, first, period.To) { Over = CubeGrain.Day, Filter = filter }, ct);
            Add(dimension.ToString().ToLowerInvariant(), cells.Select(c => (c.Key, ReportCell.First(c.Period), c.Values)));
        }

        var owners = await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, first, period.To) { Over = CubeGrain.Day, Filter = filter, ByOwner = true }, ct);
        Add("owner", owners.Select(c => (c.OwnerId.ToString("N"), ReportCell.First(c.Period), c.Values)));
        Add("department", owners.Select(c => (setting.People.GetValueOrDefault(c.OwnerId)?.DepartmentId?.ToString("N") ?? "", ReportCell.First(c.Period), c.Values)));
        return RateMove.Explains(segments);
    }

    /// <summary>What a segment is called.</summary>
    public static ReportLabel Label(Setting setting, string dimension, string segment) => dimension switch
    {
        "channel" => ReportLabel.Named(segment.Length == 0 ? null : setting.Channels.Path(CellKey.ChannelOf(segment))),
        "owner" => Guid.ParseExact(segment, "N") is var owner && owner == LeadFact.Nobody ? ReportLabel.Of("nobody") : ReportLabel.Named(setting.People.GetValueOrDefault(owner)?.Name),
        "department" => ReportLabel.Named(segment.Length == 0 ? null : setting.Departments.GetValueOrDefault(Guid.ParseExact(segment, "N"))?.Name),
        _ => ReportLabel.Named(segment),
    };
}
