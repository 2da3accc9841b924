using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Domain.Assignment;
using Granary.Domain.Matching;
using Granary.Domain.Policies;

namespace Granary.Application.Desk;

/// <summary>Everything the page of one lead shows, but for its timeline.</summary>
public sealed record LeadDetail
{
    /// <summary>The lead.</summary>
    public required Lead Lead { get; init; }

    /// <summary>What of it is hidden from the viewer while it lies in a pool.</summary>
    public required LeadVeil Veil { get; init; }

    /// <summary>What the viewer may do with it.</summary>
    public required LeadRights Rights { get; init; }

    /// <summary>Whether it is held for a check (§4).</summary>
    public required bool Held { get; init; }

    /// <summary>Contact points, masked, as typed first.</summary>
    public required IReadOnlyList<MaskedContact> Contacts { get; init; }

    /// <summary>What was decided about it, the latest first.</summary>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>The assignment ledger, the latest first (§8).</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>Who owned it, the latest first (§9).</summary>
    public required IReadOnlyList<OwnershipRecord> Ownerships { get; init; }

    /// <summary>Touches, the latest first, at most <see cref="ReadLead.Touches"/>.</summary>
    public required IReadOnlyList<Touch> Touches { get; init; }

    /// <summary>Leads it belongs together with, the source first.</summary>
    public required IReadOnlyList<Relative> Relatives { get; init; }

    /// <summary>Name of the account it belongs to.</summary>
    public string? Account { get; init; }

    /// <summary>Whether the viewer may open that account.</summary>
    public bool OpensAccount { get; init; }

    /// <summary>The reasons of the latest decision that has any of a step.</summary>
    public IReadOnlyList<Reason> Reasons(string step) =>
        Explanations.Select(e => e.Reasons.Where(r => r.Step == step).ToList()).FirstOrDefault(r => r.Count > 0) ?? [];
}

/// <summary>What a viewer may do with one lead.</summary>
public sealed record LeadRights(bool Edit, bool Assign, bool Reveal, bool CheckHeld);

/// <summary>A decision and its reasons in order.</summary>
public sealed record Explanation(DateTimeOffset At, string Kind, IReadOnlyDictionary<string, int> Versions, IReadOnlyList<Reason> Reasons)
{
    internal static Explanation Of(Decision decision)
    {
        var trace = Storage.Json.Read<Trace>(decision.Trace);
        return new(decision.At, decision.Kind, trace.Versions, trace.Reasons);
    }
}

/// <summary>An entry of the assignment ledger, unpacked.</summary>
public sealed record LedgerEntry(
    DateTimeOffset At, string? RuleId, int PolicyVersion, Guid? OwnerId, Guid? PoolId, Guid? ActorId, IReadOnlyList<CandidateVerdict> Candidates);

/// <summary>How two leads belong together.</summary>
public enum Kinship
{
    /// <summary>The other is its source lead 归集.</summary>
    Source = 1,

    /// <summary>The other is linked to it.</summary>
    Linked = 2,

    /// <summary>The other has the same company.</summary>
    SameCompany = 3,
}

/// <summary>A lead that belongs together with another one.</summary>
/// <param name="Kinship">How.</param>
/// <param name="Level">How closely the companies match; <see cref="MatchLevel.Exact"/> for a shared phone.</param>
/// <param name="Lead">The other lead.</param>
public sealed record Relative(Kinship Kinship, MatchLevel Level, ListedLead Lead);
