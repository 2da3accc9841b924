using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>Promotes a lead by hand, whatever its score (§6.3); one that nobody owns is assigned at once.</summary>
public sealed class PromoteLead(LeadVerb verb)
{
    /// <summary>Longest reason.</summary>
    public const int Reason = 500;

    /// <summary>Promotes it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Promote(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.AssignLeads, seen, async (work, lead) =>
        {
            if (string.IsNullOrWhiteSpace(reason))
            {
                return new LeadResult.Refused(LeadRefusal.ReasonRequired);
            }

            if (reason.Length > Reason)
            {
                return new LeadResult.Invalid([new FieldError("reason", "too_long", $"{Reason}")]);
            }

            if (work.Unassignable(lead) is { } refusal)
            {
                return refusal;
            }

            lead.Promoted = true;
            await work.Decided(lead, ct);
            work.Changes.Happened(lead.Id, LeadEvent.Promoted, work.Now, work.ActorId, new { reason });
            var score = await work.Score(lead, ct);
            if (lead is { OwnerId: null, TrayUserId: null })
            {
                await work.Assign(lead, score, score.Reasons, ct);
            }

            return work.Changed(lead);
        }, ct);
}
