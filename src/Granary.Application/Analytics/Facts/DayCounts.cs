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
    private Dictionary<int, long>? _last;
    private string _before = "";
    private Guid _owner;

    /// <inheritdoc />
    public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
    {
        // Of most cells all but the days is as in the cell before.
        var known = _last is not null && owner == _owner && key.Length > _before.Length && key[_before.Length] == CellKey.Between && key.StartsWith(_before, StringComparison.Ordinal);
        var rest = known ? key[(_before.Length + 1)..] : default;
        if (_last is null || !known || rest.Contains(CellKey.Between))
        {
            var before = key.LastIndexOf(CellKey.Between);
            rest = key[(before + 1)..];
            (_owner, _before) = (owner, key[..before].ToString());
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, group is null ? _before : group(owner, _before), out _);
            _last = counts ??= [];
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, int.Parse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), out _);
        count += values.N1;
    }

    /// <summary>The median of what was told apart; null of nothing.</summary>
    public decimal? Median(string of) => _counts.TryGetValue(of, out var counts) ? FunnelSteps.Median(counts) : null;
}
