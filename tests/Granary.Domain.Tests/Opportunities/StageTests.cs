using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class StageTests
{
    private static readonly BusinessLine Line = OpportunityPolicy.BuiltIn.Lines[0];

    private static readonly Dictionary<string, IReadOnlyCollection<string>> AllTicked =
        Line.Stages.ToDictionary(s => s.Id, s => (IReadOnlyCollection<string>)[.. s.Exit.Select(c => c.Id)]);

    [Fact]
    public void A_stage_is_left_when_its_required_checks_are_ticked()
    {
        var move = new StageMove { From = "identify", To = "evaluate", Ticked = Ticked("identify", "pain_agreed", "key_person_met") };

        Assert.Null(Stages.Refusal(Line, move));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var refusal = Stages.Refusal(Line, new StageMove { From = "identify", To = "evaluate", Ticked = Ticked("identify", "pain_agreed") });

        Assert.Equal(StageRefusal.ExitNotMet, refusal?.Refusal);
        Assert.Equal([("identify", "key_person_met")], refusal!.Value.Missing.Select(m => (m.StageId, m.Check.Id)));
    }

    [Fact]
    public void Stages_that_are_skipped_are_asked_too()
    {
        var refusal = Stages.Refusal(Line, new StageMove { From = "identify", To = "propose", Ticked = Ticked("identify", "pain_agreed", "key_person_met") });

        Assert.Equal(["budget_known", "competitors_known", "decision_chain_drawn"], refusal!.Value.Missing.Select(m => m.Check.Id));
    }

    [Fact]
    public void The_proposal_is_left_only_with_an_approved_plan()
    {
        var move = new StageMove { From = "propose", To = "negotiate", Ticked = AllTicked };

        Assert.Equal(StageRefusal.PlanNotApproved, Stages.Refusal(Line, move)?.Refusal);
        Assert.Null(Stages.Refusal(Line, move with { PlanApproved = true }));
    }

    [Fact]
    public void A_step_back_needs_a_reason()
    {
        var move = new StageMove { From = "negotiate", To = "evaluate" };

        Assert.Equal(StageRefusal.ReasonRequired, Stages.Refusal(Line, move)?.Refusal);
        Assert.Null(Stages.Refusal(Line, move with { Reason = "new committee" }));
    }

    [Fact]
    public void Won_asks_the_deal_rule_and_lost_a_loss_report()
    {
        var won = new StageMove { From = "contract", To = "won", Ticked = AllTicked };
        var lost = new StageMove { From = "identify", To = "lost" };

        Assert.Equal(StageRefusal.DealRuleNotMet, Stages.Refusal(Line, won)?.Refusal);
        Assert.Null(Stages.Refusal(Line, won with { DealRuleMet = true }));
        Assert.Equal(StageRefusal.LossReportRequired, Stages.Refusal(Line, lost)?.Refusal);
        Assert.Null(Stages.Refusal(Line, lost with { HasLossReport = true }));
    }

    [Theory]
    [InlineData("won", "contract", StageRefusal.AlreadyClosed)]
    [InlineData("lost", "won", StageRefusal.AlreadyClosed)]
    [InlineData("identify", "identify", StageRefusal.NoChange)]
    [InlineData("identify", "elsewhere", StageRefusal.UnknownStage)]
    public void Moves_that_are_none_are_refused(string from, string to, StageRefusal refusal) =>
        Assert.Equal(refusal, Stages.Refusal(Line, new StageMove { From = from, To = to, Ticked = AllTicked, PlanApproved = true, DealRuleMet = true })?.Refusal);

    private static Dictionary<string, IReadOnlyCollection<string>> Ticked(string stage, params string[] checks) => new() { [stage] = checks };
}
