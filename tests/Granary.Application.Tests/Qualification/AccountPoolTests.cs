using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Pools;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class AccountPoolTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_account_goes_to_a_pool_is_masked_there_claimed_and_its_history_tells_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Pools = new Dictionary<string, PoolRules> { [PoolKeys.General] = new() { VisibleFields = ["industry", "region"] } } });
        var (zhang, li, id) = await Pooled(shop, PoolKeys.General);

        Assert.Empty((await Reading(shop).Read(await shop.As(await shop.Hire("Stranger")), ct: Ct)).Items);
        var seen = Assert.Single((await Reading(shop).Read(li, ct: Ct)).Items);
        Assert.Equal((id, null, "软件", null, true), (seen.Id, seen.Name, seen.Industry, seen.Contacts, seen.Claimable));
        Assert.Null(await new ReadAccount(shop.Store, shop.Vault, shop.Settings).Find(li, id, Ct));
        Assert.Equal("not_in_pool", Refused(await Moving(shop).Claim(zhang, await Account(shop, zhang, "上海数聚软件有限公司"), ct: Ct)));

        var claimed = Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Claim(li, id, ct: Ct)).Record;
        Assert.Equal((li.UserId, null), (claimed.OwnerId!.Value, claimed.PoolId));
        Assert.Equal("北京纷扬科技有限公司", (await new ReadAccount(shop.Store, shop.Vault, shop.Settings).Find(li, id, Ct))!.Account.Name);
        Assert.All(await shop.Read(db => db.Set<AccountKey>().Where(k => k.AccountId == id).ToListAsync(Ct)), k => Assert.Equal(li.UserId, k.OwnerId));
        Assert.Equal(
            [AccountEvent.Created, AccountEvent.Pooled, AccountEvent.Claimed],
            await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == id).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_who_claim_one_account_at_once_one_gets_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (_, li, id) = await Pooled(shop, PoolKeys.General);
        List<Viewer> members = [li];
        for (var i = 0; i < 7; i++)
        {
            var user = await shop.Hire($"Member {i}");
            await shop.Join(user, PoolKeys.General);
            members.Add(await shop.As(user));
        }

        var results = await Task.WhenAll(members.Select(m => Task.Run(() => Moving(shop).Claim(m, id, ct: Ct), Ct)));

        Assert.Single(results, r => r is AccountResult<Account>.Done);
        Assert.All(results.OfType<AccountResult<Account>.Refused>(), r => Assert.Equal("already_owned", r.Code));
        Assert.Equal(1, await shop.Read(db => db.Set<AccountClaim>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_pools_caps_and_cool_down_hold_for_accounts_too_also_at_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Pools = new Dictionary<string, PoolRules> { [PoolKeys.General] = new() { DailyClaimCap = 2, HoldingCap = 3, CoolDownDays = 10 }, [PoolKeys.Company] = new() { Claimable = false } } });
        var (zhang, li, first) = await Pooled(shop, PoolKeys.General);
        await shop.Join(li.UserId, PoolKeys.Company);
        li = await shop.As(li.UserId);
        List<Guid> ids = [first];
        foreach (var name in new[] { "上海数聚软件有限公司", "广州远大机械有限公司", "深圳新锐电子有限公司", "天津海河船舶有限公司" })
        {
            ids.Add(await Account(shop, zhang, name));
            await Moving(shop).Return(zhang, ids[^1], PoolKeys.General, "行业不符", ct: Ct);
        }

        var results = await Task.WhenAll(ids.Select(id => Task.Run(() => Moving(shop).Claim(li, id, ct: Ct), Ct)));
        Assert.Equal(2, results.Count(r => r is AccountResult<Account>.Done));
        Assert.All(results.OfType<AccountResult<Account>.Refused>(), r => Assert.Equal("claim_cap_reached", r.Code));

        var own = await shop.Read(db => db.Set<Account>().Where(a => a.OwnerId == li.UserId).Select(a => a.Id).ToListAsync(Ct));
        Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Return(li, own[0], PoolKeys.General, "没有需求", ct: Ct));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("cooling_down", Refused(await Moving(shop).Claim(li, own[0], ct: Ct)));
        var left = ids.Except(own).ToList();
        Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Claim(li, left[0], ct: Ct));
        Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Claim(li, left[1], ct: Ct));
        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal("holding_cap_reached", Refused(await Moving(shop).Claim(li, own[0], ct: Ct)));
        await Moving(shop).Return(zhang, await Account(shop, zhang, "青岛海洋装备有限公司"), PoolKeys.Company, "区域调整", ct: Ct);
        Assert.Equal("not_claimable", Refused(await Moving(shop).Claim(li, (await Reading(shop).Read(li, (await shop.Settings.Get(Ct)).Pools.Find(PoolKeys.Company)!.Id, ct: Ct)).Items.Single().Id, ct: Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Giving_to_a_pool_asks_for_a_reason_and_an_open_pool_and_an_edit_takes_it_out_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var id = await Account(shop, zhang, "北京纷扬科技有限公司");

        Assert.Equal("reason_required", Refused(await Moving(shop).Return(zhang, id, null, " ", ct: Ct)));
        foreach (var pool in new[] { PoolKeys.Invalid, PoolKeys.Blacklist, "moon" })
        {
            Assert.Equal("pool", Assert.IsType<AccountResult<Account>.Invalid>(await Moving(shop).Return(zhang, id, pool, "行业不符", ct: Ct)).Errors.Single().Field);
        }

        Assert.IsType<AccountResult<Account>.Stale>(await Moving(shop).Return(zhang, id, null, "行业不符", 7, Ct));
        var pooled = Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Return(zhang, id, null, "行业不符", ct: Ct)).Record;
        Assert.Equal((await shop.Settings.Get(Ct)).Pools.Find(PoolKeys.Nurture)!.Id, pooled.PoolId);
        Assert.IsType<AccountResult<Account>.NotFound>(await Moving(shop).Return(zhang, id, null, "再来", ct: Ct));

        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var edited = Assert.IsType<AccountResult<Account>.Done>(await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Change(boss, id, i => i with { OwnerId = zhang.UserId }, null, Ct)).Record;
        Assert.Equal((zhang.UserId, null, null), (edited.OwnerId!.Value, edited.PoolId, edited.PooledAt));
    }

    private static MoveAccount Moving(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static PooledAccounts Reading(Shop shop) => new(shop.Store, shop.Settings);

    private static string Refused(AccountResult<Account> result) => Assert.IsType<AccountResult<Account>.Refused>(result).Code;

    private static async Task<Guid> Account(Shop shop, Viewer viewer, string name) =>
        (await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(viewer, new AccountInput(name, null, viewer.UserId, [new("李四", null, "13911112222", null)]) { Industry = "软件" }, Ct)).Id!.Value;

    private static async Task<(Viewer Zhang, Viewer Li, Guid Id)> Pooled(Shop shop, string pool)
    {
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        await shop.Join(li, pool);
        var viewer = await shop.As(zhang);
        var id = await Account(shop, viewer, "北京纷扬科技有限公司");
        Assert.IsType<AccountResult<Account>.Done>(await Moving(shop).Return(viewer, id, pool, "行业不符", ct: Ct));
        return (viewer, await shop.As(li), id);
    }
}
