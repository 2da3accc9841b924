using System.Runtime.InteropServices;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// How often each number of days is there, by what stands before it in keys; of it medians. Thousands of cells come to a few hundred numbers, in the order of their keys.
/// </summary>
/// <param name="group">What stands before the days as it is to be told apart, given its owner; null tells it apart as it stands.</param>
internal sealed class DayCounts(Func<Guid, string, string>? group = null) : CellSink
{
    private readonly Dictionary<string, Counts> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, KeyTable<Counts>> _known = [];
    private int _before = int.MaxValue;
    private Counts _last = new();
    private Guid _owner;
    private KeyTable<Counts>? _of;

    /// <inheritdoc />
    public override void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues values)
    {
        // Of most cells all but the days is as in the cell before.
        if (same <= _before || !Days(key[(_before + 1)..], out var days))
        {
            _before = key.LastIndexOf(CellKey.Between);
            _last = Of(owner, key[.._before]);
            if (!Days(key[(_before + 1)..], out days))
            {
                throw new FormatException("A key of days does not end with their number.");
            }
        }

        _last.Of(days) += values.N1;
    }

    /// <summary>The median of what was told apart; null of nothing.</summary>
    public decimal? Median(string of) => _counts.TryGetValue(of, out var counts) ? FunnelSteps.Median(counts.All) : null;

    // A whole number as the program writes it; false where something else stands there.
    private static bool Days(ReadOnlySpan<char> text, out int days)
    {
        days = 0;
        var negative = text is ['-', ..];
        var digits = negative ? text[1..] : text;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            days = (days * 10) + (digit - '0');
        }

        days = negative ? -days : days;
        return !digits.IsEmpty;
    }

    private Counts Of(Guid owner, ReadOnlySpan<char> before)
    {
        if (_of is null || owner != _owner)
        {
            (_owner, _of) = (owner, CollectionsMarshal.GetValueRefOrAddDefault(_known, owner, out _) ??= new());
        }

        ref var known = ref _of.At(before);
        if (known is null)
        {
            var name = before.ToString();
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, group is null ? name : group(owner, name), out _);
            known = counts ??= new();
        }

        return known;
    }

    // Most are few days, so that they stand side by side: none, one before, one, two before, two.
    private sealed class Counts
    {
        private long[] _counts = new long[64];

        public IEnumerable<KeyValuePair<int, long>> All
        {
            get
            {
                for (var place = 0; place < _counts.Length; place++)
                {
                    if (_counts[place] != 0)
                    {
                        yield return new((place >> 1) ^ -(place & 1), _counts[place]);
                    }
                }
            }
        }

        public ref long Of(int days)
        {
            var place = (days << 1) ^ (days >> 31);
            if (place >= _counts.Length)
            {
                Array.Resize(ref _counts, Math.Max(2 * _counts.Length, place + 1));
            }

            return ref _counts[place];
        }
    }
}
