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

/// <summary>What a segment counted on a day, or in the month that begins with it.</summary>
public readonly record struct SegmentCell(string Key, DateOnly Day, CellValues Values);

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

    /// <summary>
    /// What segments counted over time, for explaining periods: by dimension, department and owner. Months and quarters are read by month. Days of some
    /// owners' dimensions are kept nowhere: within a reach, days and weeks are explained by owner and department alone.
    /// </summary>
    public static async Task<ILookup<string, SegmentCell>> Segments(GranaryDb db, Setting setting, FactFilter filter, WatchSpan span, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var over = span is WatchSpan.Month or WatchSpan.Quarter ? CubeGrain.Month : CubeGrain.Day;
        List<(string Dimension, SegmentCell Cell)> segments = [];
        foreach (var dimension in filter.Owners is not null && over == CubeGrain.Day ? [] : Parting)
        {
            var cells = await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, dimension, from, to) { Over = over, Filter = filter }, ct);
            segments.AddRange(cells.Select(c => (dimension.ToString().ToLowerInvariant(), new SegmentCell(c.Key, ReportCell.First(c.Period), c.Values))));
        }

        var owners = await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to) { Over = over, Filter = filter, ByOwner = true }, ct);
        segments.AddRange(owners.Select(c => ("owner", new SegmentCell(c.OwnerId.ToString("N"), ReportCell.First(c.Period), c.Values))));
        segments.AddRange(owners.Select(c => ("department", new SegmentCell(setting.People.GetValueOrDefault(c.OwnerId)?.DepartmentId?.ToString("N") ?? "", ReportCell.First(c.Period), c.Values))));
        return segments.ToLookup(s => s.Dimension, s => s.Cell);
    }

    /// <summary>What explains most of the move of a period against what is usual.</summary>
    public static SegmentPart? Explain(ILookup<string, SegmentCell> segments, FunnelStep step, WatchSpan span, WatchPeriod period, WatchRule rule)
    {
        WatchPeriod[] usual = [.. period.Usual(span, rule)];
        return RateMove.Explains(
        [
            .. from dimension in segments
               from segment in dimension.GroupBy(c => c.Key)
               let before = StepCount.Sum(segment.Where(c => Array.Exists(usual, p => p.Holds(c.Day))).Select(c => Of(c.Values, step)))
               let now = StepCount.Sum(segment.Where(c => period.Holds(c.Day)).Select(c => Of(c.Values, step)))
               where before.Base + before.Reached + now.Base + now.Reached > 0
               select new SegmentCounts(dimension.Key, segment.Key, before, now),
        ]);
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
