using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>What verbs of review have in common: the review in force, whose turn it is, and by when.</summary>
internal static class ReviewWork
{
    private const int MostTold = 10;

    /// <summary>The committee of a rule as it stands: who has left is not waited for.</summary>
    public static Committee CommitteeOf(this Setting setting, ReviewRule rule)
    {
        Guid[] here = [.. rule.Members.Where(m => setting.People.TryGetValue(m, out var person) && person.Status != PersonStatus.Departed)];
        return new Committee(here, rule.Chair is { } chair && here.Contains(chair) ? chair : null);
    }

    /// <summary>Those who look through the applications about a lead: near its owner, else whoever looks through all.</summary>
    public static IEnumerable<Guid> CheckersOf(this Setting setting, Lead lead)
    {
        var all = setting.People.Values.Where(p => p.Status == PersonStatus.Active).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>()
            .Where(v => v.Scope(Permission.CheckReviews) != DataScope.None).ToList();
        var near = all.FindAll(v => lead.OwnerId is { } owner && v.Owners(Permission.CheckReviews)?.Contains(owner) == true);
        return (near.Count > 0 ? near : all.FindAll(v => v.Owners(Permission.CheckReviews) is null)).Select(v => v.UserId).Order().Take(MostTold);
    }

    /// <summary>Whether somebody may write down what a status review ended with: the chair where the chair decides, else any member.</summary>
    public static bool Looks(this Setting setting, ReviewRule rule, Guid userId) =>
        rule.Rule == CommitteeRule.Chair && setting.CommitteeOf(rule).Chair is { } chair ? chair == userId : rule.Members.Contains(userId);

    extension(LeadWork work)
    {
        /// <summary>The lead's review in force; null where there is none.</summary>
        public Task<LeadReview?> Review(Guid leadId, CancellationToken ct) =>
            work.Scope.Db.Set<LeadReview>().SingleOrDefaultAsync(r => r.LeadId == leadId && r.State <= ReviewState.Approved, ct);

        /// <summary>Begins the time of those whose turn it is now.</summary>
        public void Wait(LeadReview review, DecisionRule within)
        {
            review.DueAt = within.DueAt(work.Now, work.Setting.Calendar);
            review.RemindAt = within.ToldAt(work.Now, review.DueAt.Value, work.Now, work.Setting.Calendar);
        }

        /// <summary>Tells several about a review, each once.</summary>
        public void Tell(LeadReview review, NoticeKind kind, params IEnumerable<Guid?> people)
        {
            foreach (var user in people.OfType<Guid>().Distinct().Where(u => work.Setting.People.TryGetValue(u, out var person) && person.Status != PersonStatus.Departed))
            {
                work.Changes.Tell(user, kind, review.LeadId, work.Now, work.ActorId);
            }
        }

        /// <summary>Records what happened in a review on its lead's timeline.</summary>
        public void Happened<T>(LeadReview review, string kind, T data) => work.Changes.Happened(review.LeadId, kind, work.Now, work.ActorId, data);

        /// <summary>Ends a review: nothing of it is due any more.</summary>
        public void End(LeadReview review, ReviewState state, string? reason)
        {
            (review.State, review.Reason, review.DueAt, review.RemindAt, review.LookOn) = (state, reason, null, null, null);
            (review.DecidedBy, review.DecidedAt) = (work.ActorId, work.Now);
        }

        /// <summary>Sets when an incubated lead is looked at again, and when somebody is told next: of that or of a step that comes due.</summary>
        public async Task Schedule(LeadReview review, DateOnly since, CancellationToken ct)
        {
            var open = await work.Scope.Db.Set<ReviewStep>().Where(s => s.ReviewId == review.Id && s.DoneOn == null).Select(s => s.DueOn).ToListAsync(ct);
            var days = work.Setting.Reviews.Of(review.Line)?.StatusReviewDays ?? new ReviewRule().StatusReviewDays;
            review.LookOn = StatusReviews.NextOn(open, since, days);
            review.RemindAt = work.NextTelling(review.LookOn, open);
        }

        /// <summary>The start of the next day, from tomorrow on, on which something is due; something overdue is not told again.</summary>
        public DateTimeOffset? NextTelling(DateOnly? lookOn, IEnumerable<DateOnly> steps)
        {
            var today = work.Setting.Calendar.DateOf(work.Now);
            var next = steps.Concat(lookOn is { } look ? [look] : []).Where(d => d > today).DefaultIfEmpty().Min();
            return next == default ? null : work.Setting.Calendar.StartOf(next);
        }
    }
}
