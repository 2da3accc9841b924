using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class ProvinceCodesTests
{
    [Theory]
    [InlineData("北京", "11", "HB")]
    [InlineData("北京市", "11", "HB")]
    [InlineData("广东/深圳", "44", "HN")]
    [InlineData("内蒙古自治区", "15", "HB")]
    [InlineData("香港特别行政区", "81", "GT")]
    public void A_province_has_its_codes_in_full_and_short_form(string name, string province, string region) => Assert.Equal((province, region), ProvinceCodes.Of(name));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("California")]
    public void What_is_no_province_has_none(string? name) => Assert.Null(ProvinceCodes.Of(name));
}
