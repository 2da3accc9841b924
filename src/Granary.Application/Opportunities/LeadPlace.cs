using Granary.Application.Capture;

namespace Granary.Application.Opportunities;

/// <summary>Where a lead stood before it was converted; kept with the conversion. Never contact data.</summary>
internal sealed record LeadPlace(LeadStatus Status, Guid? OwnerId, Guid? AccountId, DateTimeOffset PlacedAt, string? NextStep, DateTimeOffset? NextAt)
{
    /// <summary>Where a lead stands now.</summary>
    public static LeadPlace Of(Lead lead) => new(lead.Status, lead.OwnerId, lead.AccountId, lead.PlacedAt, lead.NextStep, lead.NextAt);

    /// <summary>Puts a lead back there.</summary>
    public void Restore(Lead lead) =>
        (lead.Status, lead.OwnerId, lead.AccountId, lead.PlacedAt, lead.NextStep, lead.NextAt) = (Status, OwnerId, AccountId, PlacedAt, NextStep, NextAt);
}
