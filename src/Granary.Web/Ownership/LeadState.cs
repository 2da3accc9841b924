using Granary.Application.Capture;
using Granary.Application.Settings;
using Granary.Web.People;
using Granary.Web.Scoring;

namespace Granary.Web.Ownership;

/// <summary>Where a lead stands after a verb.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Version">Its version, also in the ETag.</param>
/// <param name="Status">unassigned, pending, working, converted, invalid or voided.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Pool">Key of the pool it lies in.</param>
/// <param name="Tray">The director in whose tray it waits.</param>
/// <param name="Score">Its score; null while it is held.</param>
/// <param name="InvalidReason">Why it is invalid.</param>
public sealed record LeadState(
    Guid Id, int Version, LeadStatus Status, OwnerAnswer? Owner, string? Pool, OwnerAnswer? Tray, ScoreAnswer? Score, string? InvalidReason)
{
    /// <summary>Where a lead stands.</summary>
    public static LeadState Of(Lead lead, Setting setting) => new(
        lead.Id,
        lead.Version,
        lead.Status,
        OwnerAnswer.Of(lead.OwnerId, setting),
        lead.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
        OwnerAnswer.Of(lead.TrayUserId, setting),
        ScoreAnswer.Of(lead),
        lead.InvalidReason);
}
