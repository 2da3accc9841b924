using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class AttributionTests
{
    [Fact]
    public void Three_touches_linear_split_100_as_33_34_33_33_33_33() =>
        Assert.Equal([33.34m, 33.33m, 33.33m], Attribution.Split(100.00m, 3, AttributionModel.Linear));

    [Fact]
    public void U_over_five_is_40_6_67_6_67_6_66_40() =>
        Assert.Equal([40.00m, 6.67m, 6.67m, 6.66m, 40.00m], Attribution.Split(100.00m, 5, AttributionModel.U));

    [Theory]
    [InlineData(AttributionModel.First), InlineData(AttributionModel.Last), InlineData(AttributionModel.Linear), InlineData(AttributionModel.U)]
    public void One_touch_gets_all(AttributionModel model) => Assert.Equal([0.07m], Attribution.Split(0.07m, 1, model));

    [Fact]
    public void First_and_last_give_all_to_one()
    {
        Assert.Equal([9.99m, 0m, 0m], Attribution.Split(9.99m, 3, AttributionModel.First));
        Assert.Equal([0m, 0m, 9.99m], Attribution.Split(9.99m, 3, AttributionModel.Last));
    }

    [Fact]
    public void Two_touches_under_U_share_by_first_to_last()
    {
        Assert.Equal([50m, 50m], Attribution.Split(100m, 2, AttributionModel.U));
        Assert.Equal([75m, 25m], Attribution.Split(100m, 2, AttributionModel.U, new PositionShares(60, 20, 20)));
        Assert.Equal([50m, 50m], Attribution.Split(100m, 2, AttributionModel.U, new PositionShares(0, 100, 0)));
    }

    [Fact]
    public void A_refund_cancels_what_it_takes_back_in_every_part() =>
        Assert.Equal([0m, 0m, 0m, 0m, 0m], Attribution.Split(-77.77m, 5, AttributionModel.U).Zip(Attribution.Split(77.77m, 5, AttributionModel.U), (a, b) => a + b));

    [Fact]
    public void Own_shares_must_add_up_to_100()
    {
        Assert.Equal("shares_not_100", Assert.Single(new PositionShares(40, 30, 40).Validate()).Code);
        Assert.Equal("out_of_range", Assert.Single(new PositionShares(-10, 70, 40).Validate()).Code);
        Assert.Empty(new PositionShares(33.33m, 33.34m, 33.33m).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => Attribution.Split(1m, 3, AttributionModel.U, new PositionShares(1, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Attribution.Split(1.001m, 3, AttributionModel.Linear));
    }

    [Fact]
    public void The_window_reaches_back_from_the_instant_that_counts()
    {
        var won = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.True(Attribution.InWindow(won, won, 30));
        Assert.True(Attribution.InWindow(won.AddDays(-30), won, 30));
        Assert.False(Attribution.InWindow(won.AddDays(-30).AddMilliseconds(-1), won, 30));
        Assert.False(Attribution.InWindow(won.AddMilliseconds(1), won, 30));
    }

    [Fact]
    public void Shares_add_up_to_the_cent_in_ten_thousand_cases_of_every_model_and_window()
    {
        var random = new Random(20261129);
        var won = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 10_000; i++)
        {
            var model = (AttributionModel)random.Next(1, 5);
            var amount = random.NextInt64(-1_000_000_000_00, 1_000_000_000_00) / 100m;
            var first = random.Next(0, 10_001) / 100m;
            var middle = random.Next(0, (int)((100 - first) * 100) + 1) / 100m;
            var touches = Enumerable.Range(0, random.Next(1, 41)).Select(_ => won.AddMinutes(-random.Next(0, 400 * 24 * 60))).Where(t => Attribution.InWindow(t, won, 1 + random.Next(0, 400))).Count();
            if (touches == 0)
            {
                continue;
            }

            var parts = Attribution.Split(amount, touches, model, new PositionShares(first, middle, 100 - first - middle));
            Assert.Equal(amount, parts.Sum());
            Assert.All(parts, p => Assert.True(amount >= 0 ? p >= 0 : p <= 0));
            Assert.All(parts, p => Assert.Equal(decimal.Round(p, 2), p));
        }
    }
}
