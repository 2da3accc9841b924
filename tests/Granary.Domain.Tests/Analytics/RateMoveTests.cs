using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class RateMoveTests
{
    // 100 leads, 40 MQL; one channel of four stops giving any: 30.
    private static readonly SegmentCounts[] OneChannel =
    [
        new("channel", "search", new(25, 10), new(25, 0)),
        new("channel", "expo", new(25, 10), new(25, 10)),
        new("channel", "web", new(25, 10), new(25, 10)),
        new("channel", "phone", new(25, 10), new(25, 10)),
    ];

    [Fact]
    public void A_fall_from_40_to_30_per_cent_because_of_one_channel_is_that_channels_own_rate()
    {
        var part = RateMove.Explains(OneChannel)!;

        Assert.Equal(("channel", "search"), (part.Counts.Dimension, part.Counts.Segment));
        Assert.Equal(-0.10, part.RateEffect, 9);
        Assert.Equal(0, part.MixEffect, 9);
    }

    [Fact]
    public void A_dimension_in_which_everything_is_one_segment_explains_nothing()
    {
        var part = RateMove.Explains([new("province", "", new(100, 40), new(100, 30)), .. OneChannel]);

        Assert.Equal("search", part!.Counts.Segment);
        Assert.Null(RateMove.Explains([new("province", "", new(100, 40), new(100, 30))]));
    }

    [Fact]
    public void A_dimension_in_which_all_fell_alike_does_not_hide_the_channel()
    {
        SegmentCounts[] provinces = [new("province", "北京", new(80, 32), new(80, 24)), new("province", "上海", new(20, 8), new(20, 6))];

        Assert.Equal("search", RateMove.Explains([.. provinces, .. OneChannel])!.Counts.Segment);
        Assert.Null(RateMove.Explains(provinces));
    }

    [Fact]
    public void More_of_a_poor_channel_is_an_effect_of_the_mix()
    {
        SegmentCounts[] channels = [new("channel", "rich", new(50, 30), new(25, 15)), new("channel", "poor", new(50, 10), new(75, 15))];
        var parts = RateMove.Parts(channels);

        Assert.All(parts, p => Assert.Equal(0, p.RateEffect, 9));
        Assert.Equal(-0.10, parts.Sum(p => p.MixEffect), 9);
    }

    [Fact]
    public void A_new_poor_channel_changes_the_mix_and_no_rate()
    {
        var part = RateMove.Explains([new("channel", "old", new(100, 40), new(100, 40)), new("channel", "new", default, new(33, 0))])!;

        Assert.Equal(("new", 0), (part.Counts.Segment, Math.Round(part.RateEffect, 9)));
        Assert.True(part.MixEffect < 0);
    }

    [Fact]
    public void Without_a_base_there_are_no_parts() => Assert.Empty(RateMove.Parts([new("channel", "a", default, new(10, 5))]));

    [Fact]
    public void Parts_add_up_to_the_move() => Prop.ForAll(ArbMap.Default.ArbFor<(ushort Base0, ushort Reached0, ushort Base1, ushort Reached1)[]>(), counts =>
    {
        SegmentCounts[] segments = [.. counts.Select((c, i) => new SegmentCounts("d", $"{i}", new(c.Base0, c.Reached0), new(c.Base1, c.Reached1)))];
        var (before, now) = (StepCount.Sum(segments.Select(s => s.Before)), StepCount.Sum(segments.Select(s => s.Now)));
        var parts = RateMove.Parts(segments);
        return before.Base == 0 || now.Base == 0 ? parts.Count == 0
            : Math.Abs(parts.Sum(p => p.Effect) - (now.Rate!.Value - before.Rate!.Value)) < 1e-9 * (1 + now.Rate.Value + before.Rate.Value);
    }).Check(Run.Property);
}
