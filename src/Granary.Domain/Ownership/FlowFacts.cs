using Granary.Domain.People;
using Granary.Domain.Scoring;

namespace Granary.Domain.Ownership;

/// <summary>A lead as flow rules see it (§9): it lies in a pool, or somebody holds it.</summary>
public sealed record FlowFacts
{
    /// <summary>The facts of the lead, with its score.</summary>
    public required LeadFacts Lead { get; init; }

    /// <summary>Key of the pool it lies in; null when somebody holds it.</summary>
    public string? Pool { get; init; }

    /// <summary>Since when it lies there or is held.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often it was owned.</summary>
    public int Ownerships { get; init; }

    /// <summary>Who holds it; null in a pool.</summary>
    public Representative? Owner { get; init; }

    /// <summary>Until when the owner is protected; null when they are not.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>Whether a manager locked it for its owner, or it is incubated after its review: no clock takes it away.</summary>
    public bool Locked { get; init; }
}

/// <summary>What flow rules say of a lead.</summary>
/// <param name="Due">The rule that moves it now; null for none.</param>
/// <param name="NextAt">When to look again where none moves it now; null for never.</param>
/// <param name="Next">The rule that comes then.</param>
public sealed record FlowLook(FlowRule? Due, DateTimeOffset? NextAt, FlowRule? Next);
