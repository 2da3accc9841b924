using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class FunnelStepsTests
{
    private static DateOnly Day(int day) => new(2026, 3, day);

    [Fact]
    public void A_later_step_takes_those_before_it_along() =>
        Assert.Equal([Day(1), Day(9), Day(9), Day(9), Day(12), null], FunnelSteps.Taken(Day(1), null, null, Day(9), Day(12), null));

    [Fact]
    public void A_step_noted_after_a_later_one_counts_on_its_day() =>
        Assert.Equal([Day(1), Day(3), Day(5), Day(5), null, null], FunnelSteps.Taken(Day(1), Day(3), Day(8), Day(5), null, null));

    [Fact]
    public void What_was_won_before_it_came_in_took_no_time() =>
        Assert.Equal([Day(10), Day(10), Day(10), Day(10), Day(10), null], FunnelSteps.Taken(Day(10), null, null, null, Day(4), null));

    [Fact]
    public void The_median_is_the_middle_or_half_of_two()
    {
        Assert.Null(FunnelSteps.Median([]));
        Assert.Equal(3m, FunnelSteps.Median([new(9, 1), new(3, 2)]));
        Assert.Equal(6m, FunnelSteps.Median([new(9, 2), new(3, 2), new(4, 0)]));
        Assert.Equal(3.5m, FunnelSteps.Median([new(3, 1), new(4, 1)]));
    }

    [Fact]
    public void The_median_of_counts_is_the_median_of_the_values()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            int[] values = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(0, 9)).Order()];
            Assert.Equal((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2m, FunnelSteps.Median(values.GroupBy(v => v).Select(g => KeyValuePair.Create(g.Key, (long)g.Count()))));
        }
    }

    [Fact]
    public void Without_cost_nothing_is_infinite()
    {
        var free = new ChannelReturn(0, 10, 5, 2, 1, 1, 500, 300);
        Assert.Equal((null, null, null, null), (free.PerLead, free.PerOrder, free.OnOrders, free.OnPayments));
        var paid = new ChannelReturn(200, 10, 5, 0, 1, 1, 500, 300);
        Assert.Equal((20m, null, 2.5m, 0.5m), (paid.PerLead, paid.PerSql, paid.OnOrders, paid.OnPayments));
    }
}
