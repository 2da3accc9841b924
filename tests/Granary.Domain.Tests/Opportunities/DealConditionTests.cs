using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class DealConditionTests
{
    private static readonly DealRule East = new() { Fields = [new DealCondition("region", ["east", "west"])], PaidPercent = 100 };

    [Theory]
    [InlineData("east", true)]
    [InlineData("north", false)]
    [InlineData("north,west", true)]
    [InlineData(null, false)]
    public void A_rule_decides_where_custom_fields_hold_what_it_asks_for(string? region, bool decides)
    {
        var facts = new DealFacts("standard", [], 100m, ContractState.Signed, 0) { Custom = region is null ? [] : new Dictionary<string, string> { ["region"] = region } };

        Assert.Equal(decides, ReferenceEquals(East, DealRules.For([East], facts)));
        // Without the rule a contract signed by both is enough; with it the payment is missing.
        Assert.Equal(!decides, DealRules.Won([East], facts));
    }

    [Fact]
    public void A_condition_has_a_field_and_values() => Assert.Equal(
        [("x.fields", "required")], (East with { Fields = [new DealCondition("", ["a"]), new DealCondition("a", [])] }).Errors("x").Select(e => (e.Field, e.Code)));
}
