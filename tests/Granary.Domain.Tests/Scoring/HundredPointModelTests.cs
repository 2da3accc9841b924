using Granary.Domain.Capture;
using Granary.Domain.Scoring;
using static Granary.Domain.Capture.TouchKind;

namespace Granary.Domain.Tests.Scoring;

public sealed class HundredPointModelTests
{
    [Fact]
    public void Large_company_with_decision_maker_and_full_budget_and_four_kinds_of_touch_scores_100()
    {
        var score = Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full)
            .Scored(new(CorePageViewed, 3), new(Downloaded, 1), new(WebinarAttended, 1), new(MailReplied, 1));

        Assert.Equal(60, score.Attributes);
        Assert.Equal(40, score.Behaviour);
        Assert.Equal(100, score.Total);
        Assert.Equal(Priority.High, score.Priority);
        Assert.Equal(NurtureStage.Considering, score.Stage);
    }

    [Fact]
    public void Small_company_with_user_and_partial_budget_and_one_page_view_scores_35()
    {
        var score = Leads.Facts(CompanySize.Small, BuyingRole.User, BudgetMatch.Partial).Scored(new TouchTally(CorePageViewed, 1));

        Assert.Equal(30, score.Attributes);
        Assert.Equal(35, score.Total);
        Assert.Equal(Priority.Low, score.Priority);
        Assert.Equal(NurtureStage.Aware, score.Stage);
    }

    [Fact]
    public void Breakdown_of_the_case_names_every_rule_and_what_the_caps_cut_off()
    {
        var score = Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full)
            .Scored(new(CorePageViewed, 3), new(Downloaded, 1), new(WebinarAttended, 1), new(MailReplied, 1));

        Assert.Equal(
            ["company_large 20", "decision_maker 30", "budget_full 20", "capped -10"],
            Words(score, ScoreDimension.Attributes));
        Assert.Equal(
            ["corePageViewed×3 15", "downloaded×1 10", "webinarAttended×1 15", "mailReplied×1 10", "capped -10"],
            Words(score, ScoreDimension.Behaviour));
    }

    [Fact]
    public void Explanation_has_a_reason_for_every_line_and_the_outcome()
    {
        var reasons = Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full).Scored(new(FormSubmitted, 1), new(SpamComplaint, 2)).Reasons;

        Assert.Equal(["attribute", "attribute", "attribute", "capped", "touch", "touch", "floored", "total", "mature"], reasons.Select(reason => reason.Code));
        Assert.Equal(("company_large", "20"), (reasons[0].Rule, reasons[0].Facts["points"]));
        Assert.Equal(("spamComplaint", "2", "-40"), (reasons[5].Facts["kind"], reasons[5].Facts["count"], reasons[5].Facts["points"]));
        Assert.Equal(("60", "medium", "interested"), (reasons[7].Facts["total"], reasons[7].Facts["priority"], reasons[7].Facts["stage"]));
        Assert.Equal("A4", reasons[8].Facts["cell"]);
    }

    [Theory]
    [InlineData(79, Priority.Medium)]
    [InlineData(80, Priority.High)]
    [InlineData(50, Priority.Medium)]
    [InlineData(49, Priority.Low)]
    public void Priority_begins_at_its_lower_bound(int total, Priority expected) => Assert.Equal(expected, new PriorityBands().Of(total));

    [Theory]
    [InlineData(39, NurtureStage.Aware)]
    [InlineData(40, NurtureStage.Interested)]
    [InlineData(69, NurtureStage.Interested)]
    [InlineData(70, NurtureStage.Considering)]
    public void Stage_begins_at_its_lower_bound(int total, NurtureStage expected) => Assert.Equal(expected, new StageBands().Of(total));

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(null, 100_000, 20)]
    [InlineData(null, 99_999, 10)]
    [InlineData(null, 50_000, 10)]
    [InlineData(null, 49_999, 0)]
    [InlineData(120_000, null, 20)]
    [InlineData(10_000, 100_000, 20)]
    public void Budget_that_nobody_matched_is_compared_with_the_usual_offer(int? min, int? max, int points)
    {
        var facts = Leads.Facts() with { Budget = new Budget(min, max, null) };

        Assert.Equal(points, facts.Scored().Attributes);
    }

    [Fact]
    public void Stated_budget_match_stands_whatever_the_amount()
    {
        var facts = Leads.Facts() with { Budget = new Budget(null, 1_000_000m, BudgetMatch.None) };

        Assert.Equal(0, facts.Scored().Attributes);
    }

    [Fact]
    public void Unknown_lead_without_touches_scores_nothing()
    {
        var score = Leads.Facts().Scored();

        Assert.Equal((0, 0, 0), (score.Total, score.Behaviour, score.Attributes));
        Assert.Equal("D4", score.Cell);
        Assert.Empty(score.Lines);
    }

    [Fact]
    public void Negative_points_take_away_from_the_total()
    {
        var model = ScoreModel.BuiltIn with { TouchRules = [.. ScoreModel.BuiltIn.TouchRules, new TouchRule(Unsubscribed, -15)] };

        var score = Scorer.Score(model, Leads.Facts(CompanySize.Large), [new(Downloaded, 1), new(Unsubscribed, 1)], Leads.Now);

        Assert.Equal(-5, score.Behaviour);
        Assert.Equal(15, score.Total);
    }

    [Fact]
    public void Touch_of_one_half_life_ago_counts_half_and_a_later_one_in_full()
    {
        var model = ScoreModel.BuiltIn with { HalfLifeDays = 30 };
        TouchTally[] touches = [new(Downloaded, 2, Leads.Now.AddDays(-30)), new(WebinarAttended, 1, Leads.Now.AddHours(1)), new(MailOpened, 1, Leads.Now.AddDays(-60))];

        var score = Scorer.Score(model, Leads.Facts(), touches, Leads.Now);

        Assert.Equal(10 + 15, score.Behaviour);
        Assert.Equal(2.5m, score.EngagementPoints);
    }

    private static IEnumerable<string> Words(Score score, ScoreDimension dimension) =>
        score.Lines.Where(line => line.Dimension == dimension).Select(line => line.Source switch
        {
            ScoreSource.Rule => $"{line.Name} {line.Points}",
            ScoreSource.Touch => $"{line.Name}×{line.Count} {line.Points}",
            _ => $"capped {line.Points}",
        });
}
