using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

/// <summary>What a manager does with the leads of a pool, and what members may look at.</summary>
public sealed class PooledLeadTests
{
    [Theory, OnBothDatabases]
    public async Task A_manager_moves_leads_to_another_pool_and_one_that_cannot_be_moved_stops_none_of_the_others(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (one, two, elsewhere) = (await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("active"));
        var manager = await shop.Hire("Manager", "lead_creator");
        await shop.Staff("sdr", [], manager);
        var (sdr, nurture) = (await shop.Pool("sdr"), await shop.Pool("nurture"));
        clock.Advance(TimeSpan.FromHours(3));

        var results = await shop.Moving.Move(await shop.As(manager), sdr.Id, [two, elsewhere, Guid.NewGuid(), one], nurture.Id, Shop.Ct);

        Assert.IsType<LeadResult.Done>(results[0]);
        Assert.IsType<LeadResult.NotFound>(results[1]);
        Assert.IsType<LeadResult.NotFound>(results[2]);
        Assert.IsType<LeadResult.Done>(results[3]);
        var lead = await shop.Stored(one);
        Assert.Equal((nurture.Id, shop.Time.Now, 2), (lead.PoolId!.Value, lead.PlacedAt, lead.Version));
        var moved = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.SubjectId == one && e.Kind == LeadEvent.Moved, Shop.Ct));
        Assert.Equal(new MovedData(sdr.Id, nurture.Id, "nurture", null), Json.Read<MovedData>(moved.Data));
        Assert.Equal(manager, moved.ActorId);
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_moved_to_where_it_lies_to_nowhere_or_into_the_check(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Laid("sdr");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var sdr = await shop.Pool("sdr");
        foreach (var to in new[] { sdr.Id, Guid.NewGuid(), (await shop.Pool("invalid")).Id })
        {
            Assert.IsType<LeadResult.Invalid>(Assert.Single(await shop.Moving.Move(boss, sdr.Id, [lead], to, Shop.Ct)));
        }

        Assert.Equal((sdr.Id, 1), ((await shop.Stored(lead)).PoolId!.Value, (await shop.Stored(lead)).Version));
    }

    [Theory, OnBothDatabases]
    public async Task A_member_who_manages_nothing_neither_moves_nor_assigns(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Laid("sdr");
        var zhang = await shop.Hire("Zhang");
        await shop.Staff("sdr", [zhang]);
        var (viewer, sdr) = (await shop.As(zhang), await shop.Pool("sdr"));

        Assert.IsType<LeadResult.Forbidden>(Assert.Single(await shop.Moving.Move(viewer, sdr.Id, [lead], (await shop.Pool("nurture")).Id, Shop.Ct)));
        Assert.IsType<LeadResult.Forbidden>(Assert.Single(await shop.Giving.To(viewer, sdr.Id, [lead], zhang, Shop.Ct)));
        Assert.IsType<LeadResult.Forbidden>(Assert.Single(await shop.Giving.ByRule(viewer, sdr.Id, [lead], Shop.Ct)));
        Assert.Null((await shop.Stored(lead)).OwnerId);
    }

    [Theory, OnBothDatabases]
    public async Task Leads_of_a_pool_are_given_to_one_up_to_their_holding_cap(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Guid[] leads = [await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("sdr")];
        var manager = await shop.Hire("Manager", "lead_creator");
        var zhang = await shop.Hire("Zhang", "lead_creator", new() { HoldingCap = 2 });
        await shop.Staff("sdr", [], manager);
        var sdr = await shop.Pool("sdr");

        var results = await shop.Giving.To(await shop.As(manager), sdr.Id, leads, zhang, Shop.Ct);

        Assert.Equal(2, results.Count(r => r is LeadResult.Done));
        Assert.Single(results, r => r is LeadResult.Refused(LeadRefusal.HoldingCapReached));
        var owned = await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.OwnerId == zhang).ToListAsync(Shop.Ct));
        Assert.All(owned, o => Assert.Equal((Acquired.AssignedByAdministrator, sdr.Id), (o.Acquired, o.FromPoolId!.Value)));
        Assert.Equal(2, owned.Count);
        await shop.HoldingsAreExact();

        var again = await shop.Giving.To(await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), sdr.Id, leads, manager, Shop.Ct);
        Assert.Equal(2, again.Count(r => r is LeadResult.Refused(LeadRefusal.AlreadyOwned)));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task The_rules_give_leads_of_a_pool_out_and_leave_those_for_whom_there_is_nobody(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Guid[] leads = [await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("sdr")];
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var sdr = await shop.Pool("sdr");
        Assert.All(await shop.Giving.ByRule(boss, sdr.Id, leads, Shop.Ct), r => Assert.Equal(new LeadResult.Refused(LeadRefusal.NobodyEligible), r));
        Assert.All(leads, id => Assert.Equal(sdr.Id, shop.Stored(id).Result.PoolId));

        var zhang = await shop.Hire("Zhang", profile: new() { HoldingCap = 2 });
        var results = await shop.Giving.ByRule(boss, sdr.Id, leads, Shop.Ct);

        Assert.Equal(2, results.Count(r => r is LeadResult.Done(var lead) && lead.OwnerId == zhang));
        Assert.Single(results, r => r is LeadResult.Refused(LeadRefusal.NobodyEligible));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_member_looks_at_so_many_contacts_a_day_as_the_pool_allows_and_again_at_those_seen(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        Guid[] leads = [await shop.Laid("sdr"), await shop.Laid("sdr"), await shop.Laid("sdr")];
        var (member, outsider) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        await shop.Staff("sdr", [member]);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { DailyViewCap = 2 } });
        var zhang = await shop.As(member);

        Assert.StartsWith("+86139", Assert.Single((await shop.Revealing.Reveal(zhang, leads[0], Shop.Ct)).Contacts).Value, StringComparison.Ordinal);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[1], Shop.Ct)).Result);
        var (contacts, result) = await shop.Revealing.Reveal(zhang, leads[2], Shop.Ct);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.ViewCapReached), result);
        Assert.Empty(contacts);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[0], Shop.Ct)).Result);
        Assert.IsType<LeadResult.NotFound>((await shop.Revealing.Reveal(await shop.As(outsider), leads[0], Shop.Ct)).Result);

        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        foreach (var lead in leads)
        {
            Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(boss, lead, Shop.Ct)).Result);
        }

        clock.Advance(TimeSpan.FromDays(1));
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[2], Shop.Ct)).Result);
    }

    [Theory, OnBothDatabases]
    public async Task Two_looks_at_once_do_not_exceed_the_cap(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        List<Guid> leads = [];
        for (var i = 0; i < 12; i++)
        {
            leads.Add(await shop.Laid("sdr"));
        }

        var member = await shop.Hire("Zhang");
        await shop.Staff("sdr", [member]);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { DailyViewCap = 5 } });
        var zhang = await shop.As(member);

        var looks = await Task.WhenAll(leads.Select(id => Task.Run(() => shop.Revealing.Reveal(zhang, id, Shop.Ct))));

        Assert.Equal(5, looks.Count(l => l.Result is LeadResult.Done));
        Assert.Equal(7, looks.Count(l => l.Result is LeadResult.Refused(LeadRefusal.ViewCapReached)));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_pool_does_not_show_is_hidden_from_its_members_and_not_from_its_manager(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lead = await shop.Laid("sdr", "北京纷扬科技有限公司");
        var (member, manager) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        await shop.Staff("sdr", [member], manager);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { VisibleFields = ["industry", "size"] } });
        var sdr = await shop.Pool("sdr");

        var row = Assert.Single((await shop.InPools.Read(await shop.As(member), sdr, LeadFilter.All, ct: Shop.Ct)).Items);
        Assert.Equal((null, "张**", "软件", 0, null), (row.Lead.CompanyName, row.Lead.ContactName, row.Lead.Industry, row.Lead.Score, row.Phone));
        var listed = Assert.Single((await shop.Listing.Read(await shop.As(member), LeadFilter.All, ct: Shop.Ct)).Items);
        Assert.Equal((null, "张**", null), (listed.Company, listed.Contact, listed.Phone));
        var detail = await new ReadLead(shop.Store, shop.Vault, shop.Settings).Find(await shop.As(member), lead, Shop.Ct);
        Assert.Equal((null, true), (detail!.Lead.CompanyName, detail.Rights.Reveal));
        Assert.Empty(detail.Contacts);
        Assert.Equal(0, await shop.InPools.Count(await shop.As(member), sdr, LeadFilter.Parse("company=北京纷扬"), Shop.Ct));

        row = Assert.Single((await shop.InPools.Read(await shop.As(manager), sdr, LeadFilter.Parse("q=北京纷扬"), ct: Shop.Ct)).Items);
        Assert.Equal(("北京纷扬科技有限公司", "张三"), (row.Lead.CompanyName, row.Lead.ContactName));
        Assert.Contains("****", row.Phone, StringComparison.Ordinal);
    }
}
