using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Cleansing;

namespace Granary.Domain.Tests.Cleansing;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  \t\n ", null)]
    [InlineData("\u200B\uFEFF", null)]
    [InlineData("  张三  ", "张三")]
    [InlineData("张\u3000 三", "张 三")]
    [InlineData("ＡＢＣ（中国）", "ABC(中国)")]
    [InlineData("a\r\n b", "a b")]
    [InlineData("张\u200B三", "张三")]
    [InlineData("👨‍👩‍👧 𠮷", "👨‍👩‍👧 𠮷")]
    [InlineData("e\u0301", "é")]
    public void A_line_has_one_normal_form(string? raw, string? clean) => Assert.Equal(clean, CleanText.Line(raw));

    [Fact]
    public void Half_a_letter_becomes_the_replacement_character() =>
        Assert.Equal("half\uFFFD A", CleanText.Line("half" + (char)0xD800 + " Ａ"));

    [Fact]
    public void A_text_of_several_lines_keeps_them() =>
        Assert.Equal("采购 CRM\n预算 50 万\n\n三个月内", CleanText.Lines("  采购  CRM \r\n 预算 50 万\r\n\r\n\r\n三个月内 \n"));

    [Fact]
    public void Normal_text_stays_as_it_is() =>
        Prop.ForAll<string>(text => CleanText.Line(CleanText.Line(text)) == CleanText.Line(text)
            && CleanText.Lines(CleanText.Lines(text)) == CleanText.Lines(text)).Check(Run.Property);
}
