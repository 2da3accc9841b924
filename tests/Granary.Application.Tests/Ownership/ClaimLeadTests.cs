using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class ClaimLeadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_member_claims_a_lead_from_the_pool_and_is_protected(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang) = (await shop.Pooled(), await Member(shop, "Zhang"));

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, lead, seen: 1, Ct));

        var stored = await shop.Stored(lead);
        Assert.Equal((zhang.UserId, (Guid?)null, LeadStatus.Pending, 2), (stored.OwnerId!.Value, stored.PoolId, stored.Status, stored.Version));
        var record = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct));
        Assert.Equal((Acquired.Claimed, shop.Time.Now.AddDays(14)), (record.Acquired, record.ProtectedUntil!.Value));
        Assert.Equal("nurture", (await shop.Settings.Get(Ct)).Pools.Find(record.FromPoolId!.Value)!.Key);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Who_may_not_claim_is_told_why_and_the_lead_stays_in_its_pool(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Pooled();
        var stranger = await shop.As(await shop.Hire("Stranger"));
        var administrator = await shop.As(await shop.Hire("Admin", BuiltInRoles.Administrator));
        var office = await shop.As(await shop.Hire("Office", BuiltInRoles.LeadAdministrator));

        Assert.IsType<LeadResult.NotFound>(await shop.Claiming.Claim(stranger, lead, ct: Ct));
        Assert.Equal(LeadRefusal.NotAMember, Refusal(await shop.Claiming.Claim(administrator, lead, ct: Ct)));
        Assert.IsType<LeadResult.Forbidden>(await shop.Claiming.Claim(office, lead, ct: Ct));

        await Untouched(shop, lead);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_comes_second_hears_that_it_is_owned_whatever_version_they_saw(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Pooled();
        var (zhang, li) = (await Member(shop, "Zhang"), await Member(shop, "Li"));
        await shop.Claiming.Claim(zhang, lead, ct: Ct);

        Assert.Equal(LeadRefusal.AlreadyOwned, Refusal(await shop.Claiming.Claim(li, lead, seen: 1, Ct)));
        Assert.Equal(LeadRefusal.AlreadyOwned, Refusal(await shop.Claiming.Claim(zhang, lead, ct: Ct)));
        Assert.Equal(zhang.UserId, (await shop.Stored(lead)).OwnerId);
    }

    [Theory, OnBothDatabases]
    public async Task Caps_of_the_day_and_of_holdings_stop_a_claim(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Guid[] leads = [await shop.Pooled(), await shop.Pooled(), await shop.Pooled()];
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new() { DailyClaimCap = 2 } });
        var (zhang, li) = (await Member(shop, "Zhang"), await Member(shop, "Li", new() { HoldingCap = 0 }));

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, leads[0], ct: Ct));
        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, leads[1], ct: Ct));
        Assert.Equal(LeadRefusal.ClaimCapReached, Refusal(await shop.Claiming.Claim(zhang, leads[2], ct: Ct)));
        Assert.Equal(LeadRefusal.HoldingCapReached, Refusal(await shop.Claiming.Claim(li, leads[2], ct: Ct)));

        await Untouched(shop, leads[2]);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Claiming_and_returning_does_not_give_claims_back_and_a_new_day_does(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        Guid[] leads = [await shop.Pooled(), await shop.Pooled(), await shop.Pooled()];
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new() { DailyClaimCap = 2 } });
        var zhang = await Member(shop, "Zhang");

        foreach (var lead in leads[..2])
        {
            Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, lead, ct: Ct));
            Assert.IsType<LeadResult.Done>(await shop.Returning.Return(zhang, lead, "not mine", ct: Ct));
        }

        Assert.Equal(LeadRefusal.ClaimCapReached, Refusal(await shop.Claiming.Claim(zhang, leads[2], ct: Ct)));
        Assert.Equal(LeadRefusal.CoolingDown, Refusal(await shop.Claiming.Claim(zhang, leads[0], ct: Ct)));
        // Midnight in China.
        clock.Advance(TimeSpan.FromHours(15));
        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, leads[2], ct: Ct));
        clock.Advance(TimeSpan.FromDays(30));
        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, leads[0], ct: Ct));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task What_a_rule_assigns_consumes_no_claims_and_a_claim_consumes_no_intake(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Pooled();
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new() { DailyClaimCap = 1 } });
        var zhang = await Member(shop, "Zhang", new() { DailyIntakeCap = 2 });
        Assert.Equal(zhang.UserId, (await shop.Submit(shop.Lead())).OwnerId);

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, lead, ct: Ct));
        Assert.Equal(zhang.UserId, (await shop.Submit(shop.Lead())).OwnerId);
        Assert.Null((await shop.Submit(shop.Lead())).OwnerId);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_without_a_counter_gets_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Pooled();
        var zhang = await Member(shop, "Zhang");
        await shop.Store.Write(scope => scope.Db.Set<Granary.Application.Assignment.UserLoad>().ExecuteDeleteAsync(Ct), Ct);

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(zhang, lead, ct: Ct));

        Assert.Equal(1, await shop.Read(db => db.Set<Granary.Application.Assignment.UserLoad>().Select(l => l.Holding).SingleAsync(Ct)));
    }

    private static async Task<Viewer> Member(Shop shop, string name, AssignmentProfile? profile = null)
    {
        var id = await shop.Hire(name, profile: profile);
        await shop.Join(id, "nurture");
        return await shop.As(id);
    }

    private static async Task Untouched(Shop shop, Guid id)
    {
        var lead = await shop.Stored(id);
        Assert.Equal((null, LeadStatus.Unassigned, 1), (lead.OwnerId, lead.Status, lead.Version));
        Assert.NotNull(lead.PoolId);
        Assert.False(await shop.Read(db => db.Set<OwnershipRecord>().AnyAsync(o => o.LeadId == id, Ct)));
    }

    private static string Refusal(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
