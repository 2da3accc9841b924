using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class FormulaTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+8613800138000")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData("  =1+1")]
    [InlineData("\u00A0\u200B=1")]
    [InlineData("\"=1+1")]
    [InlineData("' \" “=cmd|' /C calc'!A0")]
    [InlineData("\tx")]
    [InlineData("\r\nx")]
    public void A_spreadsheet_would_run_it(string text) => Assert.True(FormulaText.Runs(text));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"\"")]
    [InlineData("张三=李四")]
    [InlineData("3-4 月")]
    [InlineData("'七匹狼'")]
    public void It_is_text(string text) => Assert.False(FormulaText.Runs(text));

    [Theory]
    [InlineData("'\"=1+1", "\"=1+1")]
    [InlineData("'' =1", "' =1")]
    [InlineData("'七匹狼'", "'七匹狼'")]
    public void The_apostrophe_that_made_it_harmless_is_taken_off_again(string cell, string text) => Assert.Equal(text, Cell.Taken("contact.name", cell).Contact.Name);
}
