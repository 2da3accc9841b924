using Granary.Domain.Ownership;

namespace Granary.Domain.Tests.Ownership;

public sealed class ClaimTests
{
    private static readonly PoolRules Rules = new();

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_member_claims_a_lead_that_nobody_owns() => Assert.Null(Of(new()));

    [Fact]
    public void The_twentieth_claim_of_a_day_is_the_last()
    {
        Assert.Null(Of(new() { ClaimedToday = 19 }));
        Assert.Equal(ClaimRefusal.ClaimCapReached, Of(new() { ClaimedToday = 20 }));
        Assert.Equal((20, 1, 0), (Claim.Left(Rules, 0), Claim.Left(Rules, 19), Claim.Left(Rules, 25)));
    }

    [Fact]
    public void The_smaller_of_the_pools_cap_and_ones_own_limits_what_is_held()
    {
        Assert.Equal(ClaimRefusal.HoldingCapReached, Of(new() { Holding = 150 }));
        Assert.Equal(ClaimRefusal.HoldingCapReached, Of(new() { Holding = 10, HoldingCap = 10 }));
        Assert.Equal(ClaimRefusal.HoldingCapReached, Of(new() { Holding = 150, HoldingCap = 500 }));
        Assert.Equal(500, Claim.MostHeld(Rules with { HoldingCap = null }, 500));
        Assert.Null(Claim.Refusal(Rules with { HoldingCap = null }, new() { Holding = 100_000 }, Now));
    }

    [Fact]
    public void Who_lost_a_lead_cannot_claim_it_for_thirty_days()
    {
        Assert.Equal(ClaimRefusal.CoolingDown, Of(new() { LostAt = Now.AddDays(-30).AddTicks(1) }));
        Assert.Null(Of(new() { LostAt = Now.AddDays(-30) }));
        Assert.Null(Claim.Refusal(Rules with { CoolDownDays = 0 }, new() { LostAt = Now }, Now));
    }

    [Fact]
    public void Nothing_is_claimed_from_the_invalid_and_the_blacklist_pool()
    {
        Assert.Equal(ClaimRefusal.NotClaimable, Claim.Refusal(PoolPolicy.BuiltIn.For("invalid"), new(), Now));
        Assert.Equal(ClaimRefusal.NotClaimable, Claim.Refusal(PoolPolicy.BuiltIn.For("blacklist"), new(), Now));
    }

    [Fact]
    public void Who_lost_the_race_hears_of_that_before_anything_else() =>
        Assert.Equal(ClaimRefusal.AlreadyOwned, Of(new() { Owned = true, InPool = false, Member = false, ClaimedToday = 99 }));

    [Theory]
    [InlineData(ClaimRefusal.AlreadyOwned, "already_owned")]
    [InlineData(ClaimRefusal.NotAMember, "not_a_member")]
    [InlineData(ClaimRefusal.ClaimCapReached, "claim_cap_reached")]
    public void Refusals_have_stable_codes(ClaimRefusal refusal, string code) => Assert.Equal(code, refusal.Code());

    private static ClaimRefusal? Of(ClaimCase claim) => Claim.Refusal(Rules, claim, Now);
}
