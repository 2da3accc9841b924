using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Settings;

public sealed class SavePoolTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_pool_is_made_renamed_and_taken_away_and_the_log_says_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var chief = await shop.Hire("主管", "system_administrator");
        var id = Guid.Parse(Assert.IsType<SettingResult.Done>(await shop.Pools.Create(chief, " east ", " 华东公海 ", Shop.Ct)).Key);
        Assert.Equal(("east", "华东公海", false), await Stored(shop, id));

        Assert.IsType<SettingResult.Done>(await shop.Pools.Rename(chief, id, "华东区公海", Shop.Ct));
        Assert.Equal("华东区公海", (await shop.Pool("east")).Name);
        Assert.IsType<SettingResult.Done>(await shop.Pools.Retire(chief, id, Shop.Ct));
        Assert.Null((await shop.Settings.Latest(Shop.Ct)).Pools.Find("east"));
        Assert.IsType<SettingResult.Missing>(await shop.Pools.Retire(chief, id, Shop.Ct));

        var told = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == id).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Shop.Ct));
        Assert.Equal(["pool.created", "pool.renamed", "pool.retired"], told);
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_key_or_name_that_will_not_do_is_refused_and_nothing_is_made(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Pools.Create(Guid.Empty, "east", "华东", Shop.Ct);
        (string? Key, string? Name, string Field, string Code)[] wrong =
        [
            (null, "x", "key", "required"), ("East", "x", "key", "malformed"), ("1st", "x", "key", "malformed"), ("e-w", "x", "key", "malformed"),
            (new string('a', 41), "x", "key", "too_long"), ("east", "x", "key", "duplicate"), ("sdr", "x", "key", "duplicate"),
            ("west", " ", "name", "required"), ("west", new string('x', 61), "name", "too_long"), ("west", "华东", "name", "duplicate"), ("west", "a\u0007b", "name", "control_character"),
        ];
        foreach (var (key, name, field, code) in wrong)
        {
            Assert.Equal((field, code), Error(await shop.Pools.Create(Guid.Empty, key, name, Shop.Ct)));
        }

        var sdr = (await shop.Pool("sdr")).Id;
        Assert.Equal(("name", "built_in"), Error(await shop.Pools.Rename(Guid.Empty, sdr, "x", Shop.Ct)));
        Assert.Equal(("key", "built_in"), Error(await shop.Pools.Retire(Guid.Empty, sdr, Shop.Ct)));
        Assert.Equal(8, await shop.Read(db => db.Set<Pool>().CountAsync(Shop.Ct)));
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_pool_stays_while_leads_lie_in_it_or_a_policy_or_its_draft_names_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Pools.Create(Guid.Empty, "east", "华东", Shop.Ct);
        var east = await shop.Pool("east");
        var lead = await shop.Laid("east");
        Assert.Equal(("key", "has_leads"), Error(await shop.Pools.Retire(Guid.Empty, east.Id, Shop.Ct)));

        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        Assert.IsType<LeadResult.Done>(Assert.Single(await shop.Moving.Move(boss, east.Id, [lead], (await shop.Pool("nurture")).Id, Shop.Ct)));
        var policies = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        await policies.Draft(Guid.Empty, PolicyKind.Pools, Json.Write(PoolPolicy.BuiltIn with { ReturnPool = "east" }), Shop.Ct);
        var refused = Assert.IsType<SettingResult.Refused>(await shop.Pools.Retire(Guid.Empty, east.Id, Shop.Ct));
        Assert.Equal(("named_by_policy", "pools"), (refused.Errors[0].Code, refused.Errors[0].Limit));

        await policies.Discard(Guid.Empty, PolicyKind.Pools, Shop.Ct);
        Assert.IsType<SettingResult.Done>(await shop.Pools.Retire(Guid.Empty, east.Id, Shop.Ct));
    }

    [Theory]
    [OnBothDatabases]
    public async Task Departments_and_roles_become_the_people_who_are_in_them_when_it_is_saved(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li, wang, boss) = (await shop.Hire("Zhang"), await shop.Hire("Li"), await shop.Hire("Wang", "sdr"), await shop.Hire("Boss", "sales_supervisor"));
        var company = shop.Time.NewId();
        var team = shop.Time.NewId();
        await shop.Settings.Change(
            async scope =>
            {
                scope.Db.Add(new Department { Id = company, Name = "公司" });
                scope.Db.Add(new Department { Id = team, Name = "华东", ParentId = company });
                await scope.Db.SaveChangesAsync(Shop.Ct);
                await scope.Db.Users.Where(u => u.Id == zhang).ExecuteUpdateAsync(u => u.SetProperty(x => x.DepartmentId, (Guid?)team), Shop.Ct);
            },
            Shop.Ct);
        var sdr = await shop.Pool("sdr");

        await shop.Joining.Save(Guid.Empty, sdr.Id, new PoolMembership { Departments = [company], Roles = ["sdr"], Managers = [boss] }, Shop.Ct);
        Assert.Equal(Sorted(zhang, wang, boss), await Members(shop, sdr.Id));
        Assert.Equal([sdr.Id], (await shop.As(boss)).Managed);
        Assert.Empty((await shop.As(zhang)).Managed);

        await shop.Joining.Save(Guid.Empty, sdr.Id, new PoolMembership { Members = [li, boss] }, Shop.Ct);
        Assert.Equal(Sorted(li, boss), await Members(shop, sdr.Id));
        Assert.Empty((await shop.As(boss)).Managed);
        var refused = Assert.IsType<SettingResult.Refused>(await shop.Joining.Save(
            Guid.Empty, sdr.Id, new PoolMembership { Members = [li, Guid.NewGuid()], Departments = [Guid.NewGuid()], Roles = ["nobody"] }, Shop.Ct));
        Assert.Equal(["members[1]", "departments[0]", "roles[0]"], refused.Errors.Select(e => e.Field));
        Assert.Equal(Sorted(li, boss), await Members(shop, sdr.Id));
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_policy_that_names_a_pool_nobody_has_is_refused_at_each_place(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var policies = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        var lost = new PoolPolicy
        {
            ReturnPool = "a",
            Pools = new Dictionary<string, PoolRules> { ["b"] = new() { Regions = ["上海"], StandsFor = "c" } },
            Flows = [new() { Id = "f", Name = "f", Pool = "d", To = "e", AfterDays = 1 }, new() { Id = "g", Name = "g", Pool = PoolKeys.Sdr, To = PoolKeys.Nurture, AfterDays = 1 }],
        };

        var refused = Assert.IsType<SettingResult.Refused>(await policies.Draft(Guid.Empty, PolicyKind.Pools, Json.Write(lost), Shop.Ct));
        Assert.Equal(["flows[0].pool", "flows[0].to", "pools.b", "pools.b.standsFor", "returnPool"], refused.Errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        Assert.All(refused.Errors, e => Assert.Equal("unknown", e.Code));
    }

    private static async Task<(string, string, bool)> Stored(Shop shop, Guid id) =>
        await shop.Read(async db => await db.Set<Pool>().SingleAsync(p => p.Id == id, Shop.Ct) is { } pool ? (pool.Key, pool.Name, pool.BuiltIn) : default);

    private static (string Field, string Code) Error(SettingResult result)
    {
        var error = Assert.Single(Assert.IsType<SettingResult.Refused>(result).Errors);
        return (error.Field, error.Code);
    }

    private static IEnumerable<Guid> Sorted(params Guid[] ids) => ids.Order();

    private static async Task<IEnumerable<Guid>> Members(Shop shop, Guid pool) =>
        (await shop.Read(db => db.Set<PoolMember>().Where(m => m.PoolId == pool).Select(m => m.UserId).ToListAsync(Shop.Ct))).Order();
}
