using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Moves opportunities through the stages of their line (§13): exit checklists, the approved plan, loss report, deal rule.</summary>
public sealed class MoveStage(OpportunityVerb verb)
{
    /// <summary>Says which lines of a stage's exit checklist are true; those not named are not.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="stage">Id of the stage; the one it is in where it is left out.</param>
    /// <param name="checks">Ids of the lines that are true.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Tick(Viewer viewer, Guid id, string? stage, IReadOnlyList<string> checks, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, (work, o) => Task.FromResult(Tick(work, o, stage ?? o.Stage, checks)), ct);

    /// <summary>Moves it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="to">Id of the stage.</param>
    /// <param name="reason">Why, for a step back.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Move(Viewer viewer, Guid id, string? to, string? reason = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, async (work, o) => OpportunityReason.TooLong(reason) ?? await Move(work, o, to, OpportunityReason.Kept(reason), ct), ct);

    /// <summary>Works on what was won or lost again, in the stage it was closed from.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Reopen(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, (work, o) => Task.FromResult(OpportunityReason.Missing(reason) ?? Reopen(work, o, reason!.Trim())), ct);

    /// <summary>What the deal rule looks at.</summary>
    internal static async Task<DealFacts> Facts(GranaryDb db, Opportunity o, CancellationToken ct)
    {
        var contract = await db.Set<OpportunityContract>().AsNoTracking().SingleOrDefaultAsync(c => c.OpportunityId == o.Id, ct);
        var payments = await db.Set<OpportunityPayment>().AsNoTracking().Where(p => p.OpportunityId == o.Id).ToListAsync(ct);
        var amount = contract?.Amount ?? o.Amount;
        return new DealFacts(o.Line, o.ProductLine is { } product ? [product] : [], amount, contract?.State, PaymentAccount.Of(amount, o.Currency, payments.Select(p => p.Fact)).Net) { Custom = OpportunityEdit.CustomOf(o) };
    }

    /// <summary>Ids of ticked checks by stage.</summary>
    internal static Dictionary<string, List<string>> Ticked(Opportunity o) => Json.Read<Dictionary<string, List<string>>>(o.Ticked);

    private static OpportunityResult Tick(OpportunityWork work, Opportunity o, string stageId, IReadOnlyList<string> checks)
    {
        if (o.ClosedAt is not null)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.Closed);
        }

        if (work.Policy.Line(o.Line)?.Stage(stageId) is not { } stage)
        {
            return new OpportunityResult.Invalid([new FieldError("stage", "not_a_choice")]);
        }

        if (checks.Index().Where(c => stage.Exit.All(e => e.Id != c.Item)).ToList() is [_, ..] unknown)
        {
            return new OpportunityResult.Invalid([.. unknown.Select(c => new FieldError($"checks[{c.Index}]", "not_a_choice"))]);
        }

        var ticked = Ticked(o);
        ticked[stageId] = [.. checks.Distinct()];
        o.Ticked = Json.Write(ticked);
        work.Happened(o, OpportunityEvent.Ticked, new { stage = stageId, checks = ticked[stageId] });
        return work.Changed(o);
    }

    private static async Task<OpportunityResult> Move(OpportunityWork work, Opportunity o, string? to, string? reason, CancellationToken ct)
    {
        if (work.Policy.Line(o.Line) is not { } line || to is null || line.Stage(to) is not { } target)
        {
            return new OpportunityResult.Invalid([new FieldError("stage", to is null ? "required" : "not_a_choice")]);
        }

        var move = new StageMove
        {
            From = o.Stage,
            To = to,
            Ticked = Ticked(o).ToDictionary(t => t.Key, t => (IReadOnlyCollection<string>)t.Value),
            PlanApproved = o.PlanApproved is { } by && ConversionPlans.StillApproved(by, o.Grade ?? OpportunityGrade.B),
            HasLossReport = await work.Db.Has(o.Id, PaperKind.LossReport, ct),
            DealRuleMet = target.Kind == StageKind.Won && DealRules.Won(work.Policy.DealRules, await Facts(work.Db, o, ct)),
            Reason = reason,
        };
        if (Stages.Refusal(line, move) is { } refusal)
        {
            return Said(refusal);
        }

        if (target.Kind == StageKind.Won && !await work.Db.Has(o.Id, PaperKind.SuccessCase, ct))
        {
            return new OpportunityResult.Refused(OpportunityRefusal.SuccessCaseRequired);
        }

        if (target.Kind == StageKind.Won)
        {
            Win(work, o, target, reason, automatic: false);
            return work.Changed(o);
        }

        work.Happened(o, OpportunityEvent.StageChanged, new { before = o.Stage, after = to, reason });
        if (target.Kind != StageKind.Open)
        {
            Close(work, o, target);
        }

        (o.Stage, o.StageSince) = (to, work.Now);
        return work.Changed(o);
    }

    /// <summary>Wins it.</summary>
    internal static void Win(OpportunityWork work, Opportunity o, OpportunityStage won, string? reason = null, bool automatic = true)
    {
        work.Happened(o, OpportunityEvent.StageChanged, new { before = o.Stage, after = won.Id, reason, automatic });
        Close(work, o, won);
        (o.Stage, o.StageSince) = (won.Id, work.Now);
    }

    private static void Close(OpportunityWork work, Opportunity o, OpportunityStage target)
    {
        var grade = target.Kind == StageKind.Won ? InquiryGrade.S : InquiryGrade.F;
        work.Db.Add(new InquiryChange { Id = work.NewId(), OpportunityId = o.Id, Before = o.Inquiry, After = grade, Reason = target.Id, ActorId = work.Viewer.UserId, At = work.Now });
        (o.ClosedFrom, o.ClosedAt, o.InquiryBefore, o.Inquiry) = (o.Stage, work.Now, o.Inquiry, grade);
        (o.CharterDueAt, o.PlanWaits, o.DealMetAt) = (null, false, null);
        o.HandoverDueAt = target.Kind == StageKind.Won ? work.Policy.Handover.DueAt(work.Now, work.Setting.Calendar) : null;
    }

    private static OpportunityResult Reopen(OpportunityWork work, Opportunity o, string reason)
    {
        if (o.ClosedAt is null)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.NotClosed);
        }

        var before = o.Stage;
        var line = work.Policy.Line(o.Line);
        o.Stage = o.ClosedFrom is { } from && line?.Stage(from)?.Kind == StageKind.Open ? from : line?.First.Id ?? before;
        var grade = o.InquiryBefore ?? InquiryGrade.D;
        work.Db.Add(new InquiryChange { Id = work.NewId(), OpportunityId = o.Id, Before = o.Inquiry, After = grade, Reason = reason, ActorId = work.Viewer.UserId, At = work.Now });
        (o.Inquiry, o.InquiryBefore, o.ClosedFrom, o.ClosedAt, o.HandoverDueAt, o.StageSince) = (grade, null, null, null, null, work.Now);
        work.Happened(o, OpportunityEvent.Reopened, new { before, after = o.Stage, reason });
        return work.Changed(o);
    }

    private static OpportunityResult Said((StageRefusal Refusal, IReadOnlyList<MissingCheck> Missing) refusal) => refusal.Refusal switch
    {
        StageRefusal.NoChange => new OpportunityResult.Refused(OpportunityRefusal.NoChange),
        StageRefusal.AlreadyClosed => new OpportunityResult.Refused(OpportunityRefusal.Closed),
        StageRefusal.ExitNotMet => new OpportunityResult.Refused(OpportunityRefusal.ExitNotMet) { Missing = [.. refusal.Missing.Select(m => $"{m.StageId}.{m.Check.Id}")] },
        StageRefusal.PlanNotApproved => new OpportunityResult.Refused(OpportunityRefusal.PlanNotApproved),
        StageRefusal.ReasonRequired => new OpportunityResult.Refused(OpportunityRefusal.ReasonRequired),
        StageRefusal.LossReportRequired => new OpportunityResult.Refused(OpportunityRefusal.LossReportRequired),
        StageRefusal.DealRuleNotMet => new OpportunityResult.Refused(OpportunityRefusal.DealRuleNotMet),
        _ => new OpportunityResult.Invalid([new FieldError("stage", "not_a_choice")]),
    };
}
