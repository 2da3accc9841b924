using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>A step as it is written down.</summary>
/// <param name="Id">The step it changes; null for a new one.</param>
/// <param name="Name">What is to be done, 1 to 100 characters.</param>
/// <param name="DueOn">By when.</param>
/// <param name="OwnerId">Who sees to it; null is the lead's owner.</param>
public sealed record StepInput(Guid? Id, string Name, DateOnly? DueOn, Guid? OwnerId = null);

/// <summary>The milestone plan of a lead that passed its review (§7): steps with dates and owners, and which are done.</summary>
public sealed class PlanReview(LeadVerb verb)
{
    private const int Most = 50, LongestName = 100;

    /// <summary>Writes the plan; steps that it does not name any more are gone.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="steps">The steps in their order.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Write(Viewer viewer, Guid id, IReadOnlyList<StepInput> steps, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { State: ReviewState.Approved } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            var known = await work.Scope.Db.Set<ReviewStep>().Where(s => s.ReviewId == review.Id).ToListAsync(ct);
            if (Errors(work.Setting, lead, steps, known) is [_, ..] errors)
            {
                return new LeadResult.Invalid(errors);
            }

            work.Scope.Db.RemoveRange(known.Where(k => steps.All(s => s.Id != k.Id)));
            foreach (var (place, step) in steps.Index())
            {
                if (known.Find(k => k.Id == step.Id) is not { } row)
                {
                    row = new ReviewStep { Id = Clock.NewId(work.Now), ReviewId = review.Id, LeadId = id, Name = step.Name };
                    work.Scope.Db.Add(row);
                }

                var owner = step.OwnerId ?? lead.OwnerId!.Value;
                if (row.OwnerId != owner)
                {
                    work.Tell(review, NoticeKind.ReviewDue, owner);
                }

                (row.Place, row.Name, row.DueOn, row.OwnerId) = (place, step.Name.Trim(), step.DueOn!.Value, owner);
            }

            await work.Scope.Db.SaveChangesAsync(ct);
            await work.Schedule(review, await LastLook(work, review, ct), ct);
            work.Happened(review, ReviewEvent.Planned, new { steps = steps.Count });
            return work.Changed(lead);
        }, ct);

    /// <summary>Says that a step is done, or not done after all.</summary>
    /// <param name="viewer">Who; the step's owner, or who works on the lead.</param>
    /// <param name="id">The lead.</param>
    /// <param name="stepId">The step.</param>
    /// <param name="done">Whether it is done.</param>
    /// <param name="on">When; null is today.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Done(Viewer viewer, Guid id, Guid stepId, bool done, DateOnly? on = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewLeads, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { State: ReviewState.Approved } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            if (await work.Scope.Db.Set<ReviewStep>().SingleOrDefaultAsync(s => s.Id == stepId && s.ReviewId == review.Id, ct) is not { } step)
            {
                return new LeadResult.NotFound();
            }

            if (step.OwnerId != viewer.UserId && !await viewer.Leads(work.Scope.Db, Permission.EditLeads).AnyAsync(l => l.Id == id, ct))
            {
                return new LeadResult.Forbidden();
            }

            var today = work.Setting.Calendar.DateOf(work.Now);
            if (on > today)
            {
                return new LeadResult.Refused(LeadRefusal.InTheFuture);
            }

            (step.DoneOn, step.DoneBy) = (done ? on ?? today : null, done ? viewer.UserId : null);
            await work.Scope.Db.SaveChangesAsync(ct);
            await work.Schedule(review, await LastLook(work, review, ct), ct);
            work.Happened(review, ReviewEvent.StepDone, new { note = step.Name, done, on = step.DoneOn });
            return work.Changed(lead);
        }, ct);

    /// <summary>The day of the last status review, else of the approval.</summary>
    internal static async Task<DateOnly> LastLook(LeadWork work, LeadReview review, CancellationToken ct)
    {
        var last = await work.Scope.Db.Set<ReviewLook>().Where(l => l.ReviewId == review.Id).OrderByDescending(l => l.Id).Select(l => (DateTimeOffset?)l.At).FirstOrDefaultAsync(ct);
        return work.Setting.Calendar.DateOf(last ?? review.PassedAt ?? work.Now);
    }

    private static List<FieldError> Errors(Setting setting, Lead lead, IReadOnlyList<StepInput> steps, List<ReviewStep> known)
    {
        if (steps.Count > Most)
        {
            return [new FieldError("steps", "too_many", $"{Most}")];
        }

        List<FieldError> errors = [];
        foreach (var (i, step) in steps.Index())
        {
            var before = known.Find(k => k.Id == step.Id);
            void Wrong(bool wrong, string field, string code, string? limit = null)
            {
                if (wrong)
                {
                    errors.Add(new FieldError($"steps[{i}].{field}", code, limit));
                }
            }

            Wrong(step.Id is not null && before is null, "id", "unknown_value");
            Wrong(step.Id is not null && steps.Take(i).Any(s => s.Id == step.Id), "id", "duplicate");
            Wrong(string.IsNullOrWhiteSpace(step.Name), "name", "required");
            Wrong(step.Name?.Trim().Length > LongestName, "name", "too_long", $"{LongestName}");
            Wrong(step.DueOn is null, "dueOn", "required");
            // Who has it already may have gone on leave since.
            Wrong(step.OwnerId is { } owner && owner != before?.OwnerId && !setting.CanOwn(owner), "owner", "unknown_value");
            Wrong(step.OwnerId is null && lead.OwnerId is null, "owner", "required");
        }

        return errors;
    }
}
