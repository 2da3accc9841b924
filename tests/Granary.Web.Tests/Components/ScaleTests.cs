using Granary.Web.Components.Charts;

namespace Granary.Web.Tests.Components;

public sealed class ScaleTests
{
    [Fact]
    public void Ticks_are_round_and_hold_the_largest_value()
    {
        var scale = Scale.For([8_500, 540]);
        Assert.Equal([0, 2_500, 5_000, 7_500, 10_000], scale.Ticks);
        Assert.Equal("15%", scale.Top(8_500));
    }

    [Fact]
    public void A_chart_of_nothing_still_has_an_axis() => Assert.Equal([0, 1], Scale.For([0, 0]).Ticks);

    [Fact]
    public void Losses_lie_below_zero() => Assert.Equal([-50, 0, 50, 100], Scale.For([-40, 90]).Ticks);
}
