using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class ControlChartTests
{
    private static readonly StepCount[] AroundForty =
        [new(100, 40), new(100, 41), new(100, 39), new(100, 42), new(100, 38), new(100, 40), new(100, 41), new(100, 39)];

    [Fact]
    public void A_fall_from_40_to_30_per_cent_is_below_the_median_less_three_deviations()
    {
        var point = ControlChart.Judge(AroundForty, new(100, 30), WatchRule.BuiltIn);

        Assert.Equal(ControlVerdict.Low, point.Verdict);
        Assert.Equal((0.40, 0.01, 0.37, 0.43), (point.Band!.Median, Math.Round(point.Band.Mad, 9), Math.Round(point.Band.Low, 9), Math.Round(point.Band.High, 9)));
    }

    [Theory]
    [InlineData(37, ControlVerdict.Usual)]
    [InlineData(36, ControlVerdict.Low)]
    [InlineData(43, ControlVerdict.Usual)]
    [InlineData(44, ControlVerdict.High)]
    public void The_limits_themselves_are_usual(int reached, ControlVerdict verdict) =>
        Assert.Equal(verdict, ControlChart.Judge(AroundForty, new(100, reached), WatchRule.BuiltIn).Verdict);

    [Theory]
    [InlineData(39, ControlVerdict.Usual)]
    [InlineData(38, ControlVerdict.Usual)]
    [InlineData(37, ControlVerdict.Low)]
    public void Where_the_rate_stood_still_two_percentage_points_are_no_move(int reached, ControlVerdict verdict) =>
        Assert.Equal(verdict, ControlChart.Judge(Enumerable.Repeat(new StepCount(100, 40), 8), new(100, reached), WatchRule.BuiltIn).Verdict);

    [Fact]
    public void Two_records_more_or_less_are_no_move()
    {
        Assert.Equal(ControlVerdict.Usual, ControlChart.Judge(Enumerable.Repeat(new StepCount(35, 0), 8), new(35, 2), WatchRule.BuiltIn).Verdict);
        Assert.Equal(ControlVerdict.High, ControlChart.Judge(Enumerable.Repeat(new StepCount(35, 0), 8), new(35, 3), WatchRule.BuiltIn).Verdict);
    }

    [Fact]
    public void Few_records_are_not_judged()
    {
        var point = ControlChart.Judge(AroundForty, new(19, 0), WatchRule.BuiltIn);

        Assert.Equal(ControlVerdict.TooFew, point.Verdict);
        Assert.NotNull(point.Band);
    }

    [Fact]
    public void A_short_history_says_nothing()
    {
        var point = ControlChart.Judge([.. AroundForty.Take(3), new(19, 8)], new(100, 0), WatchRule.BuiltIn);

        Assert.Equal((ControlVerdict.TooFew, null), (point.Verdict, point.Band));
    }

    [Fact]
    public void One_day_out_of_the_way_does_not_widen_the_band() =>
        Assert.Equal(ControlVerdict.Low, ControlChart.Judge([.. AroundForty.Take(7), new(100, 5)], new(100, 30), WatchRule.BuiltIn).Verdict);

    [Fact]
    public void A_monday_is_judged_by_the_eight_mondays_before()
    {
        var days = ControlChart.SameWeekdays(new DateOnly(2026, 11, 30), WatchRule.BuiltIn).ToList();

        Assert.Equal((8, new DateOnly(2026, 11, 23), new DateOnly(2026, 10, 5)), (days.Count, days[0], days[^1]));
        Assert.All(days, day => Assert.Equal(DayOfWeek.Monday, day.DayOfWeek));
    }
}
