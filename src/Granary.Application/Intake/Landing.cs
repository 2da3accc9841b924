using System.Text.Json.Serialization;
using Granary.Application.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Intake;

/// <summary>How a submission ended up.</summary>
public enum LandingOutcome
{
    /// <summary>A lead was created.</summary>
    Created = 0,

    /// <summary>A lead was created and linked to a source lead.</summary>
    Linked = 1,

    /// <summary>An existing lead was refreshed; no new one was created.</summary>
    Refreshed = 2,

    /// <summary>A lead was created and converted to an account known before.</summary>
    ConvertedToExisting = 3,

    /// <summary>A lead was created and is held for a check.</summary>
    Held = 4,
}

/// <summary>Where a lead landed, and why. Kept with an idempotency key, so it is plain data.</summary>
public sealed record Landing
{
    /// <summary>The lead: the new one, or the refreshed one.</summary>
    public required Guid LeadId { get; init; }

    /// <summary>Outcome.</summary>
    public required LandingOutcome Outcome { get; init; }

    /// <summary>Label.</summary>
    public required EntryLabel Label { get; init; }

    /// <summary>Status.</summary>
    public required LeadStatus Status { get; init; }

    /// <summary>Owner.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Pool.</summary>
    public Guid? PoolId { get; init; }

    /// <summary>Source lead it is linked to.</summary>
    public Guid? SourceLeadId { get; init; }

    /// <summary>Account it belongs to.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Score; null for a held lead.</summary>
    public ScoreFigures? Score { get; init; }

    /// <summary>Findings as flags, see <c>Finding</c>.</summary>
    public int Findings { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Whether this is the answer to an earlier request under the same idempotency key.</summary>
    [JsonIgnore]
    public bool Repeated { get; init; }

    /// <summary>Where a lead stands now.</summary>
    internal static Landing Of(Lead lead, LandingOutcome outcome, IReadOnlyList<Reason> reasons) => new()
    {
        LeadId = lead.Id,
        Outcome = outcome,
        Label = outcome == LandingOutcome.Refreshed ? EntryLabel.Reentered : lead.Label,
        Status = lead.Status,
        OwnerId = lead.OwnerId,
        PoolId = lead.PoolId,
        SourceLeadId = lead.SourceLeadId,
        AccountId = lead.AccountId,
        Score = lead.Cell is null ? null : new ScoreFigures(lead.Score, lead.BehaviourScore, lead.AttributeScore, lead.Priority, lead.Stage, lead.Cell),
        Findings = lead.Findings,
        Reasons = reasons,
    };
}

/// <summary>The figures of a score.</summary>
public sealed record ScoreFigures(
    int Total, int Behaviour, int Attributes, int Priority, int Stage, string Cell)
{
    /// <summary>Fit, A to D.</summary>
    [JsonIgnore]
    public string Fit => Cell[..1];

    /// <summary>Engagement level, 1 to 4.</summary>
    [JsonIgnore]
    public int Engagement => Cell[1] - '0';
}
