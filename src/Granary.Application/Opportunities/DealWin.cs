using Granary.Application.People;
using Granary.Domain.Opportunities;

namespace Granary.Application.Opportunities;

/// <summary>
/// Wins an opportunity by itself once the deal rule of its line holds (§13 Deal rule). Where the success case is missing, or the rule
/// leaves it to people, its owner is asked instead; with the success case it is won then.
/// </summary>
internal static class DealWin
{
    /// <summary>Looks at what a contract, a payment or a success case led to; what the verb wrote is in the database then.</summary>
    public static async Task Look(OpportunityWork work, Opportunity o, CancellationToken ct)
    {
        if (o.ClosedAt is not null || work.Policy.Line(o.Line) is not { } line)
        {
            return;
        }

        await work.Db.SaveChangesAsync(ct);
        var facts = await MoveStage.Facts(work.Db, o, ct);
        var outcome = DealRules.Outcome(work.Policy.DealRules, facts, await work.Db.Has(o.Id, PaperKind.SuccessCase, ct));
        if (outcome == DealOutcome.NotMet)
        {
            o.DealMetAt = null;
            return;
        }

        if (o.DealMetAt is null)
        {
            Tell(work, o, facts, outcome);
        }

        if (outcome == DealOutcome.Won)
        {
            MoveStage.Win(work, o, line.Stages.Single(s => s.Kind == StageKind.Won));
            work.Tell(o.OwnerId, NoticeKind.OpportunityWon, o);
        }
    }

    private static void Tell(OpportunityWork work, Opportunity o, DealFacts facts, DealOutcome outcome)
    {
        var rule = DealRules.For(work.Policy.DealRules, facts);
        // Numbered as the policy's editor shows them; none is the rule that holds without any.
        var number = work.Policy.DealRules.ToList().IndexOf(rule) is >= 0 and var at ? at + 1 : (int?)null;
        o.DealMetAt = work.Now;
        work.Happened(o, OpportunityEvent.DealRuleMet, new
        {
            rule = number,
            policyVersion = work.Setting.Versions.GetValueOrDefault(Policies.PolicyKind.Opportunities.Name),
            rule.Signed,
            rule.PaidPercent,
            facts.Contract,
            facts.Paid,
            facts.Amount,
            outcome,
        });
        if (outcome != DealOutcome.Won)
        {
            work.Tell(o.OwnerId, NoticeKind.OpportunityWinnable, o);
        }
    }
}
