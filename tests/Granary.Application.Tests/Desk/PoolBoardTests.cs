using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class PoolBoardTests
{
    [Theory, OnBothDatabases]
    public async Task Somebody_sees_their_pools_with_stock_and_what_they_may_still_claim(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var leads = new[] { await shop.Laid("sdr"), await shop.Laid("sdr") };
        clock.Advance(TimeSpan.FromDays(1));
        await shop.Laid("sdr");
        await shop.Laid("active");
        var member = await shop.Hire("Zhang", profile: new() { HoldingCap = 5 });
        await shop.Staff("sdr", [member]);
        await shop.Staff("invalid", [member]);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { DailyClaimCap = 3, HoldingCap = 150 } });
        var zhang = await shop.As(member);
        Assert.All(await new ClaimPooled(new ClaimLead(shop.Verb)).Claim(zhang, leads, Shop.Ct), r => Assert.IsType<LeadResult.Done>(r));

        var cards = await shop.Board.Of(zhang, Shop.Ct);

        Assert.Equal(["sdr", "invalid"], cards.Select(c => c.Pool.Key));
        Assert.Equal((1, 1, true, false), (cards[0].Stock, cards[0].NewToday, cards[0].Member, cards[0].Manages));
        Assert.Equal((1, 3, 1), (cards[0].Claims!.ClaimsLeft, cards[0].Claims!.PlacesLeft, cards[0].Claims!.Left));
        Assert.Null(cards[1].Claims);
        Assert.Null(await shop.Board.Find(zhang, "active", Shop.Ct));
        Assert.NotNull(await shop.Board.Find(await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), "active", Shop.Ct));
        Assert.Empty(await shop.Board.Of(await shop.As(await shop.Hire("Li")), Shop.Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Claiming_several_stops_at_the_cap_and_says_which_were_left(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Guid[] leads = [await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("sdr")];
        var member = await shop.Hire("Zhang");
        await shop.Staff("sdr", [member]);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { DailyClaimCap = 1 } });

        var results = await new ClaimPooled(new ClaimLead(shop.Verb)).Claim(await shop.As(member), leads, Shop.Ct);

        Assert.IsType<LeadResult.Done>(results[0]);
        Assert.All(results.Skip(1), r => Assert.Equal(new LeadResult.Refused(LeadRefusal.ClaimCapReached), r));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_its_reader_returned_says_until_when_it_cools_down(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Laid("sdr");
        var (member, other) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        await shop.Staff("sdr", [member, other]);
        await Owned(shop, lead, member, shop.Time.GetUtcNow().AddDays(-10), Ended.Returned);
        var sdr = await shop.Pool("sdr");

        async Task<DateTimeOffset?> Cools(Guid user) => Assert.Single((await shop.InPools.Read(await shop.As(user), sdr, LeadFilter.All, ct: Shop.Ct)).Items).CoolsUntil;
        Assert.Equal(shop.Time.GetUtcNow().AddDays(20), await Cools(member));
        Assert.Null(await Cools(other));
    }

    [Theory, OnBothDatabases]
    public async Task Repeated_claim_and_return_and_empty_follow_ups_are_reported_with_the_leads_behind_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (one, two, old) = (await shop.Laid("sdr", "甲公司"), await shop.Laid("sdr", "乙公司"), await shop.Laid("sdr", "丙公司"));
        var (player, honest, manager) = (await shop.Hire("Zhang"), await shop.Hire("Li"), await shop.Hire("Wang"));
        await shop.Staff("sdr", [player, honest], manager);
        var now = shop.Time.GetUtcNow();
        foreach (var days in new[] { 1, 40, 89 })
        {
            await Owned(shop, one, player, now.AddDays(-days), Ended.Returned);
        }

        // Once is no repetition, and neither is what lies too far back or was taken away.
        await Owned(shop, two, player, now.AddDays(-3), Ended.Returned);
        await Owned(shop, old, player, now.AddDays(-91), Ended.Returned);
        await Owned(shop, old, player, now.AddDays(-2), Ended.Returned);
        await Owned(shop, two, honest, now.AddDays(-60), Ended.Recycled);
        await Owned(shop, two, honest, now.AddDays(-2), Ended.Recycled);
        await Wrote(shop, one, player, "已 联系，待跟进");
        foreach (var lead in new[] { one, two, old })
        {
            await Wrote(shop, lead, player, "客户表示暂时不需要，下个月再联系看看");
        }

        await Wrote(shop, two, honest, "与采购经理确认预算五十万，约定周四上门演示");

        var signs = Assert.Single(await shop.Gaming.Of(await shop.As(manager), (await shop.Pool("sdr")).Id, Shop.Ct));

        Assert.Equal(player, signs.UserId);
        Assert.Equal([new Repetition(one, "甲公司", 3)], signs.Returned);
        Assert.Equal([new Repetition(one, "甲公司", 1)], signs.Short);
        Assert.Equal(new[] { one, two, old }.Order(), signs.Repeated.Select(r => r.LeadId).Order());
        Assert.Equal(7, signs.Weight);
    }

    private static Task Owned(Shop shop, Guid lead, Guid owner, DateTimeOffset from, Ended ended) => shop.Store.Write(
        async scope =>
        {
            var pool = await scope.Db.Set<Pool>().Where(p => p.Key == "sdr").Select(p => p.Id).SingleAsync(Shop.Ct);
            scope.Db.Add(new OwnershipRecord { Id = Guid.CreateVersion7(from), LeadId = lead, OwnerId = owner, Acquired = Acquired.Claimed, From = from, FromPoolId = pool, Ended = ended, To = from });
            await scope.Db.SaveChangesAsync(Shop.Ct);
        },
        Shop.Ct);

    private static Task Wrote(Shop shop, Guid lead, Guid author, string content) => shop.Store.Write(
        async scope =>
        {
            var now = shop.Time.GetUtcNow();
            scope.Db.Add(new FollowUpRecord { Id = Guid.CreateVersion7(now), LeadId = lead, AuthorId = author, At = now, RecordedAt = now, Method = FollowUpMethod.Call, Content = content });
            await scope.Db.SaveChangesAsync(Shop.Ct);
        },
        Shop.Ct);
}
