using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>A judgement as it is handed in.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Checks">Ids of the lines that are true.</param>
/// <param name="Note">A note, up to 500 characters.</param>
/// <param name="To">Who gets the lead with it; null leaves it where it is.</param>
public sealed record QualificationInput(QualificationStage Stage, IReadOnlyList<string> Checks, string? Note = null, Guid? To = null);

/// <summary>
/// Judges that a lead has reached MQL or SQL (§12). An MQL is mature, whatever its score; one that nobody owns is assigned by the
/// rules at once. Whoever makes an SQL of somebody else's MQL accepts it by that.
/// </summary>
public sealed class QualifyLead(LeadVerb verb)
{
    /// <summary>Judges it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">The judgement.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Qualify(Viewer viewer, Guid id, QualificationInput input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            if ((VerbReason.TooLong(input.Note, "note") ?? work.Unassignable(lead) ?? Refusal(work.Setting.Qualification, lead, input)) is { } refusal)
            {
                return refusal;
            }

            if (input.To is { } to && await CannotGive(work, viewer, lead, to, ct) is { } no)
            {
                return no;
            }

            await AcceptBefore(work, viewer, lead, input.Stage, ct);
            await Judge(work, viewer, lead, input, ct);
            return work.Changed(lead);
        }, ct);

    private static LeadResult? Refusal(QualificationPolicy policy, Lead lead, QualificationInput input) =>
        Qualifying.Refusal(policy, lead.Qualification, input.Stage, input.Checks) switch
        {
            null => null,
            (QualificationRefusal.UnknownStage, _) => new LeadResult.Invalid([new FieldError("stage", "not_a_choice")]),
            (QualificationRefusal.AlreadyReached, _) => new LeadResult.Refused(LeadRefusal.AlreadyQualified),
            (QualificationRefusal.UnknownCheck, var unknown) => new LeadResult.Invalid([.. unknown.Select(c => new FieldError($"checks[{input.Checks.ToList().IndexOf(c)}]", "not_a_choice"))]),
            _ => new LeadResult.Refused(LeadRefusal.CriteriaNotMet),
        };

    private static async Task<LeadResult?> CannotGive(LeadWork work, Viewer viewer, Lead lead, Guid to, CancellationToken ct) =>
        lead.OwnerId != viewer.UserId && !await viewer.Leads(work.Scope.Db, Permission.AssignLeads).AnyAsync(l => l.Id == lead.Id, ct)
            ? new LeadResult.Forbidden()
            : await work.CannotTake(lead, to, ct);

    private static async Task AcceptBefore(LeadWork work, Viewer viewer, Lead lead, QualificationStage stage, CancellationToken ct)
    {
        if (await OpenOf(work, lead, ct) is { } before && before.Stage < stage && before.ActorId != viewer.UserId)
        {
            Accept(work, viewer, lead, before);
        }
    }

    private static async Task Judge(LeadWork work, Viewer viewer, Lead lead, QualificationInput input, CancellationToken ct)
    {
        var note = VerbReason.Kept(input.Note);
        var row = new LeadQualification
        {
            Id = Clock.NewId(work.Now),
            LeadId = lead.Id,
            Stage = input.Stage,
            Checks = [.. input.Checks.Distinct()],
            Note = note,
            PolicyVersion = work.Setting.Versions[PolicyKind.Qualification.Name],
            Promoted = !lead.Promoted,
            ActorId = viewer.UserId,
            At = work.Now,
        };
        work.Scope.Db.Add(row);
        (lead.Qualification, lead.Promoted) = (input.Stage, true);
        await work.Decided(lead, ct);
        work.Changes.Happened(lead.Id, LeadEvent.Qualified, work.Now, work.ActorId, new { input.Stage, row.Checks, reason = note });
        if (input.To is { } to)
        {
            await work.Board(lead.OwnerId is { } owner ? [owner, to] : [to], ct);
            await work.Hand(lead, to, lead.OwnerId is null ? Acquired.AssignedByAdministrator : Acquired.OwnerChanged, note, ct);
        }

        var score = await work.Score(lead, ct);
        if (lead is { OwnerId: null, TrayUserId: null })
        {
            await work.Assign(lead, score, score.Reasons, ct);
        }
    }

    /// <summary>The judgement of the stage where a lead stands, while nobody has said anything of it.</summary>
    internal static Task<LeadQualification?> OpenOf(LeadWork work, Lead lead, CancellationToken ct) =>
        work.Scope.Db.Set<LeadQualification>().Where(q => q.LeadId == lead.Id && q.Stage == lead.Qualification && q.Acceptance == Acceptance.Open)
            .OrderByDescending(q => q.Id).FirstOrDefaultAsync(ct);

    /// <summary>Takes a judgement.</summary>
    internal static void Accept(LeadWork work, Viewer viewer, Lead lead, LeadQualification judged)
    {
        (judged.Acceptance, judged.JudgeId, judged.JudgedAt) = (Acceptance.Accepted, viewer.UserId, work.Now);
        work.Changes.Happened(lead.Id, LeadEvent.QualificationAccepted, work.Now, work.ActorId, new { judged.Stage, by = judged.ActorId });
    }
}
