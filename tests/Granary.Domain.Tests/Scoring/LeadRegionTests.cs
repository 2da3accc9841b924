using Granary.Domain.Capture;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Scoring;

public sealed class LeadRegionTests
{
    [Theory]
    [InlineData("浙江省", "杭州市", "苏州某某有限公司", "+8602112345678", "浙江/杭州")]
    [InlineData(null, null, "苏州某某有限公司", "+8602112345678", "江苏/苏州")]
    [InlineData(null, null, "某某有限公司", "+8651212345678", "江苏/苏州")]
    [InlineData(null, null, "某某有限公司", "+862112345678", "上海")]
    [InlineData(null, null, null, "+861012345678", "北京")]
    [InlineData(null, null, null, "+862512345678", "江苏/南京")]
    public void Fields_come_before_the_company_name_and_that_before_the_area_code(string? province, string? city, string? name, string phone, string expected) =>
        Assert.Equal(expected, LeadRegion.Of(new CompanyDetails { Province = province, City = city, Name = name }, [phone], MobileAreas.None)?.ToString());

    [Theory]
    [InlineData("+8613800138000")]
    [InlineData("+12125550100")]
    [InlineData("+86")]
    public void Mobile_and_foreign_numbers_tell_no_area(string phone) => Assert.Null(LeadRegion.Of(CompanyDetails.Empty, [phone], MobileAreas.None));

    [Fact]
    public void Landline_tells_the_area_after_a_mobile_number() =>
        Assert.Equal(new Region("上海", null), LeadRegion.Of(CompanyDetails.Empty, ["+8613800138000", "+862112345678"], MobileAreas.None));

    [Fact]
    public void Mobile_number_tells_the_area_that_the_organisations_table_knows()
    {
        var areas = MobileAreas.Read(["prefix7,province,city", "1380013,北京,北京", "1390512,江苏,苏州,215000,0512,移动"]);
        Assert.Equal(2, areas.Count);
        Assert.Equal("北京", LeadRegion.Of(CompanyDetails.Empty, ["+8613800138000"], areas)?.ToString());
        Assert.Equal("江苏/苏州", LeadRegion.Of(CompanyDetails.Empty, ["+8613905128888"], areas)?.ToString());
        Assert.Null(LeadRegion.Of(CompanyDetails.Empty, ["+8613700138000"], areas));
        Assert.Equal("上海", LeadRegion.Of(CompanyDetails.Empty with { Province = "上海" }, ["+8613905128888"], areas)?.ToString());
    }

    [Theory]
    [InlineData("prefix7,province,city\n1380013", "Line 2 ")]
    [InlineData("1380013,火星,火星", "Line 1: '火星'")]
    [InlineData("0510,江苏,无锡", "Line 1 ")]
    public void Table_that_cannot_be_read_names_its_line(string table, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => MobileAreas.Read(table.Split('\n'))).Message, StringComparison.Ordinal);
}
