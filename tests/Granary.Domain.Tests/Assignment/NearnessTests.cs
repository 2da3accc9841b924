using Granary.Domain.Assignment;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class NearnessTests
{
    private static readonly AssignmentRule Near = Rule(AssignmentMethod.RoundRobin) with { Require = new() { MatchRegion = true } };

    private readonly Office _office = new(Near, Zhang with { Regions = ["江苏/苏州", "上海"] }, Li with { Regions = ["江苏"] }, Wang);

    [Theory]
    [InlineData("江苏/苏州", "张张")]
    [InlineData("江苏/南京", "李李")]
    [InlineData("江苏", "李李")]
    [InlineData("上海", "张张")]
    [InlineData("广东/深圳", "王王")]
    public void City_comes_before_province_and_that_before_everywhere(string region, string names) =>
        Assert.Equal(names, _office.Names(2, From(region)));

    [Fact]
    public void Lead_of_unknown_region_goes_to_all_alike() => Assert.Equal("张李王", _office.Names(3));

    [Fact]
    public void Farther_ones_take_over_when_the_nearest_is_full()
    {
        var office = new Office(Near, Zhang with { Regions = ["江苏/苏州"], DailyIntakeCap = 1 }, Li with { Regions = ["江苏"], DailyIntakeCap = 1 }, Wang);

        Assert.Equal("张李王", office.Names(3, From("苏州")));
    }

    [Fact]
    public void Ledger_says_who_is_farther_away_and_who_does_not_serve_the_region()
    {
        Assert.Equal(Ineligible.FartherAway, _office.VerdictOn(Wang, From("苏州")));
        Assert.Equal(Ineligible.Region, _office.VerdictOn(Li, From("上海")));
    }
}
