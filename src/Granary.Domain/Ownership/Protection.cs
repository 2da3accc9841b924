namespace Granary.Domain.Ownership;

/// <summary>Protection 保护期 of an owner from losing a lead to the clock (§9): from acquisition, longer with each counted follow-up, up to a maximum.</summary>
public static class Protection
{
    /// <summary>Until when an owner is protected who gets a lead.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="from">When they get it.</param>
    public static DateTimeOffset At(ProtectionRules rules, DateTimeOffset from) => from.AddDays(rules.Days);

    /// <summary>
    /// Until when they are protected after a counted follow-up: the rules' days from it on, never shorter than before, and
    /// never beyond the maximum. What a manager extended beyond the maximum stays.
    /// </summary>
    /// <param name="rules">The rules.</param>
    /// <param name="from">When they got the lead.</param>
    /// <param name="until">Until when they are protected; null when nothing is recorded and the rules count from acquisition.</param>
    /// <param name="at">When the follow-up was recorded, by the server's clock.</param>
    public static DateTimeOffset AfterFollowUp(ProtectionRules rules, DateTimeOffset from, DateTimeOffset? until, DateTimeOffset at)
    {
        var before = until ?? At(rules, from);
        var extended = Earlier(at.AddDays(rules.ExtensionDays), from.AddDays(rules.MaximumDays));
        return extended > before ? extended : before;
    }

    /// <summary>Until when they are protected after a manager extended it by some days: from now, or from where it would have ended.</summary>
    /// <param name="until">Until when they are protected; null when they are not.</param>
    /// <param name="days">Days more.</param>
    /// <param name="now">The instant.</param>
    public static DateTimeOffset Extended(DateTimeOffset? until, int days, DateTimeOffset now) => (until > now ? until.Value : now).AddDays(days);

    /// <summary>Whether no clock takes the lead away.</summary>
    /// <param name="until">Until when the owner is protected; null when they are not.</param>
    /// <param name="locked">Whether a manager locked it.</param>
    /// <param name="now">The instant.</param>
    public static bool Holds(DateTimeOffset? until, bool locked, DateTimeOffset now) => locked || until > now;

    /// <summary>Days that are left, a day begun counting as one; 0 when none is.</summary>
    /// <param name="until">Until when the owner is protected.</param>
    /// <param name="now">The instant.</param>
    public static int DaysLeft(DateTimeOffset? until, DateTimeOffset now) => until > now ? (int)Math.Ceiling((until.Value - now).TotalDays) : 0;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
