using Granary.Application.People;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Evaluates opportunities and grades them (§13). Whoever works on one evaluates it; a grade that is another than the one that holds
/// needs a reason and holds once the supervisor has confirmed it. Every change stays in the history.
/// </summary>
public sealed class GradeOpportunity(OpportunityVerb verb)
{
    /// <summary>Evaluates it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="evaluation">The four judgements.</param>
    /// <param name="reason">Why; must be given where the grade changes.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Evaluate(Viewer viewer, Guid id, Evaluation evaluation, string? reason = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, async (work, o) =>
            evaluation.Validate() is [_, ..] errors ? new OpportunityResult.Invalid(errors)
            : OpportunityReason.TooLong(reason) is { } tooLong ? tooLong
            : o.ClosedAt is not null ? new OpportunityResult.Refused(OpportunityRefusal.Closed)
            : o.Grade is { } holds && holds != evaluation.Grade && OpportunityReason.Missing(reason) is { } missing ? missing
            : await Evaluate(work, o, evaluation, OpportunityReason.Kept(reason), ct), ct);

    /// <summary>Confirms the evaluation that waits: its grade holds from now on.</summary>
    /// <param name="viewer">Who; the supervisor or director of the owner.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="comment">A comment.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Confirm(Viewer viewer, Guid id, string? comment = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, seen, async (work, o) =>
            OpportunityReason.TooLong(comment, "comment") ?? await Judge(work, o, EvaluationVerdict.Confirmed, OpportunityReason.Kept(comment), ct), ct);

    /// <summary>Sends the evaluation that waits back; the grade stays what it was.</summary>
    /// <param name="viewer">Who; the supervisor or director of the owner.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Reject(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, seen, async (work, o) =>
            OpportunityReason.Missing(reason) ?? await Judge(work, o, EvaluationVerdict.Rejected, reason!.Trim(), ct), ct);

    /// <summary>Changes the inquiry grade of an open opportunity, up or down, with a reason; S and F come with winning and losing.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="to">The grade.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> ChangeInquiry(Viewer viewer, Guid id, InquiryGrade to, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, (work, o) => Task.FromResult(
            !Enum.IsDefined(to) ? new OpportunityResult.Invalid([new("inquiry", "not_a_choice")]) : OpportunityReason.TooLong(reason) ?? ChangeInquiry(work, o, to, reason)), ct);

    private static async Task<OpportunityResult> Evaluate(OpportunityWork work, Opportunity o, Evaluation evaluation, string? reason, CancellationToken ct)
    {
        foreach (var open in await work.Db.Set<OpportunityEvaluation>().Where(e => e.OpportunityId == o.Id && e.Verdict == EvaluationVerdict.Open).ToListAsync(ct))
        {
            open.Verdict = EvaluationVerdict.Superseded;
        }

        var same = o.Grade == evaluation.Grade;
        var row = new OpportunityEvaluation
        {
            Id = work.NewId(),
            OpportunityId = o.Id,
            Urgency = evaluation.Urgency,
            Budget = evaluation.Budget,
            Competition = evaluation.Competition,
            Decision = evaluation.Decision,
            Total = evaluation.Total,
            Grade = evaluation.Grade,
            Reason = reason,
            ActorId = work.Viewer.UserId,
            At = work.Now,
            // What was confirmed need not be confirmed again.
            Verdict = same ? EvaluationVerdict.Confirmed : EvaluationVerdict.Open,
        };
        work.Db.Add(row);
        o.EvaluatedAt = work.Now;
        work.Happened(o, OpportunityEvent.Evaluated, new { evaluation.Total, before = o.Grade, after = evaluation.Grade, reason });
        if (!same)
        {
            work.TellDeciders(o, PlanApprover.Supervisor, NoticeKind.OpportunityWaits);
        }

        return work.Changed(o, row.Id);
    }

    private static async Task<OpportunityResult> Judge(OpportunityWork work, Opportunity o, EvaluationVerdict verdict, string? comment, CancellationToken ct)
    {
        if (work.Viewer.Decides(o) is null)
        {
            return o.OwnerId == work.Viewer.UserId && work.Viewer.May(Permission.DecideOpportunities) ? new OpportunityResult.Refused(OpportunityRefusal.OwnOpportunity) : new OpportunityResult.Forbidden();
        }

        if (await work.Db.Set<OpportunityEvaluation>().Where(e => e.OpportunityId == o.Id && e.Verdict == EvaluationVerdict.Open).OrderByDescending(e => e.Id).FirstOrDefaultAsync(ct) is not { } open)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.NothingToDecide);
        }

        if (open.ActorId == work.Viewer.UserId)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.OwnOpportunity);
        }

        (open.Verdict, open.JudgeId, open.JudgedAt, open.Comment) = (verdict, work.Viewer.UserId, work.Now, comment);
        work.Tell(open.ActorId, NoticeKind.OpportunityDecided, o);
        if (verdict == EvaluationVerdict.Rejected)
        {
            work.Happened(o, OpportunityEvent.GradeRejected, new { open.Grade, reason = comment });
            return work.Changed(o);
        }

        work.Happened(o, OpportunityEvent.GradeConfirmed, new { before = o.Grade, after = open.Grade, reason = comment });
        await Take(work, o, open.Grade, ct);
        return work.Changed(o);
    }

    // What rises to A gets a charter within its time, the director is told, and a plan that a supervisor approved is approved anew.
    private static async Task Take(OpportunityWork work, Opportunity o, OpportunityGrade grade, CancellationToken ct)
    {
        var rose = grade == OpportunityGrade.A && o.Grade != OpportunityGrade.A;
        o.Grade = grade;
        if (rose)
        {
            work.TellDeciders(o, PlanApprover.Director, NoticeKind.OpportunityWaits);
        }

        o.CharterDueAt = grade != OpportunityGrade.A ? null
            : rose && !await work.Db.Has(o.Id, PaperKind.Charter, ct) ? work.Policy.Charter.DueAt(work.Now, work.Setting.Calendar)
            : o.CharterDueAt;
        o.PlanApproved = o.PlanApproved is { } by && ConversionPlans.StillApproved(by, grade) ? by : null;
    }

    private static OpportunityResult ChangeInquiry(OpportunityWork work, Opportunity o, InquiryGrade to, string? reason)
    {
        switch (InquiryGrades.Refusal(o.Inquiry, to, reason, hasSuccessCase: false, hasLossReport: false))
        {
            case InquiryRefusal.NoChange: return new OpportunityResult.Refused(OpportunityRefusal.NoChange);
            case InquiryRefusal.ReasonRequired: return new OpportunityResult.Refused(OpportunityRefusal.ReasonRequired);
            case InquiryRefusal.AlreadyClosed: return new OpportunityResult.Refused(OpportunityRefusal.Closed);
            case InquiryRefusal.SuccessCaseRequired or InquiryRefusal.LossReportRequired: return new OpportunityResult.Refused(OpportunityRefusal.ClosesByStage);
        }

        var row = new InquiryChange { Id = work.NewId(), OpportunityId = o.Id, Before = o.Inquiry, After = to, Reason = reason!.Trim(), ActorId = work.Viewer.UserId, At = work.Now };
        work.Db.Add(row);
        work.Happened(o, OpportunityEvent.InquiryChanged, new { before = o.Inquiry, after = to, reason = row.Reason });
        o.Inquiry = to;
        return work.Changed(o, row.Id);
    }
}
