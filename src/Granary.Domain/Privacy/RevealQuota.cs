namespace Granary.Domain.Privacy;

/// <summary>At how many records' contact data somebody has looked today, and at how many they may (§18).</summary>
/// <param name="Limit">The most; null where there is no limit.</param>
/// <param name="Used">Records looked at today, each counted once.</param>
/// <param name="RenewsAt">When the next day of the organisation begins.</param>
public sealed record RevealQuota(int? Limit, int Used, DateTimeOffset RenewsAt)
{
    private const int Percent = 80;

    /// <summary>How many are left; null where there is no limit.</summary>
    public int? Left => Limit is { } limit ? Math.Max(0, limit - Used) : null;

    /// <summary>Whether the look that would come next is the first above 80 % of the limit, of which supervisors are told.</summary>
    public bool NextIsMany => Limit is { } limit && Many(Used + 1, limit) && !Many(Used, limit);

    private static bool Many(int used, int limit) => used * 100L > limit * (long)Percent;
}
