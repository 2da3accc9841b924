using Granary.Domain.Opportunities;
using Granary.Domain.People;

namespace Granary.Domain.Tests.Opportunities;

public sealed class OpportunityPolicyTests
{
    [Fact]
    public void The_built_in_policy_is_sound() => Assert.Empty(OpportunityPolicy.BuiltIn.Validate());

    [Fact]
    public void A_line_needs_an_open_stage_first_and_won_and_lost_last()
    {
        var policy = OpportunityPolicy.BuiltIn with
        {
            Lines =
            [
                new() { Id = "a", Name = "a", Stages = [new() { Id = "won", Name = "won", Kind = StageKind.Won }, new() { Id = "lost", Name = "lost", Kind = StageKind.Lost }] },
                new() { Id = "b", Name = "b", Stages = [new() { Id = "x", Name = "x" }, new() { Id = "won", Name = "won", Kind = StageKind.Won }] },
            ],
        };

        Assert.Equal([("lines[0].stages", "open_stage_required"), ("lines[1].stages", "won_and_lost_required")], policy.Validate().Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void Bad_values_are_named_at_their_place()
    {
        var policy = OpportunityPolicy.BuiltIn with
        {
            CodePattern = "EN",
            EvaluationDays = 0,
            Charter = new TimeLimit(0, (DeadlineClock)9),
            DealRules = [new() { Lines = ["elsewhere"], PaidPercent = 101 }],
        };

        Assert.Equal(
            ["codePattern", "dealRules[0].paidPercent", "dealRules[0].lines", "evaluationDays", "charter.minutes", "charter.clock"],
            policy.Validate().Select(e => e.Field));
    }

    [Theory]
    [InlineData(OpportunityGrade.A, PlanApprover.Director)]
    [InlineData(OpportunityGrade.B, PlanApprover.Supervisor)]
    [InlineData(OpportunityGrade.C, PlanApprover.Supervisor)]
    public void A_plan_is_approved_by_whom_its_grade_asks_for(OpportunityGrade grade, PlanApprover approver) =>
        Assert.Equal(approver, ConversionPlans.ApproverOf(grade));

    [Fact]
    public void What_rises_to_A_is_approved_again()
    {
        Assert.False(ConversionPlans.StillApproved(PlanApprover.Supervisor, OpportunityGrade.A));
        Assert.True(ConversionPlans.StillApproved(PlanApprover.Director, OpportunityGrade.C));
    }

    [Fact]
    public void A_plan_is_handed_in_with_pains_advantages_and_dates()
    {
        Assert.Equal(["pains", "advantages", "dates"], new ConversionPlan().Missing().Select(e => e.Field));
        Assert.Equal(
            ["pains[0].text", "pains[0].amount", "priceFloor"],
            new ConversionPlan { Pains = [new("", -1)], PriceFloor = -1 }.Validate().Select(e => e.Field));
    }
}
