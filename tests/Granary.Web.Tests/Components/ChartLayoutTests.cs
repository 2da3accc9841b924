using Granary.Web.Components.Charts;

namespace Granary.Web.Tests.Components;

public sealed class ChartLayoutTests
{
    [Fact]
    public void A_gap_parts_a_line()
    {
        var axis = Scale.For([0, 10]);

        Assert.Equal(["0,1000 250,0", "750,500 1000,1000"], Lines.Runs([0, 10, null, 5, 0], 5, axis).ToArray());
        Assert.Empty(Lines.Runs([null, null], 2, axis));
    }

    [Fact]
    public void A_band_goes_along_its_upper_limits_and_back_along_its_lower_ones() =>
        Assert.Equal(["500,0 1000,0 1000,500 500,500"], Lines.Bands([(null, null), (5, 10), (5, 10)], Scale.For([0, 10])).ToArray());

    [Fact]
    public void A_node_is_as_high_as_what_flows_through_it_and_idle_ones_are_left_out()
    {
        var layout = SankeyLayout.Of(
            [new("a", "A", 0), new("b", "B", 0), new("idle", "I", 1), new("c", "C", 1), new("d", "D", 2)],
            [new("a", "c", 3), new("b", "c", 1), new("c", "d", 2)]);
        var heights = layout.Boxes.ToDictionary(b => b.Node.Id, b => b.Height);

        Assert.Equal(["a", "b", "c", "d"], heights.Keys.Order());
        Assert.Equal(heights["a"] + heights["b"], heights["c"], 6);
        Assert.Equal(heights["c"], 2 * heights["d"], 6);
        Assert.All(layout.Boxes, b => Assert.InRange(b.Top + b.Height, 0, 1000.001));
        Assert.Equal(3, layout.Bands.Count);
    }

    [Fact]
    public void A_flow_to_the_left_is_refused() =>
        Assert.Throws<ArgumentException>(() => SankeyLayout.Of([new("a", "A", 0), new("b", "B", 1)], [new("b", "a", 1)]));
}
