using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Tests.FollowUp;
using Granary.Domain.Tests.Scoring;
using static Granary.Domain.Tests.FollowUp.Watch;

namespace Granary.Domain.Tests.Ownership;

public sealed class FlowsTests
{
    private static readonly DateTimeOffset Monday = At(2026, 11, 2, 10, 0), Ever = DateTimeOffset.MinValue;

    [Fact]
    public void Seven_working_days_with_sales_and_no_SQL_flow_to_nurture()
    {
        var held = Held(BuiltInRoles.SalesRepresentative);

        Assert.Equal(At(2026, 11, 11, 10, 0), Look(held, Monday).NextAt);
        Assert.Equal("sales_no_sql", Look(held, At(2026, 11, 11, 10, 0)).Due?.Id);
    }

    [Fact]
    public void Protection_is_waited_for_and_what_is_locked_stays()
    {
        var held = Held(BuiltInRoles.SalesRepresentative) with { ProtectedUntil = At(2026, 11, 18, 10, 0) };

        Assert.Equal(At(2026, 11, 18, 10, 0), Look(held, Monday).NextAt);
        Assert.Null(Look(held with { Locked = true }, At(2027, 1, 1, 0, 0)).Due);
    }

    [Fact]
    public void Protection_that_ends_on_a_Sunday_ends_with_it()
    {
        var held = Held(BuiltInRoles.SalesRepresentative) with { ProtectedUntil = At(2026, 11, 15, 10, 0) };

        Assert.Equal(At(2026, 11, 16, 0, 0), Look(held, Monday).NextAt);
        Assert.Null(Look(held, At(2026, 11, 15, 11, 0)).Due);
    }

    [Fact]
    public void Who_cleans_leads_does_not_lose_them_to_the_rule_of_sales() => Assert.Null(Look(Held(BuiltInRoles.Sdr), Monday).NextAt);

    [Fact]
    public void What_has_fallen_twice_wanders_on_half_a_year_later()
    {
        Assert.Equal("nurture_to_active", Look(Pooled(PoolKeys.Nurture, 2), Monday.AddDays(180)).Due?.Id);
        Assert.Null(Look(Pooled(PoolKeys.Nurture, 1), Monday.AddDays(180)).Due);
        Assert.Equal(PoolKeys.General, Look(Pooled(PoolKeys.Active, 2), Monday.AddDays(180)).Due?.To);
        Assert.Equal(PoolKeys.Company, Look(Pooled(PoolKeys.General, 2), Monday.AddDays(180)).Due?.To);
        Assert.Null(Look(Pooled(PoolKeys.Company, 2), Monday.AddDays(1800)).Due);
    }

    [Fact]
    public void A_regional_pool_counts_as_the_one_it_stands_for()
    {
        var policy = PoolPolicy.BuiltIn with
        {
            Pools = new Dictionary<string, PoolRules> { ["js"] = new() { Regions = ["江苏"], StandsFor = PoolKeys.Nurture } },
        };

        Assert.Equal("nurture_to_active", Flows.Look(policy, Ever, Pooled("js", 2), Calendar, Monday.AddDays(181)).Due?.Id);
    }

    [Theory]
    [InlineData(PoolKeys.Blacklist)]
    [InlineData(PoolKeys.Invalid)]
    public void Nothing_flows_out_of_the_blacklist_by_itself_whatever_a_rule_says(string pool)
    {
        var policy = new PoolPolicy { Flows = [new() { Id = "out", Name = "out", Pool = pool, To = PoolKeys.General }] };

        Assert.Null(Flows.Look(policy, Ever, Pooled(pool, 9), Calendar, Monday.AddYears(9)) is { Due: null, NextAt: null } ? null : "flows");
    }

    [Fact]
    public void A_new_rule_does_not_move_everything_on_its_first_day()
    {
        var published = Monday.AddYears(1);

        var look = Flows.Look(PoolPolicy.BuiltIn, published, Pooled(PoolKeys.Active, 1), Calendar, published);

        Assert.Equal((null, published.AddDays(180)), (look.Due, look.NextAt));
    }

    private static FlowLook Look(FlowFacts facts, DateTimeOffset now) => Flows.Look(PoolPolicy.BuiltIn, Ever, facts, Watch.Calendar, now);

    private static FlowFacts Held(string role) =>
        new() { Lead = Leads.Facts(), Since = Monday, Ownerships = 1, Owner = new Representative { Id = Guid.NewGuid(), Name = "张", Roles = [role] } };

    private static FlowFacts Pooled(string pool, int ownerships) => new() { Lead = Leads.Facts(), Pool = pool, Since = Monday, Ownerships = ownerships };
}
