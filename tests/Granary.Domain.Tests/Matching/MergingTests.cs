using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class MergingTests
{
    private static readonly MergeField[] Fields =
    [
        new("company.name", "北京纷扬科技有限公司", "北京纷扬"),
        new("contact.title", null, "总监"),
        new("industry", "软件", null),
        new("tags", "expo", "vip", Several: true),
        new("region", "北京", "北京"),
    ];

    [Fact]
    public void What_is_there_is_proposed_and_the_survivor_where_both_are()
    {
        var sides = Merging.Sides(Fields, new Dictionary<string, MergeSide>(), out var wrong);

        Assert.Empty(wrong);
        Assert.Equal(
            [MergeSide.Survivor, MergeSide.Merged, MergeSide.Survivor, MergeSide.Both, MergeSide.Survivor],
            Fields.Select(f => sides[f.Name]));
        Assert.Equal(["company.name", "tags"], Fields.Where(f => f.Differs).Select(f => f.Name));
    }

    [Fact]
    public void A_choice_stands_and_a_wrong_one_is_named()
    {
        var sides = Merging.Sides(
            Fields,
            new Dictionary<string, MergeSide> { ["company.name"] = MergeSide.Merged, ["industry"] = MergeSide.Both, ["budget"] = MergeSide.Survivor },
            out var wrong);

        Assert.Equal(MergeSide.Merged, sides["company.name"]);
        Assert.Equal(["industry", "budget"], wrong);
    }
}
