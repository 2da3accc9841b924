using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>
/// Sees to it that reviews go on (§7): reminds those whose turn it is, keeps in the log when their time is over, and tells the committee
/// of status reviews and owners of the steps that come due. Takes what is due and nothing else.
/// </summary>
public sealed class RemindReviews(LeadVerb verb, Store store, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Does all that is due and returns how many reviews it was.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var total = 0;
        for (var done = Batch; done == Batch && await AnyDue(ct); total += done)
        {
            done = await verb.Run(null, work => Once(work, ct), ct);
        }

        return total;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.AnyDue<LeadReview>(r => r.RemindAt, time.Now, ct);
    }

    private static async Task<int> Once(LeadWork work, CancellationToken ct)
    {
        var due = await work.Scope.Due<LeadReview>(r => r.RemindAt, work.Now, Batch, ct);
        var leads = due.ConvertAll(r => r.LeadId);
        var reviews = due.ConvertAll(r => r.Id);
        var found = await work.Scope.Db.Set<Lead>().AsNoTracking().Where(l => leads.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var voices = (await work.Scope.Db.Set<ReviewVoice>().AsNoTracking().Where(v => reviews.Contains(v.ReviewId)).ToListAsync(ct)).ToLookup(v => v.ReviewId);
        var steps = (await work.Scope.Db.Set<ReviewStep>().AsNoTracking().Where(s => reviews.Contains(s.ReviewId) && s.DoneOn == null).ToListAsync(ct)).ToLookup(s => s.ReviewId);
        foreach (var review in due)
        {
            if (found.GetValueOrDefault(review.LeadId) is not { Status: < LeadStatus.Converted } lead || work.Setting.Reviews.Of(review.Line) is not { } rule)
            {
                review.RemindAt = null;
            }
            else if (review.State == ReviewState.Approved)
            {
                Incubated(work, review, rule, [.. steps[review.Id]]);
            }
            else
            {
                Waiting(work, review, rule, lead, [.. voices[review.Id]]);
            }
        }

        return due.Count;
    }

    private static void Waiting(LeadWork work, LeadReview review, ReviewRule rule, Lead lead, List<ReviewVoice> voices)
    {
        var over = review.DueAt <= work.Now;
        var checking = review.State == ReviewState.Checking;
        DecisionRule within = checking ? rule.Completeness : rule.Opinion;
        review.RemindAt = over ? null : within.ToldAt(checking ? review.At : review.CheckedAt ?? review.At, review.DueAt!.Value, work.Now, work.Setting.Calendar);
        var checkers = work.Setting.CheckersOf(lead);
        var turn = checking ? checkers : Missing(work, rule, voices);
        work.Tell(review, over ? NoticeKind.ReviewOverdue : NoticeKind.ReviewDue, (over ? turn.Concat(checkers) : turn).Select(u => (Guid?)u));
        if (over)
        {
            work.Happened(review, ReviewEvent.Overdue, new { review.State, deadlineAt = review.DueAt });
        }
    }

    // When all have spoken and nothing is decided, it is the chair who could.
    private static IEnumerable<Guid> Missing(LeadWork work, ReviewRule rule, List<ReviewVoice> voices)
    {
        var committee = work.Setting.CommitteeOf(rule);
        var missing = committee.Standing(rule.Rule, voices.ConvertAll(v => v.Opinion)).Missing;
        return missing.Count > 0 ? missing : committee.Chair is { } chair ? [chair] : [];
    }

    private static void Incubated(LeadWork work, LeadReview review, ReviewRule rule, List<ReviewStep> steps)
    {
        var calendar = work.Setting.Calendar;
        var (since, today) = (calendar.DateOf(review.RemindAt!.Value), calendar.DateOf(work.Now));
        if (review.LookOn >= since && review.LookOn <= today)
        {
            work.Tell(review, NoticeKind.ReviewToVoice, work.Setting.CommitteeOf(rule).Members.Where(m => work.Setting.Looks(rule, m)).Select(m => (Guid?)m));
        }

        work.Tell(review, NoticeKind.ReviewDue, steps.Where(s => s.DueOn >= since && s.DueOn <= today).Select(s => (Guid?)s.OwnerId));
        review.RemindAt = work.NextTelling(review.LookOn, steps.Select(s => s.DueOn));
    }
}
