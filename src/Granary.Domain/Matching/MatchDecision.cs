using Granary.Domain.Policies;

namespace Granary.Domain.Matching;

/// <summary>What becomes of a submission (§5.1).</summary>
public enum MatchOutcome
{
    /// <summary>A new lead, assigned by the rules.</summary>
    New = 0,

    /// <summary>An existing lead was refreshed; there is no new one.</summary>
    Refreshed = 1,

    /// <summary>A new lead, linked to its source lead.</summary>
    Linked = 2,

    /// <summary>A new lead, linked to an account and recorded as converted to it.</summary>
    ConvertedToExisting = 3,
}

/// <summary>The outcome's label (§5.1).</summary>
public enum LeadLabel
{
    /// <summary>New lead 纯新线索.</summary>
    NewLead = 0,

    /// <summary>New contact of a known account 老客线索.</summary>
    KnownAccountContact = 1,

    /// <summary>Re-entered lead.</summary>
    Reentered = 2,

    /// <summary>Linked lead.</summary>
    Linked = 3,
}

/// <summary>What the duplicate policy decided for one submission, and why.</summary>
public sealed record MatchDecision
{
    /// <summary>What becomes of the submission.</summary>
    public required MatchOutcome Outcome { get; init; }

    /// <summary>Its label.</summary>
    public required LeadLabel Label { get; init; }

    /// <summary>The lead that is refreshed; only with <see cref="MatchOutcome.Refreshed"/>.</summary>
    public Guid? TargetLeadId { get; init; }

    /// <summary>The source lead; only with <see cref="MatchOutcome.Linked"/>. Never a lead that is linked itself.</summary>
    public Guid? SourceLeadId { get; init; }

    /// <summary>The account; only with <see cref="MatchOutcome.ConvertedToExisting"/>.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Who owns it from now on; null leaves it to the assignment rules (§8).</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Leads to be tagged <c>possible_duplicate</c> together with the new one, earliest first.</summary>
    public IReadOnlyList<Guid> PossibleDuplicates { get; init; } = [];

    /// <summary>Name of the rule that decided; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Why: at least one reason, each of step <c>match</c>.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }
}
