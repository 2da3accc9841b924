using System.Runtime.InteropServices;
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

/// <summary>What a segment of a dimension counted of a step.</summary>
public readonly record struct SegmentCell(string Dimension, string Key, StepCount Count);

/// <summary>The rates of a step over time, by activity: how many took it in a period ÷ how many took the step before in the same period.</summary>
public static class StepRates
{
    /// <summary>Dimensions whose segments share out all leads; a lead with several products would count in each.</summary>
    public static readonly Dimension[] Parting = [Dimension.Channel, Dimension.Campaign, Dimension.Industry, Dimension.Region];

    /// <summary>The counts of each day from the first to the last.</summary>
    public static async Task<Dictionary<DateOnly, CellValues>> Days(GranaryDb db, FactFilter filter, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to) { Over = CubeGrain.Day, Filter = filter }, ct))
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
    /// What segments counted of a step by day, for explaining some periods by dimension, department and owner. Months and quarters are read by month, which stands at
    /// its first day; of days those alone that explain them.
    /// </summary>
    public static async Task<IReadOnlyDictionary<DateOnly, List<SegmentCell>>> Segments(
        GranaryDb db, Setting setting, FactFilter filter, FunnelStep step, WatchSpan span, IReadOnlyList<WatchPeriod> periods, WatchRule rule, CancellationToken ct)
    {
        List<WatchPeriod> read = [.. periods, .. periods.SelectMany(p => p.Usual(span, rule))];
        var question = new CellQuestion(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, read.Min(p => p.From), read.Max(p => p.To))
        {
            Over = span is WatchSpan.Month or WatchSpan.Quarter ? CubeGrain.Month : CubeGrain.Day,
            Filter = filter,
            Only = span == WatchSpan.Day ? read.Select(p => p.From).ToHashSet() : null,
        };
        var cells = new Cells(step, owner => setting.People.GetValueOrDefault(owner)?.DepartmentId?.ToString("N") ?? "");
        await ReadCells.Each(cells, db, question, Parting, ct);
        await ReadCells.Into(cells, db, question with { ByOwner = true }, ct);
        return cells.Found;
    }

    /// <summary>What explains most of the move of a period against what is usual.</summary>
    public static SegmentPart? Explain(IReadOnlyDictionary<DateOnly, List<SegmentCell>> segments, WatchSpan span, WatchPeriod period, WatchRule rule)
    {
        Dictionary<(string Dimension, string Key), (StepCount Before, StepCount Now)> sums = [];
        foreach (var usual in period.Usual(span, rule))
        {
            Add(usual, (sum, count) => (sum.Before + count, sum.Now));
        }

        Add(period, (sum, count) => (sum.Before, sum.Now + count));
        return RateMove.Explains([.. sums.Select(s => new SegmentCounts(s.Key.Dimension, s.Key.Key, s.Value.Before, s.Value.Now))]);

        void Add(WatchPeriod of, Func<(StepCount Before, StepCount Now), StepCount, (StepCount, StepCount)> to)
        {
            for (var day = of.From; day <= of.To; day = day.AddDays(1))
            {
                foreach (var (dimension, key, count) in segments.GetValueOrDefault(day) ?? [])
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, (dimension, key), out _);
                    sum = to(sum, count);
                }
            }
        }
    }

    /// <summary>What a segment is called.</summary>
    public static ReportLabel Label(Setting setting, string dimension, string segment) => dimension switch
    {
        "channel" => ReportLabel.Named(segment.Length == 0 ? null : setting.Channels.Path(CellKey.ChannelOf(segment))),
        "owner" => Guid.ParseExact(segment, "N") is var owner && owner == LeadFact.Nobody ? ReportLabel.Of("nobody") : ReportLabel.Named(setting.People.GetValueOrDefault(owner)?.Name),
        "department" => ReportLabel.Named(segment.Length == 0 ? null : setting.Departments.GetValueOrDefault(Guid.ParseExact(segment, "N"))?.Name),
        _ => ReportLabel.Named(segment),
    };

    // What dimensions counted; what is told apart by owner is counted by owner and department.
    private sealed class Cells(FunnelStep step, Func<Guid, string> department) : ICellSink
    {
        private static readonly Dictionary<int, string> Names = Parting.ToDictionary(d => FactCubes.Find(CubeMeasure.Steps, FunnelBasis.Activity, d)!.Number, d => WireName.Of(d));
        private readonly Dictionary<DateOnly, List<SegmentCell>> _found = [];
        private readonly Dictionary<Guid, (string Owner, string Department)> _owners = [];
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
        private List<SegmentCell> _cells = [];
        private int _period;

        public IReadOnlyDictionary<DateOnly, List<SegmentCell>> Found => _found;

        public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
        {
            var count = Of(values, step);
            if (count == default)
            {
                return;
            }

            if (period != _period)
            {
                ref var cells = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, CellPeriod.First(period), out _);
                (_cells, _period) = (cells ??= [], period);
            }

            if (owner == ReportSheet.Everybody)
            {
                _cells.Add(new(Names[cube], Kept(key), count));
                return;
            }

            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_owners, owner, out var there);
            known = there ? known : (owner.ToString("N"), department(owner));
            _cells.Add(new("owner", known.Owner, count));
            _cells.Add(new("department", known.Department, count));
        }

        // Of each key one text.
        private string Kept(ReadOnlySpan<char> key)
        {
            var known = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.TryGetValue(key, out var text))
            {
                return text;
            }

            _keys.Add(text = key.ToString());
            return text;
        }
    }
}
