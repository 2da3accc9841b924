using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Works on an invalid or voided lead again (§9): by who checks leads.</summary>
public sealed class ReopenLead(LeadVerb verb)
{
    /// <summary>Reopens it: for its last owner when they can have it, else in a pool.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Reopen(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.CheckHeldLeads, seen, async (work, lead) =>
        {
            if (VerbReason.Missing(reason) is { } missing)
            {
                return missing;
            }

            if (lead.Status is not (LeadStatus.Invalid or LeadStatus.Voided))
            {
                return new LeadResult.Refused(lead.Status == LeadStatus.Converted ? LeadRefusal.AlreadyConverted : LeadRefusal.NotClosed);
            }

            if (PrivacyRefusal.Of(lead) is { } stopped)
            {
                return new LeadResult.Refused(stopped);
            }

            await work.DropRequests(lead, ct);
            await work.Reopen(lead, reason!.Trim(), ct);
            return work.Changed(lead);
        }, ct);
}
