using Granary.Domain.Ownership;

namespace Granary.Domain.Tests.Ownership;

public sealed class RegionalPoolTests
{
    private static readonly PoolPolicy Policy = PoolPolicy.BuiltIn with
    {
        Pools = new Dictionary<string, PoolRules>
        {
            ["jiangsu"] = new() { Regions = ["江苏"], StandsFor = "nurture" },
            ["suzhou"] = new() { Regions = ["江苏/苏州"], StandsFor = "nurture" },
            ["east"] = new() { Regions = ["江苏", "上海"], StandsFor = "active" },
        },
    };

    [Fact]
    public void A_lead_goes_to_the_pool_of_its_city_before_that_of_its_province() =>
        Assert.Equal(["suzhou", "jiangsu", "nurture"], Policy.StandIns("nurture", "江苏/苏州"));

    [Fact]
    public void The_pool_of_another_city_is_passed_over() => Assert.Equal(["jiangsu", "nurture"], Policy.StandIns("nurture", "江苏/南京"));

    [Fact]
    public void A_lead_whose_city_is_not_known_goes_to_the_pool_of_its_province() =>
        Assert.Equal(["jiangsu", "nurture"], Policy.StandIns("nurture", "江苏"));

    [Theory]
    [InlineData("广东/深圳")]
    [InlineData(null)]
    [InlineData("亚特兰蒂斯")]
    public void Elsewhere_the_general_pool_takes_it(string? region) => Assert.Equal(["nurture"], Policy.StandIns("nurture", region));

    [Fact]
    public void A_regional_pool_stands_only_for_its_own_general_pool() => Assert.Equal(["general"], Policy.StandIns("general", "江苏"));

    [Fact]
    public void A_regional_pool_counts_as_the_one_it_stands_for()
    {
        Assert.Equal("nurture", Policy.GeneralOf("suzhou"));
        Assert.Equal("company", Policy.GeneralOf("company"));
    }
}
