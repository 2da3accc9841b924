using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Opportunities;

/// <summary>Writes what belongs to an opportunity (§13): conversion plan, pain and decision chain, vision, charter, success case, loss report.</summary>
public sealed class WritePaper(OpportunityVerb verb)
{
    /// <summary>Writes a new version.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="paper">The record of its kind: <see cref="ConversionPlan"/>, <see cref="PainChain"/>, <see cref="DecisionChain"/>, <see cref="Vision"/>, <see cref="ProjectCharter"/>, <see cref="SuccessCase"/>, <see cref="LossReport"/> or <see cref="Interest"/>.</param>
    /// <param name="seen">The version of the opportunity that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Write(Viewer viewer, Guid id, object paper, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, async (work, o) =>
        {
            var kind = KindOf(paper);
            if (o.ClosedAt is not null && kind is not (PaperKind.SuccessCase or PaperKind.LossReport))
            {
                return new OpportunityResult.Refused(OpportunityRefusal.Closed);
            }

            var pains = kind is PaperKind.Vision or PaperKind.Interest ? (await work.Db.Latest(id, PaperKind.PainChain, ct))?.Read<PainChain>() : null;
            if (Errors(paper, pains) is [_, ..] errors)
            {
                return new OpportunityResult.Invalid(errors);
            }

            var row = new OpportunityPaper { Id = work.NewId(), OpportunityId = id, Kind = kind, Body = Json.Write(paper), AuthorId = viewer.UserId, At = work.Now };
            work.Db.Add(row);
            work.Happened(o, OpportunityEvent.Written, new { paper = kind });
            switch (kind)
            {
                // What was approved is not what stands there now.
                case PaperKind.Plan: (o.PlanApproved, o.PlanWaits) = (null, false); break;
                case PaperKind.Charter: o.CharterDueAt = null; break;
                // The last that was missing, where the deal rule held before.
                case PaperKind.SuccessCase: await DealWin.Look(work, o, ct); break;
            }

            return work.Changed(o, row.Id);
        }, ct);

    private static PaperKind KindOf(object paper) => paper switch
    {
        ConversionPlan => PaperKind.Plan,
        PainChain => PaperKind.PainChain,
        DecisionChain => PaperKind.DecisionChain,
        Vision => PaperKind.Vision,
        ProjectCharter => PaperKind.Charter,
        SuccessCase => PaperKind.SuccessCase,
        LossReport => PaperKind.LossReport,
        Interest => PaperKind.Interest,
        _ => throw new ArgumentException($"{paper.GetType().Name} is no paper of an opportunity.", nameof(paper)),
    };

    private static IReadOnlyList<FieldError> Errors(object paper, PainChain? pains) => paper switch
    {
        ConversionPlan plan => plan.Validate(),
        PainChain chain => chain.Validate(),
        DecisionChain chain => chain.Validate(),
        Vision vision => vision.Validate(pains),
        ProjectCharter charter => charter.Validate(),
        SuccessCase success => success.Validate(),
        LossReport loss => loss.Validate(),
        Interest interest => interest.Validate(pains),
        _ => [],
    };
}

/// <summary>Hands conversion plans in and decides about them (§13): A by the sales director, B and C by the supervisor.</summary>
public sealed class DecidePlan(OpportunityVerb verb)
{
    /// <summary>Hands the plan in for approval.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Submit(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, async (work, o) =>
        {
            if (o.ClosedAt is not null)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.Closed);
            }

            if ((await work.Db.Latest(id, PaperKind.Plan, ct))?.Read<ConversionPlan>() is not { } plan)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.NoPlan);
            }

            if (plan.Missing() is [_, ..] missing)
            {
                return new OpportunityResult.Invalid(missing);
            }

            o.PlanWaits = true;
            work.Happened(o, OpportunityEvent.PlanSubmitted, new { approver = Needed(o) });
            work.TellDeciders(o, Needed(o), NoticeKind.OpportunityWaits);
            return work.Changed(o);
        }, ct);

    /// <summary>Approves the plan that waits.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="comment">A comment.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Approve(Viewer viewer, Guid id, string? comment = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, seen, (work, o) => Task.FromResult(OpportunityReason.TooLong(comment, "comment") ?? Refusal(work, o) ?? Approve(work, o, OpportunityReason.Kept(comment))), ct);

    /// <summary>Sends the plan that waits back.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Reject(Viewer viewer, Guid id, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, seen, (work, o) => Task.FromResult(OpportunityReason.Missing(reason) ?? Refusal(work, o) ?? Reject(work, o, reason!.Trim())), ct);

    /// <summary>Who has to approve the plan of an opportunity; one that nobody graded is the supervisor's.</summary>
    public static PlanApprover Needed(Opportunity opportunity) => ConversionPlans.ApproverOf(opportunity.Grade ?? OpportunityGrade.B);

    private static OpportunityResult? Refusal(OpportunityWork work, Opportunity o) => work.Viewer.Decides(o) switch
    {
        null => o.OwnerId == work.Viewer.UserId && work.Viewer.May(Permission.DecideOpportunities) ? new OpportunityResult.Refused(OpportunityRefusal.OwnOpportunity) : new OpportunityResult.Forbidden(),
        _ when !o.PlanWaits => new OpportunityResult.Refused(OpportunityRefusal.NothingToDecide),
        { } level when level < Needed(o) => new OpportunityResult.Refused(OpportunityRefusal.DirectorRequired),
        _ => null,
    };

    private static OpportunityResult Approve(OpportunityWork work, Opportunity o, string? comment)
    {
        (o.PlanApproved, o.PlanWaits) = (work.Viewer.Decides(o), false);
        work.Happened(o, OpportunityEvent.PlanApproved, new { approver = o.PlanApproved, reason = comment });
        work.Tell(o.OwnerId, NoticeKind.OpportunityDecided, o);
        return work.Changed(o);
    }

    private static OpportunityResult Reject(OpportunityWork work, Opportunity o, string reason)
    {
        o.PlanWaits = false;
        work.Happened(o, OpportunityEvent.PlanRejected, new { reason });
        work.Tell(o.OwnerId, NoticeKind.OpportunityDecided, o);
        return work.Changed(o);
    }
}
