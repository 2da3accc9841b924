using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>How a rule chooses among those who are eligible (§8 Methods). Numbers are stored and never reused.</summary>
public enum AssignmentMethod
{
    /// <summary>The one who holds the fewest leads.</summary>
    Designated = 1,

    /// <summary>Each in turn.</summary>
    RoundRobin = 2,

    /// <summary>In shares of their weights.</summary>
    Weighted = 3,

    /// <summary>Each in turn among those of the wanted seniority.</summary>
    ByTier = 4,

    /// <summary>In shares that follow their conversion of the last 90 days.</summary>
    ByPerformance = 5,

    /// <summary>Each in turn among the team of the sales model that fits: SDR cleaning, telephone or field.</summary>
    BySalesModel = 6,

    /// <summary>To the tray of a director, who assigns on.</summary>
    Manual = 7,
}

/// <summary>One rule of the ordered list (§8).</summary>
public sealed record AssignmentRule
{
    /// <summary>Stable id, unique within the policy; the rotation hangs on it. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, 1 to 100 characters; names of built-in rules are keys that the interface translates.</summary>
    public required string Name { get; init; }

    /// <summary>Conditions over the lead's facts, all of which must hold; none always holds.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>Whom it gives leads to; empty by sales model, whose steps have their own.</summary>
    public AssignmentTarget Target { get; init; } = new();

    /// <summary>How it chooses; without meaning for a pool.</summary>
    public AssignmentMethod Method { get; init; } = AssignmentMethod.RoundRobin;

    /// <summary>What it asks of a recipient besides being active, present and below their caps.</summary>
    public EligibilitySwitches Require { get; init; } = new();

    /// <summary>Weights that stand in for those of the profiles, by user, 0 to 1,000. For <see cref="AssignmentMethod.Weighted"/>.</summary>
    public IReadOnlyDictionary<Guid, int> Weights { get; init; } = new Dictionary<Guid, int>();

    /// <summary>Settings of <see cref="AssignmentMethod.ByTier"/>.</summary>
    public TierSettings Tier { get; init; } = new();

    /// <summary>Settings of <see cref="AssignmentMethod.ByPerformance"/>.</summary>
    public PerformanceSettings Performance { get; init; } = new();

    /// <summary>Steps of <see cref="AssignmentMethod.BySalesModel"/>: the first that holds and finds a recipient.</summary>
    public IReadOnlyList<SalesStep> SalesSteps { get; init; } = [];
}

/// <summary>What a rule asks of a recipient (§8 Eligible). A speciality that the profile or the lead leaves open is met.</summary>
public sealed record EligibilitySwitches
{
    /// <summary>Within working hours or on duty.</summary>
    public bool WithinWorkingHours { get; init; }

    /// <summary>Not an earlier owner of this lead.</summary>
    public bool NotEarlierOwner { get; init; }

    /// <summary>Knows the lead's industry.</summary>
    public bool MatchIndustry { get; init; }

    /// <summary>Serves the lead's region; of those who do, only the nearest.</summary>
    public bool MatchRegion { get; init; }

    /// <summary>Sells one of the products of interest.</summary>
    public bool MatchProduct { get; init; }

    /// <summary>Serves the company's size.</summary>
    public bool MatchSize { get; init; }
}

/// <summary>Which leads want which seniority (§8 by tier).</summary>
public sealed record TierSettings
{
    /// <summary>The first step that holds names the seniority; where none does, any will do. <em>Default</em>: high priority wants seniors.</summary>
    public IReadOnlyList<TierStep> Steps { get; init; } = [new([new("priority", Comparison.AnyOf, ["high"])], Seniority.Senior)];

    /// <summary>Whether the others get the lead when nobody of the wanted seniority can.</summary>
    public bool OthersWhenNone { get; init; } = true;
}

/// <summary>A seniority that leads of a kind want.</summary>
/// <param name="When">Conditions, all of which must hold; at least one.</param>
/// <param name="Seniority">Who gets them.</param>
public sealed record TierStep(IReadOnlyList<Condition> When, Seniority Seniority);

/// <summary>How conversion makes weights (§8 by performance), see <see cref="PerformanceWeights"/>.</summary>
/// <param name="Floor">Least share in relation to the team's mean, above 0, at most 1.</param>
/// <param name="Ceiling">Greatest share in relation to the team's mean, 1 to 10.</param>
/// <param name="BestOnly">Reward leads 发牌: only this many of the best get them; null for everybody.</param>
public sealed record PerformanceSettings(decimal Floor = 0.5m, decimal Ceiling = 2m, int? BestOnly = null);

/// <summary>Ways to sell (§8 by sales model).</summary>
public enum SalesModel
{
    /// <summary>An SDR cleans first: low or unclear quality.</summary>
    SdrCleaning = 1,

    /// <summary>By telephone.</summary>
    Telephone = 2,

    /// <summary>In the field: local or complex need.</summary>
    Field = 3,
}

/// <summary>Which leads are sold how, and by whom.</summary>
/// <param name="Model">How.</param>
/// <param name="When">Conditions, all of which must hold; none always holds.</param>
/// <param name="Target">Users or a team.</param>
public sealed record SalesStep(SalesModel Model, IReadOnlyList<Condition> When, AssignmentTarget Target);
