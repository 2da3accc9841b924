using Granary.Domain.Campaigns;

namespace Granary.Domain.Tests.Campaigns;

public sealed class CampaignLifeTests
{
    private static readonly DateOnly Today = new(2026, 11, 10);

    private static readonly CampaignFacts Ready = new(100_000, true, true, Today, Today.AddDays(2), Today, "到场客户超出预期，转化良好", null);

    [Fact]
    public void A_charter_needs_budget_targets_and_owner()
    {
        Assert.Equal([CampaignNeed.Budget, CampaignNeed.Targets, CampaignNeed.Owner], CampaignLife.Missing(CampaignStage.Evaluate, CampaignStage.Charter, Ready with { Budget = 0, Targets = false, Owner = false }));
        Assert.Equal([CampaignNeed.Budget], CampaignLife.Missing(CampaignStage.Charter, CampaignStage.Prepare, Ready with { Budget = 0 }));
        Assert.Empty(CampaignLife.Missing(CampaignStage.Evaluate, CampaignStage.Charter, Ready));
    }

    [Fact]
    public void It_runs_with_dates_is_converted_once_it_has_begun_and_summarised_in_words()
    {
        Assert.Equal([CampaignNeed.Dates], CampaignLife.Missing(CampaignStage.Prepare, CampaignStage.Run, Ready with { EndsOn = null }));
        Assert.Equal([CampaignNeed.Begun], CampaignLife.Missing(CampaignStage.Run, CampaignStage.Convert, Ready with { StartsOn = Today.AddDays(1) }));
        Assert.Equal([CampaignNeed.Summary], CampaignLife.Missing(CampaignStage.Convert, CampaignStage.Summarised, Ready with { Summary = "很好" }));
    }

    [Theory]
    [InlineData(CampaignStage.Charter, CampaignStage.Evaluate)]
    [InlineData(CampaignStage.Run, CampaignStage.Prepare)]
    [InlineData(CampaignStage.Prepare, CampaignStage.Cancelled)]
    [InlineData(CampaignStage.Summarised, CampaignStage.Convert)]
    public void Backwards_and_out_it_goes_with_a_reason_alone(CampaignStage from, CampaignStage to)
    {
        Assert.Contains(to, CampaignLife.Next(from));
        Assert.Equal([CampaignNeed.Reason], CampaignLife.Missing(from, to, Ready));
        Assert.Empty(CampaignLife.Missing(from, to, Ready with { Reason = "主办方延期" }));
    }

    [Fact]
    public void Nothing_is_skipped_and_what_is_cancelled_stays_so()
    {
        Assert.DoesNotContain(CampaignStage.Prepare, CampaignLife.Next(CampaignStage.Evaluate));
        Assert.DoesNotContain(CampaignStage.Prepare, CampaignLife.Next(CampaignStage.Charter));
        Assert.Empty(CampaignLife.Next(CampaignStage.Cancelled));
    }

    [Fact]
    public void The_built_in_checklist_has_5_steps_and_33_items()
    {
        var policy = CampaignPolicy.BuiltIn;
        Assert.Empty(policy.Validate());
        Assert.Equal((33, 5), (policy.ChecklistOf("expo").Count(), policy.ChecklistOf("expo").Select(l => l.Step).Distinct().Count()));
    }

    [Fact]
    public void A_line_may_be_of_some_types_alone_and_what_is_wrong_with_a_policy_is_said_field_by_field()
    {
        var policy = CampaignPolicy.BuiltIn with
        {
            Checklist = [new("stand", ChecklistStep.Prepare, "搭建", -10, ["expo"]), new("stand", 0, "", 2_000, ["fair"])],
            Categories = [],
            MarketPool = "invalid",
        };
        Assert.Equal(["stand"], policy.ChecklistOf("expo").Select(l => l.Id));
        Assert.Equal(["checklist[1].name", "checklist[1].id", "checklist[1].step", "checklist[1].days", "checklist[1].types", "categories", "marketPool"], policy.Validate().Select(e => e.Field));
    }
}
