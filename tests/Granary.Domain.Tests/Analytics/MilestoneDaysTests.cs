using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class MilestoneDaysTests
{
    private static readonly DateOnly First = new(2026, 3, 1);

    [Fact]
    public void Who_reached_a_later_milestone_reached_those_before_on_that_day_at_the_latest() =>
        Assert.Equal([First, First.AddDays(5), null, First.AddDays(5)], MilestoneDays.Reached(First, First.AddDays(9), null, First.AddDays(5)));

    [Fact]
    public void None_is_reached_before_the_first() => Assert.Equal([First, First], MilestoneDays.Reached(First, First.AddDays(-3)));

    [Theory]
    [InlineData(0b1001, 1, 3)]
    [InlineData(0b1011, 1, 1)]
    [InlineData(0b0011, 2, null)]
    [InlineData(0b1010, 1, null)]
    public void A_step_counts_by_the_first_milestone_of_the_funnel_from_it_on_that_is_reached(int mask, int step, int? by) =>
        Assert.Equal(by, MilestoneDays.By(mask, [0, 1, 2, 3], step));

    [Fact]
    public void A_funnel_never_widens_and_days_never_go_back() => Prop.ForAll(ArbMap.Default.ArbFor<byte?[]>(), noted =>
    {
        var days = MilestoneDays.Reached([First, .. noted.Take(7).Select(n => n is { } d ? First.AddDays(d) : (DateOnly?)null)]);
        var known = days.OfType<DateOnly>().ToList();
        var mask = MilestoneDays.Mask(days);
        var steps = Enumerable.Range(0, days.Length).ToArray();
        var taken = steps.Select(s => MilestoneDays.By(mask, steps, s) is not null).ToList();
        return known.SequenceEqual(known.Order()) && taken.SequenceEqual(taken.OrderDescending());
    }).Check(Run.Property);
}
