using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Qualification;

namespace Granary.Application.Qualification;

/// <summary>
/// What the next stage says of a judgement (§12): the lead's owner, or who may assign it, takes it or sends it back with a reason.
/// What is sent back stands where it stood before, and whoever had judged is told.
/// </summary>
public sealed class JudgeQualification(LeadVerb verb)
{
    /// <summary>Takes it.</summary>
    /// <param name="viewer">Who; not the one who judged.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Accept(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        Judge(viewer, id, seen, (work, lead, judged) =>
        {
            QualifyLead.Accept(work, viewer, lead, judged);
            return Task.CompletedTask;
        }, ct);

    /// <summary>Sends it back.</summary>
    /// <param name="viewer">Who; not the one who judged.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<LeadResult> Reject(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        VerbReason.Missing(reason) ?? await Judge(viewer, id, seen, async (work, lead, judged) =>
        {
            (judged.Acceptance, judged.JudgeId, judged.JudgedAt, judged.Reason) = (Acceptance.Rejected, viewer.UserId, work.Now, reason!.Trim());
            lead.Qualification = Qualifying.Before(judged.Stage);
            lead.Promoted &= !judged.Promoted;
            work.Changes.Happened(lead.Id, LeadEvent.QualificationRejected, work.Now, work.ActorId, new { judged.Stage, by = judged.ActorId, reason = judged.Reason });
            work.Changes.Tell(judged.ActorId, NoticeKind.QualificationRejected, lead.Id, work.Now, viewer.UserId);
            await work.Score(lead, ct);
        }, ct);

    private Task<LeadResult> Judge(Viewer viewer, Guid id, int? seen, Func<LeadWork, Lead, LeadQualification, Task> judge, CancellationToken ct) =>
        verb.Run(viewer, id, (_, lead) => lead.OwnerId == viewer.UserId ? Permission.ViewLeads : Permission.AssignLeads, seen, async (work, lead) =>
        {
            if (work.Unassignable(lead) is { } refusal)
            {
                return refusal;
            }

            if (await QualifyLead.OpenOf(work, lead, ct) is not { } judged)
            {
                return new LeadResult.Refused(LeadRefusal.NothingToJudge);
            }

            if (judged.ActorId == viewer.UserId)
            {
                return new LeadResult.Refused(LeadRefusal.OwnJudgement);
            }

            await judge(work, lead, judged);
            return work.Changed(lead);
        }, ct);
}
