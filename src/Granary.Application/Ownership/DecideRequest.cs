using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>What somebody decides about a request.</summary>
/// <param name="Granted">Whether it is granted.</param>
/// <param name="Comment">What they say, up to <see cref="VerbReason.Most"/> characters; must be given to refuse.</param>
/// <param name="To">Who gets the lead, where an adjustment is granted; null is whom the asker named.</param>
public sealed record RequestVerdict(bool Granted, string? Comment = null, Guid? To = null);

/// <summary>
/// Decides a request about a lead (§8 Adjustment request, §9 Invalid): by who may assign it, or check it; never by who asked.
/// An invalidity that is refused is worked on again.
/// </summary>
public sealed class DecideRequest(LeadVerb verb)
{
    /// <summary>Decides it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="verdict">What they decide.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The request as it was decided, or why it was not.</returns>
    public async Task<(LeadRequest? Request, LeadResult Result)> Decide(Viewer viewer, Guid requestId, RequestVerdict verdict, CancellationToken ct = default)
    {
        LeadRequest? decided = null;
        var result = await verb.Run<LeadResult>(viewer.UserId, async work =>
        {
            if (await work.Scope.Db.Set<LeadRequest>().SingleOrDefaultAsync(r => r.Id == requestId, ct) is not { } request)
            {
                return new LeadResult.NotFound();
            }

            var (found, refusal) = await work.Find(viewer, request.LeadId, _ => LeadRequests.DecidedWith(request.Kind), null, ct);
            if (found is not { } lead)
            {
                return refusal!;
            }

            if (Refusal(viewer, request, verdict) is { } no)
            {
                return no;
            }

            // Two who decide at once change the same version of the lead: the second begins anew and finds it decided.
            decided = request;
            (request.Decision, request.DecidedBy, request.DecidedAt, request.Comment, request.RemindAt) =
                (verdict.Granted ? LeadRequestDecision.Granted : LeadRequestDecision.Refused, viewer.UserId, work.Now, VerbReason.Kept(verdict.Comment), null);
            work.Changes.Happened(lead.Id, LeadEvent.RequestDecided, work.Now, work.ActorId, new { request.Kind, verdict.Granted, reason = request.Comment });
            work.Changes.Tell(request.AskedBy, NoticeKind.RequestDecided, lead.Id, work.Now, work.ActorId);
            return await Carry(work, lead, request, verdict, ct) ?? work.Changed(lead);
        }, ct);
        return (result is LeadResult.Done ? decided : null, result);
    }

    private static LeadResult? Refusal(Viewer viewer, LeadRequest request, RequestVerdict verdict) =>
        request.AskedBy == viewer.UserId ? new LeadResult.Forbidden()
        : request.Decision is not null ? new LeadResult.Refused(LeadRefusal.RequestDecided)
        : verdict.Granted ? VerbReason.TooLong(verdict.Comment, "comment")
        : VerbReason.Missing(verdict.Comment);

    private static async Task<LeadResult?> Carry(LeadWork work, Lead lead, LeadRequest request, RequestVerdict verdict, CancellationToken ct)
    {
        if (request.Kind == LeadRequestKind.Invalidation)
        {
            if (verdict.Granted)
            {
                work.Changes.Happened(lead.Id, LeadEvent.Archived, work.Now, work.ActorId, new { reason = lead.InvalidReason });
            }
            else
            {
                await work.Reopen(lead, request.Comment, ct);
            }

            return null;
        }

        if (!verdict.Granted)
        {
            return null;
        }

        if ((verdict.To ?? request.To) is not { } to)
        {
            return new LeadResult.Invalid([new FieldError("to", "required")]);
        }

        if ((work.Unassignable(lead) ?? await work.CannotTake(lead, to, ct)) is { } no)
        {
            return no;
        }

        await work.Hand(lead, to, Acquired.OwnerChanged, request.Reason, ct);
        return null;
    }
}
