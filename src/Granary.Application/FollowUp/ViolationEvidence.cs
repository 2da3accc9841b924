using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;

namespace Granary.Application.FollowUp;

/// <summary>What a violation rests on, as it was then (§10). Never contact data.</summary>
/// <param name="Rule">The rule with T, N and its clock.</param>
/// <param name="Owner">Name of the owner.</param>
/// <param name="Department">Name of their department.</param>
/// <param name="DoneAt">The last counted follow-up within the ownership; null when there was none.</param>
/// <param name="FollowUps">Counted follow-ups within it.</param>
/// <param name="Took">Whether the lead was taken from its owner with it.</param>
/// <param name="Locked">Whether a manager's lock or its incubation kept it from being taken.</param>
/// <param name="Lead">The lead.</param>
public sealed record ViolationEvidence(
    SlaRule Rule, string? Owner, string? Department, DateTimeOffset? DoneAt, int FollowUps, bool Took, bool Locked, LeadSnapshot Lead)
{
    /// <summary>The evidence of a violation.</summary>
    public static ViolationEvidence Of(Violation violation) => Json.Read<ViolationEvidence>(violation.Evidence);
}

/// <summary>A lead as it stood when a deadline was missed.</summary>
public sealed record LeadSnapshot(
    string? Company, LeadStatus Status, string Channel, string? Region, string? Industry, string? Requirement, int Score, int Priority, string? Cell,
    DateTimeOffset ReceivedAt, string? NextStep, DateTimeOffset? NextAt, int Version)
{
    /// <summary>A lead as it stands.</summary>
    public static LeadSnapshot Of(Lead lead, string channel) => new(
        lead.CompanyName, lead.Status, channel, lead.Region, lead.Industry, lead.Requirement, lead.Score, lead.Priority, lead.Cell,
        lead.ReceivedAt, lead.NextStep, lead.NextAt, lead.Version);
}

/// <summary>What the log keeps of a reminder or a missed deadline.</summary>
public sealed record DeadlineData(string Rule, int Percent, DateTimeOffset DeadlineAt, Guid OwnerId, Guid? ViolationId = null);
