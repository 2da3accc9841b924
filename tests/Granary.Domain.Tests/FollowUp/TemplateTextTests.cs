using Granary.Domain.FollowUp;

namespace Granary.Domain.Tests.FollowUp;

public sealed class TemplateTextTests
{
    private static readonly Dictionary<string, string?> Values = new() { ["contact"] = "张{me}三", ["company"] = null, ["me"] = "李四" };

    [Theory]
    [InlineData("已联系{contact}", "已联系张{me}三")]
    [InlineData("{company}的{contact}，{me}", "…的张{me}三，李四")]
    [InlineData("报价 {10%} {} {", "报价 {10%} {} {")]
    [InlineData("", "")]
    public void Places_are_filled_once_and_a_gap_is_seen(string text, string filled) => Assert.Equal(filled, TemplateText.Fill(text, Values));

    [Theory]
    [InlineData("你好{contact}", null)]
    [InlineData("{contact}，{contakt}", "contakt")]
    [InlineData("{1} 没有名字的 {}", null)]
    public void A_mistyped_place_is_named(string text, string? unknown) => Assert.Equal(unknown, TemplateText.Unknown(text));
}
