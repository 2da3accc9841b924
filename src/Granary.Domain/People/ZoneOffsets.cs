using System.Runtime.CompilerServices;

namespace Granary.Domain.People;

/// <summary>
/// A time zone as a sorted list of its changes, so that local time costs a search in an array. Every local time has exactly one
/// instant: one that a change skips is the instant of the change, one that occurs twice is its first. Times before 1970
/// and after 2100 have the offset of that year.
/// </summary>
internal sealed class ZoneOffsets
{
    private const long Step = 7 * TimeSpan.TicksPerDay;

    private static readonly DateTime First = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2101, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConditionalWeakTable<TimeZoneInfo, ZoneOffsets> Known = [];

    // The offset i holds from the instant _from[i] on, and until its local time is _until[i].
    private readonly long[] _from, _offset, _until;

    private ZoneOffsets(TimeZoneInfo zone)
    {
        List<long> from = [long.MinValue], offset = [zone.GetUtcOffset(First).Ticks];
        for (var at = First.Ticks; at < Last.Ticks; at += Step)
        {
            if (Offset(at + Step) == offset[^1])
                continue;
            long before = at, after = at + Step;
            while (after - before > TimeSpan.TicksPerSecond)
            {
                // Changes fall on whole seconds.
                var middle = before + ((after - before) / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
                if (middle == before)
                    break;
                (before, after) = Offset(middle) == offset[^1] ? (middle, after) : (before, middle);
            }

            from.Add(after);
            offset.Add(Offset(after));
        }

        (_from, _offset) = ([.. from], [.. offset]);
        _until = [.. _from.Skip(1).Select((change, i) => change + _offset[i]), long.MaxValue];
        UnevenDays = [.. Enumerable.Range(1, _from.Length - 1).SelectMany(DaysOfChange).Distinct().Order()];

        long Offset(long ticks) => zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc)).Ticks;
    }

    /// <summary>Numbers of the days that a change touches; all others last 24 hours.</summary>
    public IReadOnlyList<int> UnevenDays { get; }

    public static ZoneOffsets Of(TimeZoneInfo zone) => Known.GetValue(zone, static z => new ZoneOffsets(z));

    /// <summary>Local ticks at an instant in UTC ticks.</summary>
    public long Local(long utc)
    {
        var found = Array.BinarySearch(_from, utc);
        return utc + _offset[found >= 0 ? found : ~found - 1];
    }

    /// <summary>The instant in UTC ticks at which a local time is reached.</summary>
    public long Utc(long local)
    {
        var found = Array.BinarySearch(_until, local);
        var i = found >= 0 ? found + 1 : ~found;
        return Math.Max(_from[i], local - _offset[i]);
    }

    private IEnumerable<int> DaysOfChange(int change)
    {
        var first = (int)((_from[change] + Math.Min(_offset[change - 1], _offset[change])) / TimeSpan.TicksPerDay);
        var last = (int)((_from[change] + Math.Max(_offset[change - 1], _offset[change])) / TimeSpan.TicksPerDay);
        return Enumerable.Range(first, last - first + 1);
    }
}
