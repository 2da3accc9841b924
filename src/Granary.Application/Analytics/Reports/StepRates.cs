using Granary.Application.Analytics.Facts;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

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

    /// <summary>The counts of each day from the first to the last; of periods of whole months those of each month, at its first day.</summary>
    public static async Task<Dictionary<DateOnly, CellValues>> Days(GranaryDb db, FactFilter filter, WatchSpan span, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to) { Over = Grain(span), Filter = filter }, ct))
            .GroupBy(a => CellPeriod.First(a.Period)).ToDictionary(g => g.Key, g => g.Aggregate(default(CellValues), (sum, a) => sum + a.Values));

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
    /// What segments counted in some periods and in what is usual for them, for explaining their moves by dimension, department and owner. Months and quarters are read
    /// by month; of days those alone that explain.
    /// </summary>
    internal static async Task<MovedSegments> Segments(GranaryDb db, Setting setting, FactFilter filter, WatchSpan span, IReadOnlyList<WatchPeriod> periods, WatchRule rule, CancellationToken ct)
    {
        List<WatchPeriod> read = [.. periods, .. periods.SelectMany(p => p.Usual(span, rule))];
        var question = new CellQuestion(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, read.Min(p => p.From), read.Max(p => p.To))
        {
            Over = Grain(span),
            Filter = filter,
            Only = span == WatchSpan.Day ? read.Select(p => p.From).ToHashSet() : null,
        };
        var segments = new MovedSegments(owner => setting.People.GetValueOrDefault(owner)?.DepartmentId, span, periods, rule);
        await ReadCells.Each(segments, db, question, Parting, ct);
        return segments;
    }

    /// <summary>What periods are made of: whole months, or days.</summary>
    internal static CubeGrain Grain(WatchSpan span) => span is WatchSpan.Month or WatchSpan.Quarter ? CubeGrain.Month : CubeGrain.Day;

    /// <summary>What a segment is called.</summary>
    public static ReportLabel Label(Setting setting, string dimension, string segment) => dimension switch
    {
        "channel" => ReportLabel.Named(segment.Length == 0 ? null : setting.Channels.Path(CellKey.ChannelOf(segment))),
        "owner" => Guid.ParseExact(segment, "N") is var owner && owner == LeadFact.Nobody ? ReportLabel.Of("nobody") : ReportLabel.Named(setting.People.GetValueOrDefault(owner)?.Name),
        "department" => ReportLabel.Named(segment.Length == 0 ? null : setting.Departments.GetValueOrDefault(Guid.ParseExact(segment, "N"))?.Name),
        _ => ReportLabel.Named(segment),
    };
}
