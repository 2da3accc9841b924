using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Gives a lead back to a pool 退回 (§9): only its owner, with a reason.</summary>
public sealed class ReturnLead(LeadVerb verb)
{
    /// <summary>Returns it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Return(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewLeads, seen, async (work, lead) =>
        {
            if ((VerbReason.Missing(reason) ?? work.Unassignable(lead)) is { } refusal)
            {
                return refusal;
            }

            if (lead.OwnerId != viewer.UserId)
            {
                return new LeadResult.Refused(LeadRefusal.NotOwner);
            }

            await work.Drop(lead, Ended.Returned, reason!.Trim(), null, ct);
            return work.Changed(lead);
        }, ct);
}
