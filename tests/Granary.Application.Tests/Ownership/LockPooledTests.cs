using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

/// <summary>What a pool's manager sees of leads that others hold from it, and how they keep them there (§9).</summary>
public sealed class LockPooledTests
{
    [Theory, OnBothDatabases]
    public async Task A_manager_lists_who_holds_what_came_from_the_pool_and_nothing_else(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (one, two, back, elsewhere) = (await shop.Laid("sdr", "甲公司"), await shop.Laid("sdr", "乙公司"), await shop.Laid("sdr", "丙公司"), await shop.Laid("active", "丁公司"));
        var (zhang, li, manager) = (await shop.Hire("Zhang"), await shop.Hire("Li"), await shop.Hire("Wang", "lead_creator"));
        await shop.Staff("sdr", [zhang, li], manager);
        await shop.Staff("active", [zhang]);
        foreach (var (lead, by) in new[] { (one, zhang), (two, li), (back, li), (elsewhere, zhang) })
        {
            Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(await shop.As(by), lead, ct: Shop.Ct));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<LeadResult.Done>(await shop.Returning.Return(await shop.As(li), back, "客户要找别人", ct: Shop.Ct));
        var (viewer, pool, held) = (await shop.As(manager), (await shop.Pool("sdr")).Id, new PoolHeld(shop.Store));

        var first = await held.Read(viewer, pool, new HeldFilter(), take: 1, ct: Shop.Ct);
        Assert.Equal(["乙公司", "甲公司"], first.Select(h => h.Name));
        Assert.Equal([(two, li, false)], first.Take(1).Select(h => (h.LeadId, h.OwnerId, h.Opens)));
        Assert.Equal([one], (await held.Read(viewer, pool, new HeldFilter(), first[0].OwnershipId, 1, Shop.Ct)).Select(h => h.LeadId));
        Assert.Equal([one], (await held.Read(viewer, pool, new HeldFilter(Owner: zhang), ct: Shop.Ct)).Select(h => h.LeadId));
        Assert.Equal(2, await held.Count(pool, new HeldFilter(), Shop.Ct));
        Assert.True(Assert.Single(await held.Read(await shop.As(zhang), pool, new HeldFilter(Owner: zhang), ct: Shop.Ct)).Opens);
    }

    [Theory, OnBothDatabases]
    public async Task Locking_keeps_the_rest_going_past_what_is_no_longer_held_and_stands_in_the_log(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (one, back, foreign) = (await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("active"));
        var (zhang, manager) = (await shop.Hire("Zhang"), await shop.Hire("Wang", "lead_creator"));
        await shop.Staff("sdr", [zhang], manager);
        await shop.Staff("active", [zhang]);
        foreach (var lead in new[] { one, foreign })
        {
            Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(await shop.As(zhang), lead, ct: Shop.Ct));
        }

        var (viewer, pool) = (await shop.As(manager), (await shop.Pool("sdr")).Id);
        var locking = new LockPooled(shop.Verb);
        var results = await locking.Lock(viewer, pool, [back, foreign, one, Guid.NewGuid()], true, 5, Shop.Ct);

        Assert.Equal(new LeadResult.Refused(LeadRefusal.NotHeldFromPool), results[0]);
        Assert.IsType<LeadResult.NotFound>(results[1]);
        Assert.IsType<LeadResult.Done>(results[2]);
        Assert.IsType<LeadResult.NotFound>(results[3]);
        var ownership = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == one, Shop.Ct));
        Assert.Equal((manager, shop.Time.GetUtcNow().AddDays(14 + 5)), (ownership.LockedBy!.Value, ownership.ProtectedUntil!.Value));
        var events = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == one && (e.Kind == LeadEvent.Locked || e.Kind == LeadEvent.Protected)).ToListAsync(Shop.Ct));
        Assert.Equal([manager, manager], events.Select(e => e.ActorId!.Value));
        Assert.Null((await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == foreign, Shop.Ct))).LockedBy);
        Assert.Equal([one], (await new PoolHeld(shop.Store).Read(viewer, pool, new HeldFilter(Locked: true), ct: Shop.Ct)).Select(h => h.LeadId));

        Assert.IsType<LeadResult.Done>(Assert.Single(await locking.Lock(viewer, pool, [one], false, null, Shop.Ct)));
        Assert.Empty(await new PoolHeld(shop.Store).Read(viewer, pool, new HeldFilter(Locked: true), ct: Shop.Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Neither_a_member_nor_the_manager_of_another_pool_locks_and_nothing_is_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Laid("sdr");
        var (zhang, manager) = (await shop.Hire("Zhang"), await shop.Hire("Wang", "lead_creator"));
        await shop.Staff("sdr", [zhang]);
        await shop.Staff("active", [], manager);
        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(await shop.As(zhang), lead, ct: Shop.Ct));
        var (pool, locking) = ((await shop.Pool("sdr")).Id, new LockPooled(shop.Verb));
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));

        Assert.IsType<LeadResult.Forbidden>(Assert.Single(await locking.Lock(await shop.As(zhang), pool, [lead], true, null, Shop.Ct)));
        Assert.IsType<LeadResult.Forbidden>(Assert.Single(await locking.Lock(await shop.As(manager), pool, [lead], true, null, Shop.Ct)));
        Assert.Equal([new FieldError("locked", "required")], Assert.IsType<LeadResult.Invalid>(Assert.Single(await locking.Lock(boss, pool, [lead], null, null, Shop.Ct))).Errors);
        Assert.IsType<LeadResult.Invalid>(Assert.Single(await locking.Lock(boss, pool, [lead], null, 366, Shop.Ct)));
        Assert.IsType<LeadResult.Done>(Assert.Single(await locking.Lock(boss, pool, [lead], true, null, Shop.Ct)));
    }
}
