using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture;

public sealed class CostTests
{
    private static readonly DateOnly Today = new(2026, 11, 2);

    [Fact]
    public void A_cost_has_a_day_and_an_amount()
    {
        Assert.Equal([("day", "required"), ("amount", "required")], new CostEntry().Validate(Today).Select(e => (e.Field, e.Code)));
        Assert.Empty(new CostEntry { Day = Today, Amount = 0 }.Validate(Today));
    }

    [Theory]
    [InlineData(-0.01, "out_of_range")]
    [InlineData(1.001, "too_precise")]
    [InlineData(1_000_000_001, "out_of_range")]
    public void An_amount_is_money_and_not_negative(double amount, string code) =>
        Assert.Equal(("amount", code), Assert.Single(new CostEntry { Day = Today, Amount = (decimal)amount }.Validate(Today)) is var e ? (e.Field, e.Code) : default);

    [Fact]
    public void A_day_far_ahead_is_refused()
    {
        Assert.Empty(new CostEntry { Day = Today.AddDays(366), Amount = 1 }.Validate(Today));
        Assert.Equal("in_the_future", Assert.Single(new CostEntry { Day = Today.AddDays(367), Amount = 1 }.Validate(Today)).Code);
    }

    [Fact]
    public void A_table_of_a_platform_is_read_by_its_headings()
    {
        var sheet = new CostSheet(["日期", "渠道", "推广计划", "消耗(元)", "展现量", "点击量"]);
        Assert.Empty(sheet.Missing);
        var row = new TableRow(2, ["2026/11/1", "官网/百度搜索", "春季", "1,234.50", "10,000", "-"], []);
        Assert.Equal("官网/百度搜索", sheet.Channel(row));
        var (entry, errors) = sheet.Read(row);
        Assert.Empty(errors);
        Assert.Equal(new CostEntry { Day = new DateOnly(2026, 11, 1), Campaign = "春季", Amount = 1234.5m, Impressions = 10_000 }, entry);
    }

    [Fact]
    public void Cells_that_cannot_be_read_are_named()
    {
        var sheet = new CostSheet(["date", "cost", "clicks"]);
        var (_, errors) = sheet.Read(new TableRow(2, ["soon", "much", "1.5"], []));
        Assert.Equal([("day", "not_a_date"), ("amount", "not_a_number"), ("clicks", "not_a_number")], errors.Select(e => (e.Field, e.Code)));
        Assert.Equal(["day", "amount"], new CostSheet(["a", "b"]).Missing);
    }
}
