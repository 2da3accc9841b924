using Granary.Application.Capture;

namespace Granary.Application.Intake;

/// <summary>A stored lead that shares a key with a submission, as far as matching needs it.</summary>
internal sealed class LeadCandidate
{
    public required Guid Id { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The owner; for a linked lead its source's owner.</summary>
    public Guid? OwnerId { get; init; }

    public Guid? PoolId { get; init; }

    public Guid? SourceLeadId { get; init; }

    public Guid? AccountId { get; init; }

    public string? CompanyName { get; init; }

    public LeadStatus Status { get; init; }

    public int Findings { get; set; }

    public static LeadCandidate Of(Lead lead) => new()
    {
        Id = lead.Id,
        ReceivedAt = lead.ReceivedAt,
        OwnerId = lead.OwnerId,
        PoolId = lead.PoolId,
        SourceLeadId = lead.SourceLeadId,
        AccountId = lead.AccountId,
        CompanyName = lead.CompanyName,
        Status = lead.Status,
        Findings = lead.Findings,
    };
}
