using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Intake.Import;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Application.Tests.Intake.Import;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class RecountTests
{
    private const string Known = "北京老客户科技有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_log_tells_of_a_capture_first_and_where_a_held_lead_lies(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");

        var (held, owned) = (await Held(shop), (await shop.Submit(shop.Lead())).LeadId);

        Assert.Equal([LeadEvent.Captured, LeadEvent.Pooled], await Told(shop, held));
        Assert.Equal([LeadEvent.Captured, LeadEvent.Assigned], await Told(shop, owned));
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task An_invalid_lead_that_nobody_owned_is_told_to_lie_in_the_invalid_pool(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var (pooled, owned) = (await shop.Pooled(), await Owned(shop));

        await shop.Invalidating.Invalidate(boss, pooled, "no_intention", null, ct: Ct);
        await shop.Invalidating.Invalidate(boss, owned, "no_intention", null, ct: Ct);
        await Agrees(shop);
        await shop.Reopening.Reopen(boss, pooled, "again", ct: Ct);
        await shop.Reopening.Reopen(boss, owned, "again", ct: Ct);
        await Agrees(shop);
        await shop.Voiding.Void(boss, owned, "mistake", ct: Ct);
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task A_released_lead_of_a_known_account_leaves_the_invalid_pool_and_is_told_to_be_converted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var held = await Held(shop, Known);
        await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(boss, new AccountInput(Known, null, zhang, []), Ct);

        var (landing, _) = await shop.Releasing.Release(boss, held, ct: Ct);

        Assert.Equal(LandingOutcome.ConvertedToExisting, landing!.Outcome);
        var lead = await shop.Stored(held);
        Assert.Equal((LeadStatus.Converted, zhang, (Guid?)null), (lead.Status, lead.OwnerId!.Value, lead.PoolId));
        Assert.Contains(LeadEvent.Converted, await Told(shop, held));
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task A_change_of_a_key_field_is_told_to_have_counted_as_a_follow_up(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;

        var (fields, version) = (await shop.Editing.Begin(zhang, lead, Ct))!.Value;
        await shop.Editing.Save(zhang, lead, fields with { Requirement = "采购 30 套" }, version, Ct);

        Assert.Equal((LeadStatus.Working, 1), ((await shop.Stored(lead)).Status, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).FollowUps));
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task Leads_that_a_reverted_import_had_placed_are_told_to_be_back_where_they_were(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (imports, phone) = (new Imports(shop), shop.NewPhone());
        var pool = await Refreshed(shop, phone);
        var import = await imports.Import($"编号,公司,姓名,电话,需求\n1,,张三,{phone},采购\n2,,李四,{shop.NewPhone()},采购\n");
        Assert.Equal((1, 1), (import.Refreshed, import.Created));
        await Agrees(shop);

        Assert.IsType<RevertResult.Reverted>(await imports.Reverting.Revert(import.Id, null, Ct));

        var lead = await shop.Read(db => db.Set<Lead>().SingleAsync(l => l.Status != LeadStatus.Voided, Ct));
        Assert.Equal((pool, (Guid?)null), (lead.PoolId!.Value, lead.OwnerId));
        Assert.Contains(LeadEvent.PutBack, await Told(shop, lead.Id));
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_whose_old_pool_was_retired_meanwhile_goes_to_nurture_when_its_import_is_reverted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (imports, phone) = (new Imports(shop), shop.NewPhone());
        var pool = await Refreshed(shop, phone);
        var import = await imports.Import($"编号,公司,姓名,电话,需求\n1,,张三,{phone},采购\n");
        Assert.IsType<SettingResult.Done>(await shop.Pools.Retire(Guid.Empty, pool, Ct));

        Assert.IsType<RevertResult.Reverted>(await imports.Reverting.Revert(import.Id, null, Ct));

        Assert.Equal((await shop.Pool("nurture")).Id, (await shop.Read(db => db.Set<Lead>().SingleAsync(Ct))).PoolId);
        await Agrees(shop);
    }

    [Theory, OnBothDatabases]
    public async Task Whatever_was_changed_behind_the_log_is_named(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var (lost, moved, closed, stranger) = (await Owned(shop), await Owned(shop), await Owned(shop), Guid.CreateVersion7(shop.Time.Now));
        await shop.Store.Write(async scope =>
        {
            await scope.Db.Set<Lead>().Where(l => l.Id == lost).ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.Status, LeadStatus.Unassigned), Ct);
            await scope.Db.Set<Lead>().Where(l => l.Id == moved).ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, stranger), Ct);
            await scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == closed).ExecuteUpdateAsync(o => o.SetProperty(x => x.Ended, Ended.Returned).SetProperty(x => x.To, shop.Time.Now), Ct);
            scope.Db.Add(new EventRecord { At = shop.Time.Now, SubjectId = stranger, Kind = LeadEvent.Captured });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);

        var recount = await new RecountLeads(shop.Store).Run(Ct);

        Assert.Equal([lost], recount.Nowhere);
        Assert.Equal(new[] { lost, moved, closed, stranger }.ToHashSet(), recount.Differences.Where(d => !d.What.StartsWith("holding", StringComparison.Ordinal)).Select(d => d.Id).ToHashSet());
        Assert.Contains(recount.Differences, d => d.What == "holding: leads 1, counter 3");
        Assert.Contains(recount.Differences, d => d.Id == moved && d.What.StartsWith("owner: log ", StringComparison.Ordinal));
    }

    private static async Task Agrees(Shop shop)
    {
        var recount = await new RecountLeads(shop.Store).Run(Ct);
        Assert.Empty(recount.Differences);
        Assert.Empty(recount.Nowhere);
    }

    private static Task<List<string>> Told(Shop shop, Guid lead) =>
        shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == lead).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct));

    private static async Task<Guid> Owned(Shop shop) => (await shop.Submit(shop.Lead())).LeadId;

    private static async Task<Guid> Held(Shop shop, string? company = null)
    {
        var lead = shop.Lead(company: company);
        var landing = await shop.Submit(lead with { Contact = lead.Contact with { Name = "测试" } });
        Assert.Equal(LandingOutcome.Held, landing.Outcome);
        return landing.LeadId;
    }

    /// <summary>A consumer who lies in a pool of the organisation's own and whom somebody would get when they come in again; the pool.</summary>
    private static async Task<Guid> Refreshed(Shop shop, string phone)
    {
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        Assert.IsType<SettingResult.Done>(await shop.Pools.Create(Guid.Empty, "own", "自有池", Ct));
        var lead = (await shop.Submit(shop.Lead(phone))).LeadId;
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var (from, to) = ((await shop.Stored(lead)).PoolId!.Value, (await shop.Pool("own")).Id);
        Assert.IsType<LeadResult.Done>((await shop.Moving.Move(boss, from, [lead], to, Ct))[0]);
        await shop.Hire("Zhang");
        return to;
    }
}
