using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Settings;

public sealed class DepartUserTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Two_thousand_leads_and_the_accounts_go_to_a_colleague_with_their_next_steps(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang, li) = (await shop.Hire("Boss", BuiltInRoles.Administrator), await shop.Hire("Zhang"), await shop.Hire("Li", profile: new() { HoldingCap = null }));
        await Own(shop, zhang, 2_000);
        await shop.Store.Write(scope => { scope.Db.Add(new Account { Id = Guid.NewGuid(), Name = "归仓", OwnerId = zhang }); return scope.Db.SaveChangesAsync(Ct); }, Ct);
        Assert.Equal(new Holdings(2_000, 2_000, 0, 0, 1), await Departing(shop).Preview(zhang, Ct));

        var (done, result) = await Departing(shop).Depart(boss, zhang, new(To: li), Ct);

        Assert.IsType<PeopleResult.Done>(result);
        Assert.Equal(2_000, done!.Leads);
        Assert.False((await Holdings(shop, zhang)).Any);
        Assert.Equal(new Holdings(2_000, 2_000, 0, 0, 1), await Holdings(shop, li));
        Assert.Equal(2_000, await shop.Read(db => db.Set<OwnershipRecord>().CountAsync(o => o.OwnerId == zhang && o.Ended == Ended.Transferred, Ct)));
        Assert.Single(await shop.Read(db => db.Set<Notice>().Where(n => n.UserId == li).ToListAsync(Ct)));
        Assert.Null((await shop.Settings.Get(Ct)).ViewerOf(zhang));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Leads_go_to_a_pool_or_by_the_rules_to_anybody_but_who_departs(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang) = (await shop.Hire("Boss", BuiltInRoles.Administrator), await shop.Hire("Zhang"));
        var leads = new[] { (await shop.Submit(shop.Lead())).LeadId, (await shop.Submit(shop.Lead())).LeadId };
        var li = await shop.Hire("Li");

        await Departing(shop).Depart(boss, zhang, new(ByRule: true), Ct);
        Assert.All(leads, id => Assert.Equal(li, shop.Stored(id).Result.OwnerId));
        await Departing(shop).Depart(boss, li, new(Pool: "active"), Ct);

        var pools = (await shop.Settings.Get(Ct)).Pools;
        Assert.All(leads, id => Assert.Equal("active", pools.Find(shop.Stored(id).Result.PoolId!.Value)!.Key));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Keys_views_templates_pools_and_what_they_head_go_with_who_departs_either_way(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, li) = (await shop.Hire("Boss", BuiltInRoles.Administrator), await shop.Hire("Li"));
        var department = Guid.NewGuid();
        foreach (var handedOver in new[] { true, false })
        {
            var zhang = await shop.Hire("Zhang");
            await shop.Staff("sdr", [zhang], zhang);
            var (own, shared) = (Guid.NewGuid(), Guid.NewGuid());
            await shop.Store.Write(scope =>
            {
                var db = scope.Db;
                db.Add(new ApiKey { Id = Guid.NewGuid(), UserId = zhang, Name = "key", Hash = zhang.ToByteArray(), Prefix = "gk_" });
                db.Add(new SavedView { Id = own, UserId = zhang, Page = "leads", Name = "own", Query = "" });
                db.Add(new SavedView { Id = shared, UserId = zhang, Page = "leads", Name = "shared", Query = "", Shared = true });
                db.Add(new FollowUpTemplate { Id = Guid.NewGuid(), UserId = zhang, Name = "template", Method = FollowUpMethod.Call, Content = "x" });
                db.Add(new NoticeChannel { UserId = zhang, Kind = NoticeChannelKind.Mail });
                db.Add(new Department { Id = handedOver ? department : Guid.NewGuid(), Name = "华东", HeadId = zhang });
                return db.SaveChangesAsync(Ct);
            }, Ct);
            var found = (await shop.Read(db => Users.Find(db, zhang, Ct)))!.Input;
            var preview = (await Departing(shop).Preview(zhang, Ct))!;
            Assert.Equal((1, 1, 1, false), (preview.Shared, preview.Keys, preview.Pools, preview.Any));

            Assert.IsType<PeopleResult.Done>(handedOver
                ? (await Departing(shop).Depart(boss, zhang, new(To: li), Ct)).Result
                : await new SaveUser(shop.Settings, shop.Time).Change(boss, zhang, null, found with { Status = PersonStatus.Departed, Email = "zhang@example.com" }, null, Ct));

            Assert.NotNull((await shop.Read(db => db.Set<ApiKey>().SingleAsync(k => k.UserId == zhang, Ct))).RevokedAt);
            Assert.Equal(handedOver ? li : boss, (await shop.Read(db => db.Set<SavedView>().SingleAsync(v => v.Id == shared, Ct))).UserId);
            Assert.False(await shop.Read(db => db.Set<SavedView>().AnyAsync(v => v.Id == own, Ct)));
            Assert.False(await shop.Read(db => db.Set<FollowUpTemplate>().AnyAsync(t => t.UserId == zhang, Ct)));
            Assert.False(await shop.Read(db => db.Set<PoolMember>().AnyAsync(m => m.UserId == zhang, Ct)));
            Assert.False(await shop.Read(db => db.Set<NoticeChannel>().AnyAsync(c => c.UserId == zhang, Ct)));
            Assert.False(await shop.Read(db => db.Set<Department>().AnyAsync(d => d.HeadId == zhang, Ct)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_departs_while_something_would_stay_theirs_and_a_refusal_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang) = (await shop.Hire("Boss", BuiltInRoles.Administrator), await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var full = await shop.Hire("Full", profile: new() { HoldingCap = 0 });
        var input = (await shop.Read(db => Users.Find(db, zhang, Ct)))!.Input with { Status = PersonStatus.Departed, Email = "zhang@example.com" };

        Assert.Equal("still_owns", Refused(await new SaveUser(shop.Settings, shop.Time).Change(boss, zhang, null, input, null, Ct)));
        Assert.Equal("required", Refused((await Departing(shop).Depart(boss, zhang, new(), Ct)).Result));
        Assert.Equal("required", Refused((await Departing(shop).Depart(boss, zhang, new(full, "active"), Ct)).Result));
        Assert.Equal("unknown_value", Refused((await Departing(shop).Depart(boss, zhang, new(zhang), Ct)).Result));
        Assert.Equal("unknown_value", Refused((await Departing(shop).Depart(boss, zhang, new(Pool: "invalid"), Ct)).Result));
        Assert.Equal("holding_cap_reached", Refused((await Departing(shop).Depart(boss, zhang, new(full), Ct)).Result));
        Assert.Equal("last_administrator", Refused((await Departing(shop).Depart(boss, boss, new(ByRule: true), Ct)).Result));

        Assert.Equal((zhang, 1), ((await shop.Stored(lead)).OwnerId!.Value, (await shop.Stored(lead)).Version));
        Assert.Equal(PersonStatus.Active, (await shop.Settings.Latest(Ct)).People[zhang].Status);
    }

    [Theory, OnBothDatabases]
    public async Task Leads_that_come_in_while_somebody_departs_never_stay_with_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang, _) = (await shop.Hire("Boss", BuiltInRoles.Administrator), await shop.Hire("Zhang"), await shop.Hire("Li"));

        var coming = Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (_, _) => await shop.Submit(shop.Lead()));
        await Departing(shop).Depart(boss, zhang, new(ByRule: true), Ct);
        await coming;

        Assert.False((await Holdings(shop, zhang)).Any);
        await shop.HoldingsAreExact();
    }

    private static DepartUser Departing(Shop shop) => new(shop.Store, shop.Settings, shop.Vault, shop.Time);

    private static Task<Holdings> Holdings(Shop shop, Guid userId) => shop.Read(db => Application.Settings.Holdings.Of(db, userId, Ct));

    private static Task Own(Shop shop, Guid owner, int count) => shop.Store.Write(
        async scope =>
        {
            foreach (var id in Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()))
            {
                scope.Db.Add(new Lead { Id = id, OwnerId = owner, Status = LeadStatus.Working, NextStep = "call", NextAt = shop.Time.GetUtcNow() });
                scope.Db.Add(new OwnershipRecord { Id = Guid.CreateVersion7(), LeadId = id, OwnerId = owner, Acquired = Acquired.Imported });
            }

            await scope.Db.SaveChangesAsync(Ct);
            await scope.Db.Set<UserLoad>().Where(l => l.UserId == owner).ExecuteUpdateAsync(l => l.SetProperty(x => x.Holding, count), Ct);
        },
        Ct);

    private static string Refused(PeopleResult result) => Assert.IsType<PeopleResult.Refused>(result).Errors[0].Code;
}
