namespace Granary.Domain.Analytics;

/// <summary>Rules of funnels of any milestones (§15.1): the days on which milestones count as reached, and which steps of a funnel they make.</summary>
public static class MilestoneDays
{
    /// <summary>
    /// The days on which milestones count as reached, in their order: whoever reached a later one reached those before it on that day at the latest. One
    /// of which nothing is noted stays so; none is before the first.
    /// </summary>
    /// <param name="own">The day noted of each milestone; null where none is. The first one is there.</param>
    public static DateOnly?[] Reached(params ReadOnlySpan<DateOnly?> own)
    {
        var days = own.ToArray();
        DateOnly? later = null;
        for (var i = days.Length - 1; i >= 1; i--)
        {
            days[i] = days[i] is { } day && later is { } then && then < day ? later : days[i];
            days[i] = days[i] < days[0] ? days[0] : days[i];
            later = days[i] ?? later;
        }

        return days;
    }

    /// <summary>Which of them are reached, as bits.</summary>
    public static int Mask(ReadOnlySpan<DateOnly?> days)
    {
        var mask = 0;
        for (var i = 0; i < days.Length; i++)
        {
            mask |= days[i] is null ? 0 : 1 << i;
        }

        return mask;
    }

    /// <summary>
    /// By which milestone a step of a funnel counts as taken: the first one of the funnel from it on that is reached. Null where none is, or where the
    /// first one of the funnel is not, so that the lead is not in it.
    /// </summary>
    /// <param name="mask">What is reached.</param>
    /// <param name="steps">The milestones of the funnel, in their order.</param>
    /// <param name="step">Which of them.</param>
    public static int? By(int mask, IReadOnlyList<int> steps, int step)
    {
        if (!Has(mask, steps[0]))
        {
            return null;
        }

        for (var i = step; i < steps.Count; i++)
        {
            if (Has(mask, steps[i]))
            {
                return steps[i];
            }
        }

        return null;
    }

    private static bool Has(int mask, int milestone) => (mask & (1 << milestone)) != 0;
}
