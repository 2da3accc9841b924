using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class MappingGuessTests
{
    [Theory]
    [InlineData("手机号", "contact.phones")]
    [InlineData("联系电话", "contact.phones")]
    [InlineData("Mobile Phone", "contact.phones")]
    [InlineData("TEL.", "contact.phones")]
    [InlineData("公司名称", "company.name")]
    [InlineData("*企业名称（全称）", "company.name")]
    [InlineData("Account Name", "company.name")]
    [InlineData("一级来源", "channel.level1")]
    [InlineData("二级来源", "channel.level2")]
    [InlineData("Lead Source", "channel")]
    [InlineData("备注", "requirement")]
    [InlineData("省份", "company.province")]
    [InlineData("所在城市", "company.city")]
    [InlineData("预算", "budget")]
    [InlineData("客户规模", "company.size")]
    [InlineData("公司规模（人）", "company.size")]
    [InlineData("职位", "contact.title")]
    [InlineData("Ｅ－ｍａｉｌ", "contact.emails")]
    [InlineData("微信号", "contact.wechat")]
    [InlineData("意向产品", "products")]
    [InlineData("接收时间", "receivedAt")]
    [InlineData("Created At", "receivedAt")]
    [InlineData("utm_source", "utm.source")]
    [InlineData("统一社会信用代码", "company.creditCode")]
    public void A_usual_heading_is_known(string heading, string target)
    {
        var column = Assert.Single(MappingGuess.Guess([heading], []).Columns);
        Assert.Equal((target, true), (column.Target, column.Confidence >= 0.9));
    }

    [Theory]
    [InlineData("客户的手机号码是", "contact.phones")]
    [InlineData("采购联系人姓名", "contact.name")]
    [InlineData("primary email", "contact.emails")]
    public void A_heading_that_contains_a_known_word_is_a_weaker_guess(string heading, string target)
    {
        var column = Assert.Single(MappingGuess.Guess([heading], []).Columns);
        Assert.Equal((target, true), (column.Target, column.Confidence < 0.9));
    }

    [Theory]
    [InlineData("Do Not Email")]
    [InlineData("Do Not Call")]
    [InlineData("colour")]
    public void What_is_not_known_stays_open(string heading) =>
        Assert.Null(Assert.Single(MappingGuess.Guess([heading], [Rows.Of(2, "No")]).Columns).Target);

    [Fact]
    public void Cells_tell_what_the_heading_does_not()
    {
        var guess = MappingGuess.Guess(
            ["x", "y", "z"],
            [Rows.Of(2, "13800138000", "a@example.com", "北京纷扬科技有限公司"), Rows.Of(3, "139-0013-9000", "b@example.com", "某某集团")]);
        Assert.Equal(["contact.phones", "contact.emails", "company.name"], guess.Columns.Select(c => c.Target));
    }

    [Fact]
    public void Cells_overrule_a_heading_that_they_contradict()
    {
        var guess = MappingGuess.Guess(["联系方式", "电话"], [Rows.Of(2, "a@example.com", "已拨打"), Rows.Of(3, "b@example.com", "未接")]);
        Assert.Equal(["contact.emails", null], guess.Columns.Select(c => c.Target));
    }

    [Fact]
    public void Several_columns_of_phones_all_count_but_a_second_name_does_not()
    {
        var guess = MappingGuess.Guess(["电话", "电话 (2)", "姓名", "客户的姓名"], []);
        Assert.Equal(["contact.phones", "contact.phones", "contact.name", null], guess.Columns.Select(c => c.Target));
        Assert.Equal(3, guess.Mapping.Columns.Count);
    }

    [Fact]
    public void The_unit_in_a_heading_is_kept()
    {
        var guess = MappingGuess.Guess(["预算（万元）", "姓名"], []);
        Assert.Equal("万", guess.Mapping.Columns["预算（万元）"]!.Unit);
        Assert.Null(guess.Mapping.Columns["姓名"]!.Unit);
    }

    [Fact]
    public void A_guess_is_a_mapping_that_can_be_used() =>
        Assert.Empty(MappingGuess.Guess([.. ImportTarget.All.Select(t => t.Path), "预算（千元）"], []).Mapping.Validate());
}
