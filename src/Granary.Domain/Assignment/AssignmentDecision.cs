using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>What assignment decided for a lead, with its ledger (§8). Exactly one of owner, tray and pool is set.</summary>
public sealed record AssignmentDecision
{
    /// <summary>The new owner.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The user in whose tray the lead waits to be assigned on; it has no owner yet and is not retried.</summary>
    public Guid? TrayUserId { get; init; }

    /// <summary>The pool that takes the lead.</summary>
    public string? PoolKey { get; init; }

    /// <summary>Id of the rule that won; null for a duplicates' or named-account owner and for the fallback.</summary>
    public string? RuleId { get; init; }

    /// <summary>Its name.</summary>
    public string? RuleName { get; init; }

    /// <summary>Its method; null where nobody was chosen.</summary>
    public AssignmentMethod? Method { get; init; }

    /// <summary>Everybody who was considered, in order, also by rules that found nobody.</summary>
    public required IReadOnlyList<CandidateVerdict> Candidates { get; init; }

    /// <summary>The explanation, step <c>assign</c>.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>When an unassigned lead is to be tried again; null unless the fallback took it.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether no rule found a recipient and the fallback pool took the lead.</summary>
    public bool Unassigned => RetryAt is not null;
}

/// <summary>One line of the ledger: somebody considered, and the first reason against them.</summary>
/// <param name="RuleId">The rule; null for a duplicates' or named-account owner.</param>
/// <param name="UserId">Whom.</param>
/// <param name="Ineligible">Why not; <see cref="Ineligible.No"/> when they could have it.</param>
public readonly record struct CandidateVerdict(string? RuleId, Guid UserId, Ineligible Ineligible);
