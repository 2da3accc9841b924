using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Voids a lead that was entered by mistake 作废 (§9): by who entered it, while nobody else owns it, or by who may assign it.</summary>
public sealed class VoidLead(LeadVerb verb)
{
    /// <summary>Voids it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Void(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, (_, lead) => Mistook(viewer, lead) ? Permission.CreateLeads : Permission.AssignLeads, seen, async (work, lead) =>
        {
            if (VerbReason.Missing(reason) is { } missing)
            {
                return missing;
            }

            if (lead.Status is LeadStatus.Converted)
            {
                return new LeadResult.Refused(LeadRefusal.AlreadyConverted);
            }

            if (lead.Status is LeadStatus.Voided)
            {
                return new LeadResult.Refused(LeadRefusal.Closed);
            }

            var owner = lead.OwnerId;
            await work.End(lead, Ended.Voided, reason!.Trim(), ct);
            await work.DropRequests(lead, ct);
            (lead.OwnerId, lead.PoolId, lead.TrayUserId, lead.RetryAt) = (null, null, null, null);
            (lead.NextStep, lead.NextAt, lead.Status, lead.InvalidReason, lead.PlacedAt) = (null, null, LeadStatus.Voided, null, work.Now);
            work.Changes.Happened(lead.Id, LeadEvent.Voided, work.Now, work.ActorId, new VoidedData(owner, reason.Trim()));
            if (owner is { } loser)
            {
                work.Changes.Tell(loser, NoticeKind.LeadTaken, lead.Id, work.Now, work.ActorId);
            }

            return work.Changed(lead);
        }, ct);

    /// <summary>Whether it is theirs to say that it was a mistake.</summary>
    public static bool Mistook(Viewer viewer, Lead lead) => lead.RecorderId == viewer.UserId && (lead.OwnerId is null || lead.OwnerId == viewer.UserId);
}
