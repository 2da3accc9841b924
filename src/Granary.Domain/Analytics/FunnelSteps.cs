namespace Granary.Domain.Analytics;

/// <summary>A step of the way from a lead to money (§15.1). Numbers are stored and never reused.</summary>
public enum FunnelStep
{
    /// <summary>It was received.</summary>
    Lead = 0,

    /// <summary>Marketing qualified.</summary>
    Mql = 1,

    /// <summary>Sales qualified.</summary>
    Sql = 2,

    /// <summary>An opportunity began with it.</summary>
    Opportunity = 3,

    /// <summary>Its opportunity was won 成交.</summary>
    Order = 4,

    /// <summary>The first money of it came in 回款.</summary>
    Payment = 5,
}

/// <summary>Rules of funnels (§15.1).</summary>
public static class FunnelSteps
{
    /// <summary>How many steps there are.</summary>
    public const int Count = 6;

    /// <summary>All steps in order.</summary>
    public static IReadOnlyList<FunnelStep> All { get; } = Enum.GetValues<FunnelStep>();

    /// <summary>
    /// The days on which steps count as taken. Whoever took a later step took those before it, on that day at the latest: so that no
    /// step has more than the one before, and no way between two takes less than nothing. The first step stays what it is.
    /// </summary>
    /// <param name="own">The day noted of each step, in order; null where none is.</param>
    /// <returns>As many days; null from the step on that nobody took.</returns>
    public static DateOnly?[] Taken(params ReadOnlySpan<DateOnly?> own)
    {
        var taken = own.ToArray();
        for (var i = taken.Length - 2; i >= 1; i--)
        {
            taken[i] = taken[i + 1] is { } later && (taken[i] is null || taken[i] > later) ? later : taken[i];
        }

        for (var i = 1; i < taken.Length; i++)
        {
            // What began before it came in, as in a history that was brought along, took no time to get there.
            taken[i] = taken[i] < taken[i - 1] ? taken[i - 1] : taken[i];
        }

        return taken;
    }

    /// <summary>The median of counted whole days: the middle one, or half of the sum of the two in the middle; null of nothing.</summary>
    /// <param name="counts">How often each number of days is there; those of no positive count are left out.</param>
    public static decimal? Median(IEnumerable<KeyValuePair<int, long>> counts)
    {
        var sorted = counts.Where(c => c.Value > 0).OrderBy(c => c.Key).ToList();
        var total = sorted.Sum(c => c.Value);
        return total == 0 ? null : (At(sorted, (total - 1) / 2) + At(sorted, total / 2)) / 2m;
    }

    /// <summary>A share; null where there is nothing to share, never infinite.</summary>
    public static decimal? Rate(decimal part, decimal whole) => whole == 0 ? null : part / whole;

    private static int At(List<KeyValuePair<int, long>> sorted, long place)
    {
        var before = 0L;
        foreach (var (days, count) in sorted)
        {
            before += count;
            if (before > place)
            {
                return days;
            }
        }

        return sorted[^1].Key;
    }
}
