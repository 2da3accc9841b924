using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.FollowUp;

/// <summary>Takes a next step off a lead: it is done, or no longer wanted. It reminds nobody any more; what it said stays in its follow-up.</summary>
public sealed class FinishNextStep(LeadVerb verb)
{
    /// <summary>Takes it off; a lead without one stays as it is.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Finish(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewLeads, seen, (work, lead) =>
        {
            if (LogFollowUp.Refusal(viewer, work.Setting, lead) is { } refusal)
            {
                return Task.FromResult(refusal);
            }

            if (lead is { NextStep: null, NextAt: null })
            {
                return Task.FromResult<LeadResult>(new LeadResult.Done(lead));
            }

            work.Changes.Happened(lead.Id, LeadEvent.NextStepDone, work.Now, work.ActorId, new { lead.NextAt });
            (lead.NextStep, lead.NextAt) = (null, null);
            return Task.FromResult(work.Changed(lead));
        }, ct);
}
