using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>An opinion as a member gives it.</summary>
/// <param name="Verdict">What they say.</param>
/// <param name="Reason">Why; must be given unless they approve.</param>
/// <param name="Elements">The grade elements; must be given where they approve.</param>
/// <param name="OwnerId">Who should get the lead.</param>
public sealed record OpinionInput(ReviewVerdict Verdict, string? Reason = null, GradeElements? Elements = null, Guid? OwnerId = null);

/// <summary>
/// Gives an opinion in a committee of review (§7). Once the rule of the committee is satisfied, the same transaction decides: members
/// who speak at once change the same version of the lead, so that the second begins anew and finds what the first has done.
/// </summary>
public sealed class VoiceReview(LeadVerb verb)
{
    /// <summary>Gives it; a later opinion of the same member replaces it while nothing is decided.</summary>
    /// <param name="viewer">Who; a member of the committee.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">The opinion.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Voice(Viewer viewer, Guid id, OpinionInput input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ReviewLeads, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            if (work.Setting.Reviews.Of(review.Line) is not { } rule || !rule.Members.Contains(viewer.UserId))
            {
                return new LeadResult.Refused(LeadRefusal.NotAMember);
            }

            if (review.State != ReviewState.Opinions)
            {
                return new LeadResult.Refused(ReviewRefusal.NotYourTurn);
            }

            if ((work.Unassignable(lead) ?? Errors(work, lead, review, input)) is { } refusal)
            {
                return refusal;
            }

            var voices = await Keep(work, review, viewer, input, ct);
            var standing = work.Setting.CommitteeOf(rule).Standing(rule.Rule, [.. voices.Select(v => v.Opinion)]);
            return standing.Decided is { } verdict ? await Decide(work, lead, review, rule, verdict, standing, input, ct) : work.Changed(lead);
        }, ct);

    /// <summary>What is wrong with grade elements as they are written down: those of the elements, and <c>too_precise</c>.</summary>
    internal static IEnumerable<FieldError> Errors(GradeElements elements) =>
    [
        .. elements.Validate().Select(e => e with { Field = $"elements.{e.Field}" }),
        .. decimal.Round(elements.Amount, 2) != elements.Amount ? [new FieldError("elements.amount", "too_precise", "2")] : Array.Empty<FieldError>(),
        .. elements.Amount > 9_999_999_999_999m ? [new FieldError("elements.amount", "out_of_range", "0")] : Array.Empty<FieldError>(),
        .. decimal.Round(elements.OwnShare, 4) != elements.OwnShare ? [new FieldError("elements.ownShare", "too_precise", "4")] : Array.Empty<FieldError>(),
    ];

    private static LeadResult? Errors(LeadWork work, Lead lead, LeadReview review, OpinionInput input)
    {
        if (!Enum.IsDefined(input.Verdict))
        {
            return new LeadResult.Invalid([new FieldError("verdict", "not_a_choice")]);
        }

        if ((input.Verdict == ReviewVerdict.Approve ? VerbReason.TooLong(input.Reason) : VerbReason.Missing(input.Reason)) is { } wrong)
        {
            return wrong;
        }

        FieldError[] errors = input.Verdict != ReviewVerdict.Approve ? [] :
        [
            .. input.Elements is { } elements ? Errors(elements) : [new FieldError("elements", "required")],
            // Somebody has to get it; whom the lead has, or the administrator proposes, is somebody.
            .. input.OwnerId is { } owner ? (work.Setting.CanOwn(owner) ? [] : [new FieldError("owner", "unknown_value")])
                : work.Setting.CanOwn(lead.OwnerId) || work.Setting.CanOwn(review.OwnerId) ? Array.Empty<FieldError>() : [new FieldError("owner", "required")],
        ];
        return errors.Length > 0 ? new LeadResult.Invalid(errors) : null;
    }

    private static async Task<List<ReviewVoice>> Keep(LeadWork work, LeadReview review, Viewer viewer, OpinionInput input, CancellationToken ct)
    {
        var voices = await work.Scope.Db.Set<ReviewVoice>().Where(v => v.ReviewId == review.Id).ToListAsync(ct);
        if (voices.Find(v => v.MemberId == viewer.UserId) is not { } voice)
        {
            voice = new ReviewVoice { ReviewId = review.Id, MemberId = viewer.UserId };
            work.Scope.Db.Add(voice);
            voices.Add(voice);
        }

        var approves = input.Verdict == ReviewVerdict.Approve;
        (voice.Verdict, voice.Reason, voice.At) = (input.Verdict, VerbReason.Kept(input.Reason), work.Now);
        (voice.Elements, voice.OwnerId) = approves ? (input.Elements, input.OwnerId) : (null, null);
        work.Happened(review, ReviewEvent.Voiced, new { input.Verdict, reason = voice.Reason, grade = voice.Elements?.Grade });
        return voices;
    }

    private static async Task<LeadResult> Decide(
        LeadWork work, Lead lead, LeadReview review, ReviewRule rule, ReviewVerdict verdict, ReviewStanding standing, OpinionInput last, CancellationToken ct)
    {
        review.PolicyVersion = work.Setting.Versions[PolicyKind.Review.Name];
        work.Explain(lead.Id, ReadReviews.Explained, standing.Reasons);
        if (verdict != ReviewVerdict.Approve)
        {
            var (state, told) = verdict == ReviewVerdict.Return ? (ReviewState.Returned, ReviewEvent.Returned) : (ReviewState.Rejected, ReviewEvent.Rejected);
            work.End(review, state, VerbReason.Kept(last.Verdict == verdict ? last.Reason : null) ?? await Reason(work, review, verdict, ct));
            work.Happened(review, told, new { review.Line, reason = review.Reason });
            work.Tell(review, NoticeKind.ReviewDecided, review.CreatorId, lead.OwnerId);
            return work.Changed(lead);
        }

        var owner = standing.OwnerId ?? (work.Setting.CanOwn(review.OwnerId) ? review.OwnerId : lead.OwnerId);
        if (owner is not { } to)
        {
            return new LeadResult.Invalid([new FieldError("owner", "required")]);
        }

        if (to != lead.OwnerId)
        {
            if (await work.CannotTake(lead, to, ct) is { } no)
            {
                return no is LeadResult.Invalid ? new LeadResult.Invalid([new FieldError("owner", "unknown_value")]) : no;
            }

            await work.Hand(lead, to, lead.OwnerId is null ? Acquired.AssignedByAdministrator : Acquired.OwnerChanged, null, ct);
        }

        await Pass(work, lead, review, rule, standing, to, ct);
        return work.Changed(lead);
    }

    private static async Task Pass(LeadWork work, Lead lead, LeadReview review, ReviewRule rule, ReviewStanding standing, Guid owner, CancellationToken ct)
    {
        (review.State, review.DecidedBy, review.DecidedAt, review.PassedAt, review.OwnerId) = (ReviewState.Approved, work.ActorId, work.Now, work.Now, owner);
        (review.Grade, review.Elements, review.DueAt, review.Reason) = (standing.Grade, standing.Elements, null, null);
        lead.ProjectGrade = $"{standing.Grade}";
        var today = work.Setting.Calendar.DateOf(work.Now);
        List<ReviewStep> steps = [.. rule.Milestones.Select((m, i) => new ReviewStep
        {
            Id = Clock.NewId(work.Now),
            ReviewId = review.Id,
            LeadId = lead.Id,
            Place = i,
            Name = m.Name,
            DueOn = today.AddDays(m.Days),
            OwnerId = owner,
        })];
        work.Scope.Db.AddRange(steps);
        review.LookOn = StatusReviews.NextOn(steps.Select(s => s.DueOn), today, rule.StatusReviewDays);
        review.RemindAt = work.NextTelling(review.LookOn, steps.Select(s => s.DueOn));
        work.Happened(review, ReviewEvent.Approved, new { review.Line, review.Grade, review.OwnerId });
        work.Tell(review, NoticeKind.ReviewDecided, review.CreatorId, owner);
    }

    // What the last of those with the verdict said stands for all.
    private static async Task<string?> Reason(LeadWork work, LeadReview review, ReviewVerdict verdict, CancellationToken ct) =>
        await work.Scope.Db.Set<ReviewVoice>().Where(v => v.ReviewId == review.Id && v.Verdict == verdict).OrderByDescending(v => v.At).Select(v => v.Reason).FirstOrDefaultAsync(ct);
}
