using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Review;

/// <summary>What the lead administrator finds of an application.</summary>
/// <param name="Complete">Whether it is complete and goes to the committee.</param>
/// <param name="Reason">What is missing, where it goes back; up to 500 characters.</param>
/// <param name="OwnerId">Who should get the lead, as a proposal to the committee.</param>
public sealed record CompletenessCheck(bool Complete, string? Reason = null, Guid? OwnerId = null);

/// <summary>Looks an application through (§7): passes it to the committee, or returns it with reasons.</summary>
public sealed class CheckReview(LeadVerb verb)
{
    /// <summary>Looks it through.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">What they find.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Check(Viewer viewer, Guid id, CompletenessCheck input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.CheckReviews, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            if (review.State != ReviewState.Checking)
            {
                return new LeadResult.Refused(ReviewRefusal.NotYourTurn);
            }

            if ((input.Complete ? VerbReason.TooLong(input.Reason) : VerbReason.Missing(input.Reason)) is { } wrong)
            {
                return wrong;
            }

            if (input.OwnerId is { } owner && !work.Setting.CanOwn(owner))
            {
                return new LeadResult.Invalid([new FieldError("owner", "unknown_value")]);
            }

            (review.CheckedBy, review.CheckedAt, review.CheckNote, review.OwnerId) = (viewer.UserId, work.Now, VerbReason.Kept(input.Reason), input.OwnerId);
            return input.Complete ? Pass(work, lead, review) : Return(work, lead, review);
        }, ct);

    private static LeadResult Pass(LeadWork work, Lead lead, LeadReview review)
    {
        if (work.Unassignable(lead) is { } no)
        {
            return no;
        }

        if (work.Setting.Reviews.Of(review.Line) is not { } rule)
        {
            return new LeadResult.Refused(ReviewRefusal.NotReviewed);
        }

        review.State = ReviewState.Opinions;
        work.Wait(review, rule.Opinion);
        work.Happened(review, ReviewEvent.Checked, new { review.Line, reason = review.CheckNote, review.OwnerId });
        work.Tell(review, NoticeKind.ReviewToVoice, work.Setting.CommitteeOf(rule).Members.Select(m => (Guid?)m));
        return work.Changed(lead);
    }

    private static LeadResult Return(LeadWork work, Lead lead, LeadReview review)
    {
        work.End(review, ReviewState.Returned, review.CheckNote);
        work.Happened(review, ReviewEvent.Returned, new { review.Line, reason = review.CheckNote });
        work.Tell(review, NoticeKind.ReviewDecided, review.CreatorId);
        return work.Changed(lead);
    }
}
