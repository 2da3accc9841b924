using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class RegionsTests
{
    [Theory]
    [InlineData("北京市", "北京")]
    [InlineData("北京", "北京")]
    [InlineData(" 江苏省苏州市 ", "江苏/苏州")]
    [InlineData("江苏苏州", "江苏/苏州")]
    [InlineData("江苏/苏州", "江苏/苏州")]
    [InlineData("江苏省-苏州", "江苏/苏州")]
    [InlineData("苏州", "江苏/苏州")]
    [InlineData("昆山市", "江苏/苏州")]
    [InlineData("江苏省昆山市", "江苏/苏州")]
    [InlineData("吉林", "吉林")]
    [InlineData("吉林省", "吉林")]
    [InlineData("吉林市", "吉林/吉林")]
    [InlineData("吉林省吉林市", "吉林/吉林")]
    [InlineData("海南", "海南")]
    [InlineData("海南州", "青海/海南")]
    [InlineData("青海海南藏族自治州", "青海/海南")]
    [InlineData("广西壮族自治区", "广西")]
    [InlineData("广西省", "广西")]
    [InlineData("恩施土家族苗族自治州", "湖北/恩施")]
    [InlineData("恩施州", "湖北/恩施")]
    [InlineData("喀什市", "新疆/喀什")]
    [InlineData("朝阳", "辽宁/朝阳")]
    [InlineData("北京市朝阳区", "北京")]
    public void A_region_is_found_in_any_of_its_written_forms(string text, string expected)
    {
        Assert.True(Regions.TryFind(text, out var region));
        Assert.Equal(expected, region.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("火星")]
    [InlineData("朝阳区")]
    [InlineData("苏")]
    public void What_names_no_region_finds_none(string? text) => Assert.False(Regions.TryFind(text, out _));

    [Theory]
    [InlineData("北京纷扬科技有限公司", "北京")]
    [InlineData("北京纷扬科技有限公司（上海分公司）", "北京")]
    [InlineData("江苏宝利国际投资股份有限公司", "江苏")]
    [InlineData("烟台正海磁性材料股份有限公司", "山东/烟台")]
    [InlineData("昆山某某精密机械有限公司", "江苏/苏州")]
    [InlineData("纷扬科技（上海）有限公司", "上海")]
    [InlineData("纷扬科技(深圳)有限公司", "广东/深圳")]
    [InlineData("中国移动通信集团广东有限公司", "广东")]
    [InlineData("国网江苏省电力有限公司", "江苏")]
    [InlineData("中国银行股份有限公司苏州分行", "江苏/苏州")]
    [InlineData("某某集团哈尔滨轴承厂", "黑龙江/哈尔滨")]
    public void A_company_name_tells_its_region(string name, string expected) =>
        Assert.Equal(expected, Regions.FromName(name)?.ToString());

    [Theory]
    [InlineData("旭日照明有限公司")]
    [InlineData("中海南方电子")]
    [InlineData("大理石材加工厂")]
    [InlineData("东方时尚驾驶学校股份有限公司")]
    [InlineData("东阳光科技")]
    [InlineData("纷享销客")]
    [InlineData("  ")]
    public void Letters_that_meet_by_chance_are_no_region(string name) => Assert.Null(Regions.FromName(name));

    [Theory]
    [InlineData("江苏省", "苏州市", "江苏/苏州")]
    [InlineData("北京市", "北京市", "北京")]
    [InlineData("北京", "朝阳", "北京")]
    [InlineData("青海", "海南", "青海/海南")]
    [InlineData("吉林", "吉林", "吉林/吉林")]
    [InlineData("江苏", "江苏省苏州市", "江苏/苏州")]
    [InlineData(null, "杭州市", "浙江/杭州")]
    [InlineData("不详", "杭州", "浙江/杭州")]
    [InlineData("江苏省苏州市", null, "江苏/苏州")]
    [InlineData("浙江", "苏州", "浙江")]
    [InlineData("海南", "东方", "海南/东方")]
    public void Fields_name_a_region_and_the_province_rules(string? province, string? city, string expected) =>
        Assert.Equal(expected, Regions.FromFields(province, city)?.ToString());

    [Theory]
    [InlineData("010", "北京")]
    [InlineData("0512", "江苏/苏州")]
    [InlineData("512", "江苏/苏州")]
    [InlineData("028", "四川/成都")]
    [InlineData("0979", "青海/海西")]
    public void An_area_code_tells_its_region(string code, string expected) =>
        Assert.Equal(expected, Regions.FromAreaCode(code)?.ToString());

    [Fact]
    public void A_code_that_is_not_in_use_tells_nothing() => Assert.Null(Regions.FromAreaCode("0733"));

    [Fact]
    public void A_province_covers_its_cities_and_a_city_only_itself()
    {
        var province = new Region("江苏", null);
        var city = new Region("江苏", "苏州");
        Assert.True(province.Covers(city));
        Assert.True(city.Covers(city));
        Assert.False(city.Covers(province));
        Assert.False(city.Covers(new Region("江苏", "南京")));
        Assert.False(province.Covers(new Region("浙江", null)));
    }

    [Fact]
    public void Every_region_reads_back_from_its_short_form() =>
        Assert.All(Regions.All, static region =>
        {
            Assert.True(Regions.TryFind(region.ToString(), out var found));
            Assert.Equal(region, found);
        });

    [Fact]
    public void The_table_holds_every_province_and_the_prefecture_cities()
    {
        Assert.Equal(34, Regions.All.Count(static region => region.City is null));
        Assert.InRange(Regions.All.Count, 34 + 333, 34 + 360);
        Assert.Equal(Regions.All.Count, Regions.All.Distinct().Count());
    }

    [Fact]
    public void The_words_of_the_region_at_the_start_of_a_name_are_measured()
    {
        Assert.True(Regions.TryReadPrefix("江苏省苏州市昆山市某某有限公司", out var region, out var length));
        Assert.Equal(new Region("江苏", "苏州"), region);
        Assert.Equal("江苏省苏州市昆山市".Length, length);
    }
}
