namespace Granary.Domain.Analytics;

/// <summary>A customer came in by a channel.</summary>
/// <param name="At">When.</param>
/// <param name="Day">The day in organisation time.</param>
/// <param name="Source">What came in, such as the lead.</param>
public readonly record struct ChannelEntry<T>(DateTimeOffset At, DateOnly Day, T Source);

/// <summary>Whom an opportunity is credited to where one source alone gets it (§15.4).</summary>
public static class SourceCredit
{
    /// <summary>How many months before the opportunity entries count first.</summary>
    public const int Months = 3;

    /// <summary>
    /// Among the entries from the same day three months before the opportunity on, the earliest; where all are older, the latest.
    /// What came in after the opportunity does not count; among entries of one instant the first that is given counts.
    /// </summary>
    /// <param name="entries">The customer's channel entries, in any order.</param>
    /// <param name="madeAt">When the opportunity was made.</param>
    /// <param name="madeOn">The same day in organisation time.</param>
    /// <returns>The entry; null where there is none before the opportunity.</returns>
    public static ChannelEntry<T>? Of<T>(IEnumerable<ChannelEntry<T>> entries, DateTimeOffset madeAt, DateOnly madeOn)
    {
        var since = madeOn.AddMonths(-Months);
        ChannelEntry<T>? lately = null, before = null;
        foreach (var entry in entries.Where(e => e.At <= madeAt))
        {
            if (entry.Day >= since)
            {
                lately = lately is null || entry.At < lately.Value.At ? entry : lately;
            }
            else
            {
                before = before is null || entry.At > before.Value.At ? entry : before;
            }
        }

        return lately ?? before;
    }
}
