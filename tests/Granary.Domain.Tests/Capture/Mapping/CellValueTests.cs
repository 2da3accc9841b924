using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class CellValueTests
{
    [Theory]
    [InlineData("2026-11-02T01:30:00Z", "2026-11-02T01:30:00Z")]
    [InlineData("2026-11-02T09:30:00+08:00", "2026-11-02T01:30:00Z")]
    [InlineData("2026-11-02T09:30:00.250-0330", "2026-11-02T13:00:00.250Z")]
    [InlineData("2026-11-02 09:30", "2026-11-02T01:30:00Z")]
    [InlineData("2026/11/2 9:30:05", "2026-11-02T01:30:05Z")]
    [InlineData("2026.11.2", "2026-11-01T16:00:00Z")]
    [InlineData("2026年11月2日", "2026-11-01T16:00:00Z")]
    [InlineData("2026年11月2日 下午3点05分", "2026-11-02T07:05:00Z")]
    [InlineData("２０２６年１１月２日 ９：３０", "2026-11-02T01:30:00Z")]
    [InlineData("2026-11-02 12:10 AM", "2026-11-01T16:10:00Z")]
    [InlineData("20261102", "2026-11-01T16:00:00Z")]
    [InlineData("20261102093000", "2026-11-02T01:30:00Z")]
    [InlineData("46328", "2026-11-01T16:00:00Z")]
    [InlineData("46328.395833333336", "2026-11-02T01:30:00Z")]
    public void A_date_is_read_in_organisation_time(string cell, string instant)
    {
        Assert.Equal(DateTimeOffset.Parse(instant), Cell.Taken("receivedAt", cell).ReceivedAt);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("02/11/2026")]
    [InlineData("2026-11-02 25:00")]
    [InlineData("2026-11-02 13:00 PM")]
    [InlineData("2026-11")]
    [InlineData("13800138000")]
    [InlineData("2026-11-02 09:30 morning")]
    [InlineData("2026-11-02T09:30:00+99:00")]
    [InlineData("12")]
    [InlineData("尽快")]
    public void What_is_no_date_or_could_be_two_is_refused(string cell) =>
        Assert.Equal(RowCodes.InvalidDate, Cell.Refused("receivedAt", cell));

    [Fact]
    public void A_format_settles_the_order_of_day_and_month()
    {
        var rule = new ColumnRule { To = "receivedAt", Format = "d/M/yyyy H:mm" };
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 1, 30, 0, TimeSpan.Zero), Cell.Taken(rule, "2/11/2026 9:30").ReceivedAt);
        Assert.Equal(RowCodes.InvalidDate, Cell.Refused(rule, "2026-11-02"));
    }

    [Fact]
    public void A_month_to_buy_by_ends_with_its_last_day() =>
        Assert.Equal(new DateOnly(2027, 2, 28), Cell.Taken("purchaseBy", "2027年2月").PurchaseBy);

    [Theory]
    [InlineData("50万", 500_000, 500_000)]
    [InlineData("1.2亿", 120_000_000, 120_000_000)]
    [InlineData("500,000", 500_000, 500_000)]
    [InlineData("¥500,000.50", 500_000.50, 500_000.50)]
    [InlineData("￥３０万元", 300_000, 300_000)]
    [InlineData("RMB 80k", 80_000, 80_000)]
    [InlineData("30-50万", 300_000, 500_000)]
    [InlineData("30万～50万", 300_000, 500_000)]
    [InlineData("5000-1万", 5_000, 10_000)]
    [InlineData("50-30万", 500_000, 300_000)]
    [InlineData("五十万左右", 500_000, 500_000)]
    [InlineData("三百二十万", 3_200_000, 3_200_000)]
    [InlineData("十五万至二十万", 150_000, 200_000)]
    [InlineData("3百万", 3_000_000, 3_000_000)]
    [InlineData("0", 0, 0)]
    public void An_amount_is_read_with_its_unit(string cell, decimal min, decimal max) =>
        Assert.Equal(new Budget(min, max, null), Cell.Taken("budget", cell).Budget);

    [Fact]
    public void An_open_range_of_money_lacks_a_bound()
    {
        Assert.Equal(new Budget(1_000_000, null, null), Cell.Taken("budget", "100万以上").Budget);
        Assert.Equal(new Budget(null, 200_000, null), Cell.Taken("budget", "不超过20万").Budget);
        Assert.Equal(Budget.Unknown, Cell.Taken("budget", "面议").Budget);
    }

    [Fact]
    public void The_unit_of_a_column_counts_where_a_cell_has_none()
    {
        var rule = new ColumnRule { To = "budget", Unit = "万" };
        Assert.Equal(new Budget(300_000, 500_000, null), Cell.Taken(rule, "30-50").Budget);
        Assert.Equal(new Budget(200_000_000, 200_000_000, null), Cell.Taken(rule, "2亿").Budget);
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1.000.000")]
    [InlineData("-5")]
    [InlineData("$500")]
    [InlineData("很多")]
    [InlineData("99999999999999999999")]
    public void What_is_no_amount_is_refused(string cell) =>
        Assert.Equal(RowCodes.InvalidAmount, Cell.Refused("budget", cell));

    [Theory]
    [InlineData("大型", CompanySize.Large, null)]
    [InlineData("Medium", CompanySize.Medium, null)]
    [InlineData("小型", CompanySize.Small, null)]
    [InlineData("100-499人", CompanySize.Medium, 100)]
    [InlineData("600人", CompanySize.Large, 600)]
    [InlineData("10,000+", CompanySize.Large, 10_000)]
    [InlineData("500人以上", CompanySize.Large, 500)]
    [InlineData("少于50人", CompanySize.Small, null)]
    [InlineData("中型（100-499人）", CompanySize.Medium, 100)]
    [InlineData("99 employees", CompanySize.Small, 99)]
    public void A_size_is_a_word_a_head_count_or_both(string cell, CompanySize size, int? headcount)
    {
        var company = Cell.Taken("company.size", cell).Company;
        Assert.Equal((size, headcount), (company.Size, company.Headcount));
    }

    [Theory]
    [InlineData("巨大")]
    [InlineData("499-100人")]
    [InlineData("12.5人")]
    [InlineData("99999999")]
    public void What_is_no_size_is_refused(string cell) => Assert.Equal(RowCodes.UnknownValue, Cell.Refused("company.size", cell));

    [Theory]
    [InlineData("决策者", BuyingRole.DecisionMaker)]
    [InlineData("KP", BuyingRole.DecisionMaker)]
    [InlineData("Decision Maker", BuyingRole.DecisionMaker)]
    [InlineData("decisionMaker", BuyingRole.DecisionMaker)]
    [InlineData("影响者", BuyingRole.Influencer)]
    [InlineData("end-user", BuyingRole.User)]
    public void A_buying_role_is_known_in_two_languages(string cell, BuyingRole role) =>
        Assert.Equal(role, Cell.Taken("contact.role", cell).Contact.Role);
}
