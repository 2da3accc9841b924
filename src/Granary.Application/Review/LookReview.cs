using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;

namespace Granary.Application.Review;

/// <summary>What a status review ended with.</summary>
/// <param name="Outcome">Confirm, regrade or close.</param>
/// <param name="Elements">The grade elements, where it is graded anew.</param>
/// <param name="Reason">Why; must be given unless it goes on as it is.</param>
public sealed record LookInput(LookOutcome Outcome, GradeElements? Elements = null, string? Reason = null);

/// <summary>
/// The status review of an incubated lead (§7): the committee confirms, grades anew or closes. A member writes down what the committee
/// found; where the chair decides, the chair does.
/// </summary>
public sealed class LookReview(LeadVerb verb)
{
    /// <summary>Writes it down. It may come before its day, as when something has happened.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">What it ended with.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Look(Viewer viewer, Guid id, LookInput input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ReviewLeads, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            if (work.Setting.Reviews.Of(review.Line) is not { } rule || !work.Setting.Looks(rule, viewer.UserId))
            {
                return new LeadResult.Refused(LeadRefusal.NotAMember);
            }

            if (review.State != ReviewState.Approved)
            {
                return new LeadResult.Refused(ReviewRefusal.NotYourTurn);
            }

            if ((work.Unassignable(lead) ?? Refusal(input, review)) is { } refusal)
            {
                return refusal;
            }

            var look = new ReviewLook
            {
                Id = Clock.NewId(work.Now),
                ReviewId = review.Id,
                Outcome = input.Outcome,
                Before = review.Grade,
                After = input.Outcome switch { LookOutcome.Regrade => input.Elements!.Grade, LookOutcome.Close => null, _ => review.Grade },
                Reason = VerbReason.Kept(input.Reason),
                ActorId = viewer.UserId,
                At = work.Now,
            };
            work.Scope.Db.Add(look);
            if (input.Outcome == LookOutcome.Regrade)
            {
                (review.Grade, review.Elements) = (look.After, input.Elements);
                work.Explain(lead.Id, ReadReviews.Explained, input.Elements!.Reasons);
            }

            lead.ProjectGrade = look.After?.ToString();
            if (input.Outcome == LookOutcome.Close)
            {
                (review.State, review.Reason, review.RemindAt, review.LookOn) = (ReviewState.Closed, look.Reason, null, null);
            }
            else
            {
                await work.Schedule(review, work.Setting.Calendar.DateOf(work.Now), ct);
            }

            var told = input.Outcome switch { LookOutcome.Regrade => ReviewEvent.Regraded, LookOutcome.Close => ReviewEvent.Closed, _ => ReviewEvent.Confirmed };
            work.Happened(review, told, new { look.Before, look.After, reason = look.Reason });
            if (input.Outcome != LookOutcome.Confirm)
            {
                work.Tell(review, NoticeKind.ReviewDecided, review.CreatorId, lead.OwnerId);
            }

            return work.Changed(lead);
        }, ct);

    private static LeadResult? Refusal(LookInput input, LeadReview review) =>
        (input.Outcome is LookOutcome.Regrade or LookOutcome.Close ? VerbReason.Missing(input.Reason) : VerbReason.TooLong(input.Reason)) is { } wrong ? wrong
        : StatusReviews.Errors(input.Outcome, input.Elements, input.Reason, review.Grade) is [_, ..] errors ? new LeadResult.Invalid(errors)
        : input is { Outcome: LookOutcome.Regrade, Elements: { } elements } && VoiceReview.Errors(elements).ToList() is [_, ..] imprecise ? new LeadResult.Invalid(imprecise)
        : null;
}
