using Granary.Domain.Campaigns;

namespace Granary.Domain.Tests.Campaigns;

public sealed class TrackingReportTests
{
    [Fact]
    public void An_event_in_may_is_looked_at_in_its_month_each_quarter_at_year_end_twice_in_the_second_year_and_in_the_third()
    {
        var dates = TrackingReports.Of(new DateOnly(2026, 5, 14));

        Assert.Equal(
            [
                new(new(2026, 5, 31), TrackingPoints.Month), new(new(2026, 6, 30), TrackingPoints.Quarter), new(new(2026, 9, 30), TrackingPoints.Quarter), new(new(2026, 12, 31), TrackingPoints.Quarter | TrackingPoints.Year),
                new(new(2027, 6, 30), TrackingPoints.SecondYear), new(new(2027, 12, 31), TrackingPoints.SecondYear), new TrackingDate(new(2028, 12, 31), TrackingPoints.ThirdYear),
            ],
            dates);
    }

    [Fact]
    public void An_event_in_december_has_month_quarter_and_year_on_one_day()
    {
        var dates = TrackingReports.Of(new DateOnly(2026, 12, 31));

        Assert.Equal(4, dates.Count);
        Assert.Equal(new TrackingDate(new(2026, 12, 31), TrackingPoints.Month | TrackingPoints.Quarter | TrackingPoints.Year), dates[0]);
        Assert.Equal(new DateOnly(2027, 6, 30), dates[1].On);
    }

    [Fact]
    public void An_event_that_ends_in_february_of_a_leap_year_is_counted_to_the_29th()
    {
        Assert.Equal(new DateOnly(2028, 2, 29), TrackingReports.Of(new DateOnly(2028, 2, 1))[0].On);
    }

    [Fact]
    public void After_the_last_there_is_none()
    {
        var end = new DateOnly(2026, 11, 10);
        Assert.Equal(new DateOnly(2026, 11, 30), TrackingReports.NextAfter(end, null));
        Assert.Equal(new DateOnly(2026, 12, 31), TrackingReports.NextAfter(end, new DateOnly(2026, 11, 30)));
        Assert.Null(TrackingReports.NextAfter(end, new DateOnly(2028, 12, 31)));
    }

    [Theory]
    [InlineData(300_000, 100_000, 3)]
    [InlineData(100_000, 30_000, 3.33)]
    public void Return_is_amount_over_cost(decimal amount, decimal cost, decimal factor) => Assert.Equal(factor, CampaignFigures.Return(amount, cost));

    [Fact]
    public void Without_a_cost_or_a_goal_there_is_no_share()
    {
        Assert.Null(CampaignFigures.Return(1, 0));
        Assert.Equal(-0.5m, CampaignFigures.NetReturn(50_000, 100_000));
        Assert.Null(CampaignFigures.Completion(3, 0));
        Assert.Equal((67, 150), (CampaignFigures.Completion(2, 3), CampaignFigures.Completion(15, 10)));
    }

    [Fact]
    public void One_company_counts_once_and_so_does_one_person()
    {
        var (me, company, person, day) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new DateOnly(2026, 11, 10));
        SiteEntry[] entries = [new(me, day, company, person, true, false), new(me, day, company, person, true, true), new(me, day, company, Guid.NewGuid(), true, true), new(me, day, Guid.NewGuid(), Guid.NewGuid(), false, false)];

        Assert.Equal(new SiteFigures(2, 2, 1), SiteTally.Of(entries));
    }
}
