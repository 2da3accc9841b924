using System.Runtime.InteropServices;
using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics.Reports;

/// <summary>What segments counted in some periods, and in what is usual for each of these. Cells are added to what they belong to as they are read.</summary>
internal sealed class MovedSegments : CellSink
{
    private static readonly Dictionary<int, string> Dimensions = StepRates.Parting.ToDictionary(d => FactCubes.Find(CubeMeasure.Steps, FunnelBasis.Activity, d)!.Number, d => WireName.Of(d));

    private readonly Func<Guid, Guid?> _departmentOf;
    private readonly Dictionary<WatchPeriod, int> _periods = [];
    // Of a day or month, where its cells are added: of each period what is usual, and itself.
    private readonly Dictionary<int, List<int>> _places = [];
    private readonly Dictionary<string, KeyTable<CellValues[]>> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, CellValues[][]> _owners = [];
    private (int Cube, int Period) _at;
    private List<int>? _into;
    private KeyTable<CellValues[]>? _keys;

    /// <summary>For periods that are to be explained.</summary>
    /// <param name="departmentOf">The department of an owner; null where there is none.</param>
    /// <param name="span">How long periods are.</param>
    /// <param name="periods">The periods.</param>
    /// <param name="rule">What is usual for them.</param>
    public MovedSegments(Func<Guid, Guid?> departmentOf, WatchSpan span, IEnumerable<WatchPeriod> periods, WatchRule rule)
    {
        _departmentOf = departmentOf;
        foreach (var period in periods)
        {
            var place = _periods[period] = 2 * _periods.Count;
            foreach (var usual in period.Usual(span, rule))
            {
                Belongs(usual, place, StepRates.Grain(span));
            }

            Belongs(period, place + 1, StepRates.Grain(span));
        }
    }

    /// <inheritdoc />
    public override void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues values)
    {
        if (_at != (cube, period))
        {
            _at = (cube, period);
            _into = _places.GetValueOrDefault(period);
            _keys = Dimensions.TryGetValue(cube, out var dimension) ? Keys(dimension) : null;
        }

        if (_into is not { } places)
        {
            return;
        }

        if (owner == ReportSheet.Everybody)
        {
            Add(Of(_keys!, key), places, values);
            return;
        }

        foreach (var sums in Of(owner))
        {
            Add(sums, places, values);
        }
    }

    /// <summary>What explains most of the move of a step's rate in a period against what is usual.</summary>
    public SegmentPart? Explain(FunnelStep step, WatchPeriod period)
    {
        var place = _periods[period];
        return RateMove.Explains(
            from dimension in _segments
            from number in Enumerable.Range(0, dimension.Value.Count)
            let sums = dimension.Value.Value(number)!
            let counts = new SegmentCounts(dimension.Key, dimension.Value.Key(number), StepRates.Of(sums[place], step), StepRates.Of(sums[place + 1], step))
            where counts.Before != default || counts.Now != default
            select counts);
    }

    private static void Add(CellValues[] sums, List<int> places, in CellValues values)
    {
        foreach (var place in places)
        {
            sums[place] += values;
        }
    }

    private void Belongs(WatchPeriod period, int place, CubeGrain grain)
    {
        foreach (var part in ReportPeriods.Of(period.From, period.To, grain))
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, part, out _);
            (places ??= []).Add(place);
        }
    }

    private KeyTable<CellValues[]> Keys(string dimension)
    {
        ref var keys = ref CollectionsMarshal.GetValueRefOrAddDefault(_segments, dimension, out _);
        return keys ??= new();
    }

    private CellValues[] Of(KeyTable<CellValues[]> keys, ReadOnlySpan<char> key) => keys.At(key) ??= new CellValues[2 * _periods.Count];

    // What is told apart by owner is counted by owner and department.
    private CellValues[][] Of(Guid owner)
    {
        ref var both = ref CollectionsMarshal.GetValueRefOrAddDefault(_owners, owner, out _);
        return both ??= [Of(Keys("owner"), owner.ToString("N")), Of(Keys("department"), _departmentOf(owner)?.ToString("N") ?? "")];
    }
}
