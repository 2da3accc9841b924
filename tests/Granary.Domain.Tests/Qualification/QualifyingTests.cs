using Granary.Domain.Capture;
using Granary.Domain.Qualification;

namespace Granary.Domain.Tests.Qualification;

public sealed class QualifyingTests
{
    private static readonly QualificationPolicy Policy = QualificationPolicy.BuiltIn;

    [Fact]
    public void The_built_in_policy_is_sound() => Assert.Empty(Policy.Validate());

    [Fact]
    public void All_lines_make_an_mql() =>
        Assert.Null(Qualifying.Refusal(Policy, QualificationStage.Raw, QualificationStage.Mql, ["fits_profile", "not_private", "verified", "willing"]));

    [Fact]
    public void What_is_missing_is_named()
    {
        var refusal = Qualifying.Refusal(Policy, QualificationStage.Raw, QualificationStage.Mql, ["fits_profile", "willing"]);

        Assert.Equal(QualificationRefusal.ChecksMissing, refusal?.Refusal);
        Assert.Equal(["not_private", "verified"], refusal!.Value.Checks);
    }

    [Theory]
    [InlineData(QualificationStage.Sql, QualificationStage.Mql, QualificationRefusal.AlreadyReached)]
    [InlineData(QualificationStage.Sql, QualificationStage.Sql, QualificationRefusal.AlreadyReached)]
    [InlineData(QualificationStage.Raw, QualificationStage.Raw, QualificationRefusal.UnknownStage)]
    public void A_stage_that_cannot_be_reached_is_refused(QualificationStage from, QualificationStage to, QualificationRefusal refusal) =>
        Assert.Equal(refusal, Qualifying.Refusal(Policy, from, to, ["fits_profile", "intends_to_buy", "willing_to_continue"])?.Refusal);

    [Fact]
    public void A_line_that_is_on_no_list_is_refused() =>
        Assert.Equal(QualificationRefusal.UnknownCheck, Qualifying.Refusal(Policy, QualificationStage.Raw, QualificationStage.Mql, ["looks_rich"])?.Refusal);

    [Theory]
    [InlineData(QualificationStage.Raw)]
    [InlineData(QualificationStage.Mql)]
    public void All_lines_make_an_sql_with_or_without_an_mql_before(QualificationStage from) =>
        Assert.Null(Qualifying.Refusal(Policy, from, QualificationStage.Sql, ["fits_profile", "intends_to_buy", "willing_to_continue"]));

    [Theory]
    [InlineData(QualificationStage.Sql, QualificationStage.Mql)]
    [InlineData(QualificationStage.Mql, QualificationStage.Raw)]
    public void What_is_sent_back_stands_where_it_stood_before(QualificationStage stage, QualificationStage before) =>
        Assert.Equal(before, Qualifying.Before(stage));

    [Fact]
    public void Two_of_four_criteria_convert_and_one_does_not()
    {
        var one = new ConversionCriteria { Intention = true, BudgetConfirmed = true, Budget = 99_999.99m };
        var two = one with { Budget = 100_000m };

        Assert.Equal(["intention"], one.Holding(Policy));
        Assert.False(one.Met(Policy));
        Assert.Equal(["intention", "budget"], two.Holding(Policy));
        Assert.True(two.Met(Policy));
    }

    [Fact]
    public void A_budget_counts_only_when_it_is_confirmed() =>
        Assert.Equal(["decisionMaker", "date"], new ConversionCriteria { Budget = 1_000_000m, DecisionMaker = true, Date = new DateOnly(2027, 1, 1) }.Holding(Policy));

    [Theory]
    [InlineData(23.99, false, false, null)]
    [InlineData(24, false, false, UndoRefusal.TooLate)]
    [InlineData(1, false, true, UndoRefusal.Touched)]
    [InlineData(1, true, false, UndoRefusal.AlreadyUndone)]
    public void A_conversion_is_undone_within_a_day_while_nobody_worked_on_it(double hours, bool undone, bool touched, UndoRefusal? refusal)
    {
        var converted = new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

        Assert.Equal(refusal, ConversionUndo.Refusal(Policy, converted, undone, touched, converted.AddHours(hours)));
    }

    [Fact]
    public void Bad_values_are_named_at_their_place()
    {
        var policy = Policy with { Mql = [new("Fits", ""), new("a", "a"), new("a", "b")], Criteria = 5, MinimumDeal = -1, Tiers = [new("", "")] };

        Assert.Equal(["mql[0].id", "mql[0].name", "mql[2].id", "criteria", "minimumDeal", "tiers[0].id", "tiers[0].name"], policy.Validate().Select(e => e.Field));
    }
}
