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

/// <summary>Return, transfer, withdrawal, voiding, reopening and protection.</summary>
public sealed class GivingUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_is_returned_only_by_its_owner_and_only_with_a_reason(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal(await shop.Returning.Return(zhang, lead, " ", ct: Ct)));
        Assert.IsType<LeadResult.Invalid>(await shop.Returning.Return(zhang, lead, new string('x', 501), ct: Ct));
        Assert.Equal(LeadRefusal.NotOwner, Refusal(await shop.Returning.Return(boss, lead, "why not", ct: Ct)));
        Assert.Equal(new LeadResult.Stale(1), await shop.Returning.Return(zhang, lead, "late", seen: 7, Ct));
        Assert.Equal((zhang.UserId, 1), await OwnerAndVersion(shop, lead));

        Assert.IsType<LeadResult.Done>(await shop.Returning.Return(zhang, lead, "other region", seen: 1, Ct));

        var stored = await shop.Stored(lead);
        Assert.Equal(((Guid?)null, LeadStatus.Unassigned), (stored.OwnerId, stored.Status));
        Assert.Equal("nurture", (await shop.Settings.Get(Ct)).Pools.Find(stored.PoolId!.Value)!.Key);
        var record = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct));
        Assert.Equal((Ended.Returned, "other region"), (record.Ended!.Value, record.Reason));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task What_is_returned_goes_to_the_pool_of_its_region(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Settings.Change(
            scope =>
            {
                scope.Db.Add(new Pool { Id = shop.Time.NewId(), Key = "jiangsu", Name = "江苏公海" });
                return Task.CompletedTask;
            },
            Ct);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with
        {
            Pools = new Dictionary<string, PoolRules> { ["jiangsu"] = new() { Regions = ["江苏"], StandsFor = "nurture" }, ["gone"] = new() { Regions = ["江苏/苏州"], StandsFor = "nurture" } },
        });
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead(company: "苏州归仓软件有限公司"));

        await shop.Returning.Return(zhang, landing.LeadId, "too far", ct: Ct);

        Assert.Equal("jiangsu", (await shop.Settings.Get(Ct)).Pools.Find((await shop.Stored(landing.LeadId)).PoolId!.Value)!.Key);
    }

    [Theory, OnBothDatabases]
    public async Task An_owner_transfers_a_lead_to_a_colleague_who_can_have_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, _) = await Owned(shop);
        var (li, away, full) = (await shop.Hire("Li"), await shop.Hire("Away"), await shop.Hire("Full", profile: new() { HoldingCap = 0 }));
        await shop.Settings.Change(scope => scope.Db.Users.Where(u => u.Id == away).ExecuteUpdateAsync(u => u.SetProperty(x => x.Status, PersonStatus.Away), Ct), Ct);

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal(await shop.Transferring.Transfer(zhang, lead, li, null, ct: Ct)));
        Assert.Equal(LeadRefusal.InactiveUser, Refusal(await shop.Transferring.Transfer(zhang, lead, away, "leave", ct: Ct)));
        Assert.Equal(LeadRefusal.HoldingCapReached, Refusal(await shop.Transferring.Transfer(zhang, lead, full, "leave", ct: Ct)));
        Assert.Equal(LeadRefusal.AlreadyOwned, Refusal(await shop.Transferring.Transfer(zhang, lead, zhang.UserId, "leave", ct: Ct)));
        Assert.IsType<LeadResult.Invalid>(await shop.Transferring.Transfer(zhang, lead, Guid.NewGuid(), "leave", ct: Ct));
        Assert.IsType<LeadResult.NotFound>(await shop.Transferring.Transfer(await shop.As(li), lead, li, "mine", ct: Ct));
        Assert.Equal((zhang.UserId, 1), await OwnerAndVersion(shop, lead));

        Assert.IsType<LeadResult.Done>(await shop.Transferring.Transfer(zhang, lead, li, "leave", ct: Ct));

        Assert.Equal((li, 2), await OwnerAndVersion(shop, lead));
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == li && n.Kind == NoticeKind.LeadAssigned);
        Assert.Equal(Ended.Transferred, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(o => o.OwnerId == zhang.UserId, Ct))).Ended);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_manager_withdraws_a_lead_into_a_pool_and_its_owner_is_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);

        Assert.IsType<LeadResult.Forbidden>(await shop.Withdrawing.Withdraw(zhang, lead, null, null, ct: Ct));
        Assert.IsType<LeadResult.Invalid>(await shop.Withdrawing.Withdraw(boss, lead, null, "invalid", ct: Ct));
        Assert.IsType<LeadResult.Invalid>(await shop.Withdrawing.Withdraw(boss, lead, null, "nowhere", ct: Ct));
        Assert.Equal((zhang.UserId, 1), await OwnerAndVersion(shop, lead));

        Assert.IsType<LeadResult.Done>(await shop.Withdrawing.Withdraw(boss, lead, "no progress", "active", ct: Ct));

        Assert.Equal("active", (await shop.Settings.Get(Ct)).Pools.Find((await shop.Stored(lead)).PoolId!.Value)!.Key);
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == zhang.UserId && n.Kind == NoticeKind.LeadTaken);
        Assert.Equal(LeadRefusal.NotOwned, Refusal(await shop.Withdrawing.Withdraw(boss, lead, null, null, ct: Ct)));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_voided_lead_belongs_to_nobody_and_can_be_reopened_for_its_last_owner(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);

        Assert.IsType<LeadResult.Forbidden>(await shop.Voiding.Void(zhang, lead, "typed twice", ct: Ct));
        Assert.Equal(LeadRefusal.NotClosed, Refusal(await shop.Reopening.Reopen(boss, lead, "why not", ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Voiding.Void(boss, lead, "typed twice", ct: Ct));
        Assert.Equal((null, LeadStatus.Voided), ((await shop.Stored(lead)).OwnerId, (await shop.Stored(lead)).Status));
        await shop.HoldingsAreExact();

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal(await shop.Reopening.Reopen(boss, lead, "", ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Reopening.Reopen(boss, lead, "it was real", ct: Ct));

        Assert.Equal((zhang.UserId, LeadStatus.Pending), ((await shop.Stored(lead)).OwnerId!.Value, (await shop.Stored(lead)).Status));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_reopened_lead_whose_owner_has_left_goes_to_a_pool(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        await shop.Invalidating.Invalidate(zhang, lead, "no_budget", null, ct: Ct);
        await shop.Settings.Change(scope => scope.Db.Users.Where(u => u.Id == zhang.UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.Status, PersonStatus.Departed), Ct), Ct);

        Assert.IsType<LeadResult.Done>(await shop.Reopening.Reopen(boss, lead, "budget came", ct: Ct));

        var stored = await shop.Stored(lead);
        Assert.Equal((null, LeadStatus.Unassigned, (string?)null), (stored.OwnerId, stored.Status, stored.InvalidReason));
        Assert.NotNull(stored.PoolId);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_manager_locks_a_lead_for_its_owner_and_extends_the_protection(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);

        Assert.IsType<LeadResult.Forbidden>(await shop.Protecting.Protect(zhang, lead, true, null, ct: Ct));
        Assert.IsType<LeadResult.Invalid>(await shop.Protecting.Protect(boss, lead, null, null, ct: Ct));
        Assert.IsType<LeadResult.Invalid>(await shop.Protecting.Protect(boss, lead, null, 0, ct: Ct));
        Assert.IsType<LeadResult.Done>(await shop.Protecting.Protect(boss, lead, true, 10, ct: Ct));

        var record = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct));
        Assert.Equal((boss.UserId, shop.Time.Now.AddDays(24)), (record.LockedBy!.Value, record.ProtectedUntil!.Value));
        Assert.IsType<LeadResult.Done>(await shop.Protecting.Protect(boss, lead, false, null, ct: Ct));
        Assert.Null((await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).LockedBy);
        Assert.Equal(
            [LeadEvent.Locked, LeadEvent.Protected, LeadEvent.Locked],
            await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind == LeadEvent.Locked || e.Kind == LeadEvent.Protected).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct)));
    }

    private static async Task<(Guid Lead, Viewer Owner, Viewer Boss)> Owned(Shop shop)
    {
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        Assert.Equal(zhang, landing.OwnerId);
        return (landing.LeadId, await shop.As(zhang), await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)));
    }

    private static async Task<(Guid, int)> OwnerAndVersion(Shop shop, Guid id)
    {
        var lead = await shop.Stored(id);
        return (lead.OwnerId!.Value, lead.Version);
    }

    private static string Refusal(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
