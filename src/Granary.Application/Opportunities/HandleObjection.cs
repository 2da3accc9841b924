using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Objections of the customer (§13): recorded, answered within their time, key ones told to the team, the outcome kept.</summary>
public sealed class HandleObjection(OpportunityVerb verb)
{
    /// <summary>Longest objection and answer.</summary>
    public const int Longest = 2_000;

    /// <summary>Records one.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="text">What they object to.</param>
    /// <param name="key">Whether it is a key one.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Raise(Viewer viewer, Guid id, string? text, bool key, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, null, (work, o) =>
        {
            if (Wrong(text, "text") is { } wrong)
            {
                return Task.FromResult(wrong);
            }

            if (o.ClosedAt is not null)
            {
                return Task.FromResult<OpportunityResult>(new OpportunityResult.Refused(OpportunityRefusal.Closed));
            }

            var row = new OpportunityObjection
            {
                Id = work.NewId(),
                OpportunityId = id,
                Text = text!.Trim(),
                IsKey = key,
                DueAt = work.Policy.Objection.DueAt(work.Now, work.Setting.Calendar),
                ActorId = viewer.UserId,
                At = work.Now,
            };
            work.Db.Add(row);
            work.Happened(o, OpportunityEvent.ObjectionRaised, new { objectionId = row.Id, key, row.DueAt });
            if (key)
            {
                Escalate(work, o);
            }

            return Task.FromResult(work.Changed(o, row.Id));
        }, ct);

    /// <summary>Answers one.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="objection">The objection.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="reusable">Whether it serves others too.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Answer(Viewer viewer, Guid id, Guid objection, string? answer, bool reusable, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, null, async (work, o) =>
        {
            if (Wrong(answer, "answer") is { } wrong)
            {
                return wrong;
            }

            if (await work.Db.Set<OpportunityObjection>().SingleOrDefaultAsync(x => x.Id == objection && x.OpportunityId == id, ct) is not { } row)
            {
                return new OpportunityResult.NotFound();
            }

            if (row.AnsweredAt is not null)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.AlreadyAnswered);
            }

            (row.Answer, row.Reusable, row.AnsweredBy, row.AnsweredAt) = (answer!.Trim(), reusable, viewer.UserId, work.Now);
            work.Happened(o, OpportunityEvent.ObjectionAnswered, new { objectionId = row.Id, late = work.Now > row.DueAt });
            return work.Changed(o, row.Id);
        }, ct);

    /// <summary>Keeps what an answer led to.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="objection">The objection.</param>
    /// <param name="outcome">What it led to.</param>
    /// <param name="note">In words.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Settle(Viewer viewer, Guid id, Guid objection, ObjectionOutcome outcome, string? note, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, null, async (work, o) =>
        {
            if (!Enum.IsDefined(outcome) || outcome == ObjectionOutcome.Open)
            {
                return new OpportunityResult.Invalid([new FieldError("outcome", "not_a_choice")]);
            }

            if (OpportunityReason.TooLong(note, "note", Longest) is { } tooLong)
            {
                return tooLong;
            }

            if (await work.Db.Set<OpportunityObjection>().SingleOrDefaultAsync(x => x.Id == objection && x.OpportunityId == id, ct) is not { } row)
            {
                return new OpportunityResult.NotFound();
            }

            if (row.AnsweredAt is null)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.NotAnswered);
            }

            (row.Outcome, row.OutcomeNote) = (outcome, OpportunityReason.Kept(note));
            work.Happened(o, OpportunityEvent.ObjectionSettled, new { objectionId = row.Id, outcome });
            return work.Changed(o, row.Id);
        }, ct);

    // The team of the owner, so that whoever knows the answer gives it.
    private static void Escalate(OpportunityWork work, Opportunity o)
    {
        foreach (var mate in work.Setting.ViewerOf(o.OwnerId)?.Team.Where(m => m != o.OwnerId && work.Setting.CanOwn(m)) ?? [])
        {
            if (work.Setting.ViewerOf(mate) is { } viewer && viewer.Reaches(o, Permission.ViewOpportunities))
            {
                work.Tell(mate, NoticeKind.ObjectionEscalated, o);
            }
        }
    }

    private static OpportunityResult? Wrong(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? new OpportunityResult.Invalid([new FieldError(field, "required")]) : OpportunityReason.TooLong(text, field, Longest);
}
