namespace Granary.Domain.Analytics;

/// <summary>
/// Minutes as people name them, so that how often each wait was there can be kept: to the minute up to twenty, to five minutes up to an hour, to a quarter of an
/// hour up to four, to half an hour up to eight, to an hour up to forty, then to eight hours.
/// </summary>
public static class WaitScale
{
    private static readonly (int UpTo, int Step)[] Steps = [(20, 1), (60, 5), (240, 15), (480, 30), (2400, 60), (int.MaxValue, 480)];

    /// <summary>A wait to the nearest mark of the scale; halves go up.</summary>
    /// <param name="minutes">Minutes, not negative.</param>
    public static int Of(double minutes)
    {
        var step = Array.Find(Steps, s => minutes < s.UpTo).Step;
        return (int)(Math.Floor((minutes / step) + 0.5) * step);
    }

    /// <summary>A quantile of counted waits by nearest rank; of the median, half of the two in the middle. Null of nothing.</summary>
    /// <param name="counts">How often each wait is there.</param>
    /// <param name="share">The share, 0.5 for the median.</param>
    public static double? Quantile(IReadOnlyDictionary<int, long> counts, double share)
    {
        var sorted = counts.Where(c => c.Value > 0).OrderBy(c => c.Key).ToList();
        var total = sorted.Sum(c => c.Value);
        return total == 0 ? null : share == 0.5 ? (At(sorted, (total - 1) / 2) + At(sorted, total / 2)) / 2d : At(sorted, (long)Math.Ceiling((share * total) - 1e-9) - 1);
    }

    private static int At(List<KeyValuePair<int, long>> sorted, long place)
    {
        var before = 0L;
        foreach (var (minutes, count) in sorted)
        {
            before += count;
            if (before > place)
            {
                return minutes;
            }
        }

        return sorted[^1].Key;
    }
}
