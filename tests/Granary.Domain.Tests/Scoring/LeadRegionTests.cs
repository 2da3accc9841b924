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
        Assert.Equal(expected, LeadRegion.Of(new CompanyDetails { Province = province, City = city, Name = name }, [phone])?.ToString());

    [Theory]
    [InlineData("+8613800138000")]
    [InlineData("+12125550100")]
    [InlineData("+86")]
    public void Mobile_and_foreign_numbers_tell_no_area(string phone) => Assert.Null(LeadRegion.Of(CompanyDetails.Empty, [phone]));

    [Fact]
    public void Landline_tells_the_area_after_a_mobile_number() =>
        Assert.Equal(new Region("上海", null), LeadRegion.Of(CompanyDetails.Empty, ["+8613800138000", "+862112345678"]));
}
