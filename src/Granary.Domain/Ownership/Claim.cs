using Granary.Domain.Policies;

namespace Granary.Domain.Ownership;

/// <summary>What a claim 领取 looks at, read under the locks it is decided under.</summary>
public sealed record ClaimCase
{
    /// <summary>Whether somebody owns the lead by now.</summary>
    public bool Owned { get; init; }

    /// <summary>Whether it lies in a pool.</summary>
    public bool InPool { get; init; } = true;

    /// <summary>Whether the claimer is a member of that pool.</summary>
    public bool Member { get; init; } = true;

    /// <summary>Whether the claimer is active.</summary>
    public bool Active { get; init; } = true;

    /// <summary>When the claimer last lost or returned this lead; null when never.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>Their claims on this day of organisation time, whatever became of them.</summary>
    public int ClaimedToday { get; init; }

    /// <summary>Leads they hold.</summary>
    public int Holding { get; init; }

    /// <summary>Most leads they may hold by their profile; null is unlimited.</summary>
    public int? HoldingCap { get; init; }
}

/// <summary>Why a lead cannot be claimed, in the order it is asked.</summary>
public enum ClaimRefusal
{
    /// <summary>Somebody owns it.</summary>
    AlreadyOwned,

    /// <summary>It lies in no pool.</summary>
    NotInPool,

    /// <summary>The claimer is no member of the pool.</summary>
    NotAMember,

    /// <summary>Nothing is claimed from the pool.</summary>
    NotClaimable,

    /// <summary>The claimer is away or has left.</summary>
    InactiveUser,

    /// <summary>The claimer lost or returned it too short a time ago.</summary>
    CoolingDown,

    /// <summary>The claimer has claimed as many as they may today.</summary>
    ClaimCapReached,

    /// <summary>The claimer holds as many leads as they may.</summary>
    HoldingCapReached,
}

/// <summary>The rules of claiming (§9 Claim).</summary>
public static class Claim
{
    /// <summary>Why it is refused; null when they may have it.</summary>
    /// <param name="rules">The pool's rules.</param>
    /// <param name="claim">The facts.</param>
    /// <param name="now">The instant.</param>
    public static ClaimRefusal? Refusal(PoolRules rules, ClaimCase claim, DateTimeOffset now) =>
        claim.Owned ? ClaimRefusal.AlreadyOwned
        : !claim.InPool ? ClaimRefusal.NotInPool
        : !claim.Member ? ClaimRefusal.NotAMember
        : !rules.Claimable ? ClaimRefusal.NotClaimable
        : !claim.Active ? ClaimRefusal.InactiveUser
        : CoolsDown(rules, claim.LostAt, now) ? ClaimRefusal.CoolingDown
        : claim.ClaimedToday >= rules.DailyClaimCap ? ClaimRefusal.ClaimCapReached
        : claim.Holding >= MostHeld(rules, claim.HoldingCap) ? ClaimRefusal.HoldingCapReached
        : null;

    /// <summary>Most leads a claimer may hold: the smaller of the pool's cap and their own; null is unlimited.</summary>
    /// <param name="rules">The pool's rules.</param>
    /// <param name="own">The cap of their profile.</param>
    public static int? MostHeld(PoolRules rules, int? own) => rules.HoldingCap is { } cap && !(own < cap) ? cap : own;

    /// <summary>Claims that are left today; null is unlimited.</summary>
    /// <param name="rules">The pool's rules.</param>
    /// <param name="claimedToday">Their claims today.</param>
    public static int? Left(PoolRules rules, int claimedToday) => rules.DailyClaimCap is { } cap ? Math.Max(0, cap - claimedToday) : null;

    private static bool CoolsDown(PoolRules rules, DateTimeOffset? lostAt, DateTimeOffset now) => lostAt?.AddDays(rules.CoolDownDays) > now;

    /// <summary>The stable code of a refusal.</summary>
    public static string Code(this ClaimRefusal refusal) => SnakeCase(WireName.Of(refusal));

    private static string SnakeCase(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
}
