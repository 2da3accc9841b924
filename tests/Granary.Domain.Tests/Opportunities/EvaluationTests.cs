using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class EvaluationTests
{
    [Fact]
    public void Urgent_with_a_medium_budget_ahead_and_a_medium_chain_is_22_and_B()
    {
        var evaluation = new Evaluation(Urgency.Urgent, BudgetClass.Medium, Competition.Advantage, DecisionComplexity.Medium);

        Assert.Equal((22, OpportunityGrade.B), (evaluation.Total, evaluation.Grade));
    }

    [Fact]
    public void Immediate_with_a_high_budget_level_and_a_complex_chain_is_31_and_A()
    {
        var evaluation = new Evaluation(Urgency.Immediate, BudgetClass.High, Competition.Even, DecisionComplexity.Complex);

        Assert.Equal((31, OpportunityGrade.A), (evaluation.Total, evaluation.Grade));
    }

    [Theory]
    [InlineData(Urgency.General, BudgetClass.High, Competition.Advantage, OpportunityGrade.A)]
    [InlineData(Urgency.Urgent, BudgetClass.High, Competition.Even, OpportunityGrade.B)]
    [InlineData(Urgency.Immediate, BudgetClass.Medium, Competition.Advantage, OpportunityGrade.B)]
    [InlineData(Urgency.Immediate, BudgetClass.Low, Competition.Advantage, OpportunityGrade.C)]
    public void The_grade_follows_the_budget_and_what_speaks_for_us(Urgency urgency, BudgetClass budget, Competition competition, OpportunityGrade grade) =>
        Assert.Equal(grade, new Evaluation(urgency, budget, competition, DecisionComplexity.Simple).Grade);

    [Theory]
    [InlineData("1000000", BudgetClass.High)]
    [InlineData("999999.99", BudgetClass.Medium)]
    [InlineData("300000", BudgetClass.Medium)]
    [InlineData("299999.99", BudgetClass.Low)]
    public void A_budget_is_classed_at_its_bounds(string budget, BudgetClass expected) =>
        Assert.Equal(expected, Evaluation.ClassOf(decimal.Parse(budget, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-02-28", Urgency.Immediate)]
    [InlineData("2026-03-01", Urgency.Urgent)]
    [InlineData("2026-04-30", Urgency.Urgent)]
    [InlineData("2026-05-01", Urgency.General)]
    [InlineData("2026-01-01", Urgency.Immediate)]
    public void A_date_is_as_urgent_as_it_is_near(string wanted, Urgency expected) =>
        Assert.Equal(expected, Evaluation.UrgencyOf(DateOnly.Parse(wanted, System.Globalization.CultureInfo.InvariantCulture), new DateOnly(2026, 1, 31)));

    [Fact]
    public void No_date_is_not_urgent() => Assert.Equal(Urgency.General, Evaluation.UrgencyOf(null, new DateOnly(2026, 1, 31)));

    [Fact]
    public void Judgements_that_do_not_exist_are_refused() =>
        Assert.Equal(["urgency", "budget", "competition", "decision"], new Evaluation((Urgency)9, (BudgetClass)1, 0, (DecisionComplexity)4).Validate().Select(e => e.Field));
}
