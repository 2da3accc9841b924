namespace Granary.Domain.Opportunities;

/// <summary>What a partner 合作伙伴 is to us. Numbers are stored and never reused.</summary>
public enum PartnerKind
{
    /// <summary>Sells our products 经销商.</summary>
    Dealer = 1,

    /// <summary>Works beside us at customers 生态伙伴.</summary>
    Ecosystem = 2,

    /// <summary>Brings customers and leaves the rest to us 推荐人.</summary>
    Referrer = 3,
}

/// <summary>What a partner registers. Numbers are stored and never reused.</summary>
public enum RegistrationKind
{
    /// <summary>A customer they bring to us.</summary>
    Referral = 1,

    /// <summary>A deal that they lead.</summary>
    Deal = 2,
}

/// <summary>Where a registration stands. Numbers are stored and never reused.</summary>
public enum RegistrationState
{
    /// <summary>It waits to be decided.</summary>
    Asked = 1,

    /// <summary>The partner is protected at that company.</summary>
    Accepted = 2,

    /// <summary>It was refused, with a reason.</summary>
    Refused = 3,

    /// <summary>Its protection ended, or nobody decided in time.</summary>
    Expired = 4,

    /// <summary>Who asked took it back.</summary>
    Withdrawn = 5,
}

/// <summary>What stands against a registration.</summary>
public enum ConflictKind
{
    /// <summary>A lead of that company is ours.</summary>
    Lead,

    /// <summary>An open opportunity of that company is ours.</summary>
    Opportunity,

    /// <summary>Another partner asked for that company, and waits.</summary>
    Asked,

    /// <summary>Another partner is protected at that company.</summary>
    Protected,
}

/// <summary>Why a registration is not accepted.</summary>
public enum AcceptanceRefusal
{
    /// <summary>It was decided, taken back, or has expired.</summary>
    NotAsked,

    /// <summary>Nobody decides about what they asked for.</summary>
    OwnRequest,

    /// <summary>Another partner is protected at that company.</summary>
    Protected,

    /// <summary>Something stands against it, and it is not said why it is accepted all the same.</summary>
    ReasonRequired,
}

/// <summary>The rules of registrations by partners (§12).</summary>
public static class PartnerRegistrations
{
    /// <summary>Why a registration is not accepted; null when it is.</summary>
    /// <param name="state">Where it stands.</param>
    /// <param name="own">Whether whoever decides asked for it, and does not reach everything.</param>
    /// <param name="conflicts">What stands against it.</param>
    /// <param name="reason">Why it is accepted.</param>
    public static AcceptanceRefusal? Refusal(RegistrationState state, bool own, IReadOnlyCollection<ConflictKind> conflicts, string? reason) =>
        state != RegistrationState.Asked ? AcceptanceRefusal.NotAsked
        : own ? AcceptanceRefusal.OwnRequest
        : conflicts.Contains(ConflictKind.Protected) ? AcceptanceRefusal.Protected
        : conflicts.Count > 0 && string.IsNullOrWhiteSpace(reason) ? AcceptanceRefusal.ReasonRequired
        : null;

    /// <summary>Whether a registration still keeps others away, or may yet.</summary>
    public static bool Lives(RegistrationState state) => state is RegistrationState.Asked or RegistrationState.Accepted;
}
