using Granary.Domain.FollowUp;

namespace Granary.Domain.Tests.FollowUp;

public sealed class FollowUpTextTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("   \n ", 0)]
    [InlineData("已电话沟通，周四面谈", 10)]
    [InlineData("called, meets Thursday", 20)]
    [InlineData("……………………………………", 3)]
    [InlineData("好好好好好好好好好好", 3)]
    [InlineData("ok 👍🏽👍🏽", 4)]
    public void Counts_what_a_reader_would_and_repeated_characters_thrice(string? text, int length) =>
        Assert.Equal(length, FollowUpText.Length(text));
}
