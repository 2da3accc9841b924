using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;

namespace Granary.Domain.Tests.Ownership;

public sealed class PoolPolicyTests
{
    [Fact]
    public void What_comes_with_the_product_is_sound() => Assert.Empty(PoolPolicy.BuiltIn.Validate());

    [Fact]
    public void The_built_in_caps_are_twenty_claims_a_day_150_held_and_thirty_days_of_cooling_down() =>
        Assert.Equal((20, 150, 30), (PoolPolicy.BuiltIn.For("sdr").DailyClaimCap, PoolPolicy.BuiltIn.For("sdr").HoldingCap, PoolPolicy.BuiltIn.For("sdr").CoolDownDays));

    [Fact]
    public void Nothing_is_claimed_from_the_invalid_and_the_blacklist_pool() =>
        Assert.Equal(["invalid", "blacklist"], PoolKeys.All.Where(key => !PoolPolicy.BuiltIn.For(key).Claimable));

    [Fact]
    public void Flows_that_do_not_wait_and_come_back_to_where_they_begin_go_in_circles() =>
        Assert.Equal(
            ["flows[0].to", "flows[1].to", "flows[2].to"],
            Circles(new PoolPolicy { Flows = [Flow("sdr", "nurture"), Flow("nurture", "active"), Flow("active", "sdr"), Flow("general", "sdr")] }));

    [Fact]
    public void A_circle_in_which_one_flow_waits_turns_slowly_and_is_allowed() =>
        Assert.Empty(Circles(new PoolPolicy { Flows = [Flow("sdr", "nurture"), Flow("nurture", "sdr", days: 1)] }));

    [Fact]
    public void A_regional_pool_counts_as_the_one_it_stands_for() =>
        Assert.Equal(["flows[0].to"], Circles(new PoolPolicy
        {
            Pools = new Dictionary<string, PoolRules> { ["nurture_east"] = new() { Regions = ["上海"], StandsFor = "nurture" } },
            Flows = [Flow("nurture", "nurture_east")],
        }));

    [Fact]
    public void Offering_a_lead_to_the_next_in_line_for_ever_goes_in_circles_too() =>
        Assert.Equal(["flows[0].to"], Circles(new PoolPolicy { Flows = [Flow("sdr", "sdr") with { NextInLine = true }] }));

    [Fact]
    public void What_leads_from_holdings_to_a_pool_is_no_circle() =>
        Assert.Empty(Circles(new PoolPolicy { Flows = [Flow("sdr", "nurture"), Flow("sdr", "sdr") with { Id = "sales", From = FlowSource.Sales, Pool = null }] }));

    [Fact]
    public void A_pool_cannot_stand_in_for_itself() => Assert.Contains(
        new FieldError("pools.east.standsFor", "goes_nowhere"),
        new PoolPolicy { Pools = new Dictionary<string, PoolRules> { ["east"] = new() { Regions = ["上海"], StandsFor = "east" } } }.Validate());

    private static IEnumerable<string> Circles(PoolPolicy policy) => policy.Validate().Where(e => e.Code == "goes_in_circles").Select(e => e.Field);

    private static FlowRule Flow(string from, string to, int days = 0) => new() { Id = $"{from}-{to}", Name = $"{from} → {to}", Pool = from, To = to, AfterDays = days };
}
