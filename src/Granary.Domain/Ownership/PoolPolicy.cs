using System.Text.Json.Serialization;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Ownership;

/// <summary>How pools give leads out and take them back (§9): what holds everywhere, and what differs in single pools.</summary>
public sealed partial record PoolPolicy
{
    /// <summary>What holds in every pool that has nothing of its own.</summary>
    public PoolRules Default { get; init; } = new();

    /// <summary>What single pools have of their own, by the pool's key.</summary>
    public IReadOnlyDictionary<string, PoolRules> Pools { get; init; } = new Dictionary<string, PoolRules>();

    /// <summary>How long an owner is protected.</summary>
    public ProtectionRules Protection { get; init; } = new();

    /// <summary>The pool that takes what an owner returns or loses, where no flow rule says otherwise; a regional pool of its region goes before it.</summary>
    public string ReturnPool { get; init; } = PoolKeys.Nurture;

    /// <summary>Whether a supervisor confirms that a lead is invalid before it is archived.</summary>
    public bool ConfirmInvalid { get; init; } = true;

    /// <summary>Reasons of invalidity that people choose from besides the built-in ones.</summary>
    public IReadOnlyList<string> InvalidReasons { get; init; } = [];

    /// <summary>Ways from pool to pool, in order; the first that holds moves a lead.</summary>
    public IReadOnlyList<FlowRule> Flows { get; init; } = [];

    /// <summary>The rules of a pool.</summary>
    /// <param name="key">The pool's key; null has what holds everywhere.</param>
    public PoolRules For(string? key) => key is not null && Pools.TryGetValue(key, out var own) ? own : Default;

    /// <summary>
    /// What a new organisation begins with: nothing is claimed from the invalid and the blacklist pool; what fell out of
    /// holdings for good wanders from nurture over the active and the general pool to the company pool.
    /// </summary>
    public static PoolPolicy BuiltIn { get; } = new()
    {
        Pools = new Dictionary<string, PoolRules>
        {
            [PoolKeys.Invalid] = new() { Claimable = false },
            [PoolKeys.Blacklist] = new() { Claimable = false },
        },
        Flows =
        [
            new() { Id = "sales_no_sql", Name = "sales_no_sql", From = FlowSource.Sales, AfterDays = 7, Clock = DeadlineClock.WorkingDays, To = PoolKeys.Nurture, WaitsForProtection = true },
            new() { Id = "nurture_to_active", Name = "nurture_to_active", From = FlowSource.Pool, Pool = PoolKeys.Nurture, AfterDays = 180, Ownerships = 2, To = PoolKeys.Active },
            new() { Id = "active_to_general", Name = "active_to_general", From = FlowSource.Pool, Pool = PoolKeys.Active, AfterDays = 180, To = PoolKeys.General },
            new() { Id = "general_to_company", Name = "general_to_company", From = FlowSource.Pool, Pool = PoolKeys.General, AfterDays = 180, To = PoolKeys.Company },
        ],
    };
}

/// <summary>How one pool gives leads out (§9 Claim, Against gaming).</summary>
public sealed record PoolRules
{
    /// <summary>Whether members may claim from it.</summary>
    public bool Claimable { get; init; } = true;

    /// <summary>Most claims of a user on a day of organisation time, 0 to 10,000; null is unlimited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? DailyClaimCap { get; init; } = 20;

    /// <summary>Most leads a claimer may hold, 1 to 100,000; the smaller of this and their profile's counts. Null leaves it to the profile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? HoldingCap { get; init; } = 150;

    /// <summary>Days for which somebody who lost or returned a lead cannot claim it, 0 to 3,650.</summary>
    public int CoolDownDays { get; init; } = 30;

    /// <summary>Leads whose contact data a member may look at on a day without claiming, 0 to 10,000; null is unlimited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? DailyViewCap { get; init; } = 50;

    /// <summary>Regions it serves, as <c>province</c> or <c>province/city</c> in short form; empty serves everywhere. Makes a pool a regional one.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The general pool it stands in for in its regions, such as <c>nurture</c>; null for none.</summary>
    public string? StandsFor { get; init; }

    /// <summary>Names of fields that members see before they claim; contact data is masked in any case.</summary>
    public IReadOnlyList<string> VisibleFields { get; init; } = PoolFields.All;
}

/// <summary>Fields that a pool may show to its members.</summary>
public static class PoolFields
{
    /// <summary>All, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["company", "contact", "title", "contacts", "region", "industry", "size", "requirement", "products", "budget", "channel", "score", "tags"];
}

/// <summary>How long an owner is protected from losing a lead to the clock (§9 Protection).</summary>
public sealed record ProtectionRules
{
    /// <summary>Days from acquisition, 0 to 3,650.</summary>
    public int Days { get; init; } = 14;

    /// <summary>Days by which each counted follow-up extends it, from the follow-up on, 0 to 3,650.</summary>
    public int ExtensionDays { get; init; } = 7;

    /// <summary>Most days from acquisition, at least <see cref="Days"/>.</summary>
    public int MaximumDays { get; init; } = 60;
}

/// <summary>Where a flow begins.</summary>
public enum FlowSource
{
    /// <summary>A pool.</summary>
    Pool = 1,

    /// <summary>The holdings of sales: owned, neither converted nor closed.</summary>
    Sales = 2,
}

/// <summary>A way from pool to pool, or from holdings to a pool (§9 Flow rules).</summary>
public sealed record FlowRule
{
    /// <summary>Stable id, unique within the policy. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, 1 to 100 characters; names of built-in rules are keys that the interface translates.</summary>
    public required string Name { get; init; }

    /// <summary>Where it begins.</summary>
    public FlowSource From { get; init; } = FlowSource.Pool;

    /// <summary>Key of the pool it begins in; only for <see cref="FlowSource.Pool"/>. A regional pool counts as the one it stands for.</summary>
    public string? Pool { get; init; }

    /// <summary>Conditions over the lead's facts, all of which must hold.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>Days for which it lay there (in a pool) or was held without becoming SQL (in holdings), 0 to 3,650.</summary>
    public int AfterDays { get; init; }

    /// <summary>The clock the days run on.</summary>
    public DeadlineClock Clock { get; init; } = DeadlineClock.Elapsed;

    /// <summary>How often it must have been owned at the least, 0 to 1,000.</summary>
    public int Ownerships { get; init; }

    /// <summary>Key of the pool it goes to; a regional pool that stands for it in the lead's region goes before it.</summary>
    public required string To { get; init; }

    /// <summary>Whether it is offered to the next representative by the assignment rules first, earlier owners excluded.</summary>
    public bool NextInLine { get; init; }

    /// <summary>Whether it waits until the owner's protection ends.</summary>
    public bool WaitsForProtection { get; init; }
}
