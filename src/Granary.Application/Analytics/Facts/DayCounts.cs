using System.Globalization;
using System.Runtime.InteropServices;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// How often each number of days is there, by what stands before it in keys; of it medians. Thousands of cells come to a few hundred numbers, in the order of their keys.
/// </summary>
/// <param name="group">What stands before the days as it is to be told apart, given its owner; null tells it apart as it stands.</param>
internal sealed class DayCounts(Func<Guid, string, string>? group = null) : ICellSink
{
    private readonly Dictionary<string, Dictionary<int, long>> _counts = new(StringComparer.Ordinal);
    private Dictionary<int, long> _last = [];
    private string? _lastKey;
    private Guid _lastOwner;

    /// <inheritdoc />
    public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
    {
        var before = key.LastIndexOf(CellKey.Between);
        if (_lastKey is null || owner != _lastOwner || !key[..before].SequenceEqual(_lastKey))
        {
            (_lastOwner, _lastKey) = (owner, key[..before].ToString());
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, group is null ? _lastKey : group(owner, _lastKey), out _);
            _last = counts ??= [];
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, int.Parse(key[(before + 1)..], CultureInfo.InvariantCulture), out _);
        count += values.N1;
    }

    /// <summary>The median of what was told apart; null of nothing.</summary>
    public decimal? Median(string of) => _counts.TryGetValue(of, out var counts) ? FunnelSteps.Median(counts) : null;
}
