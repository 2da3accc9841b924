using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Desk;

public sealed class MyDeskTests
{
    [Theory, OnBothDatabases]
    public async Task What_came_in_stands_first_with_why_and_is_an_own_lead_once_it_was_seen(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Viewer(await shop.Hire("张伟", profile: new AssignmentProfile { DailyIntakeCap = 10 }));
        var first = (await shop.Submit(shop.Lead())).LeadId;
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await shop.Submit(shop.Lead())).LeadId;

        var desk = await Lay(shop, zhang);
        Assert.Equal([(DeskTask.Arrived, second), (DeskTask.Arrived, first)], desk.Next.Select(i => (i.Task, i.Lead.Id)));
        Assert.All(desk.Next, i => Assert.Contains(i.Why, r => r.Step == "assign"));
        Assert.Equal(new DeskFigures(2, 2, 10, 2, 150, 2), desk.Figures);

        Assert.Equal(1, await new Notices(shop.Store, shop.Time).See(zhang, second, Shop.Ct));
        desk = await Lay(shop, zhang);
        Assert.Equal([(DeskTask.Arrived, first), (DeskTask.Own, second)], desk.Next.Select(i => (i.Task, i.Lead.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task Held_leads_wait_for_those_who_check_them_and_for_nobody_else(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var zhang = await shop.Viewer(BuiltInRoles.SalesRepresentative);
        var held = (await shop.Submit(shop.Lead() with { Contact = new ContactDetails { Name = "测试", Phones = ["123"] } })).LeadId;

        var item = Assert.Single((await Lay(shop, admin)).Next);
        Assert.Equal((DeskTask.Check, held), (item.Task, item.Lead.Id));
        Assert.Contains(item.Why, r => r.Step == "cleanse");
        Assert.Empty((await Lay(shop, zhang)).Next);
    }

    [Theory, OnBothDatabases]
    public async Task Views_are_ones_own_until_they_are_shared_and_only_their_owner_deletes_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Viewer(BuiltInRoles.SalesRepresentative);
        var li = await shop.Viewer(BuiltInRoles.Sdr);
        var views = new SavedViews(shop.Store, shop.Time);
        var filter = LeadFilter.Parse("priority=high&channel=展会&q=纷扬");
        Assert.Equal("required", Assert.Single(await views.Save(zhang, "  ", filter, false, Shop.Ct)).Code);
        Assert.Empty(await views.Save(zhang, " 展会高优 ", filter, false, Shop.Ct));
        Assert.Empty(await views.Of(li, Shop.Ct));

        Assert.Empty(await views.Save(zhang, "展会高优", filter with { Q = null }, true, Shop.Ct));
        var shared = Assert.Single(await views.Of(li, Shop.Ct));
        Assert.Equal(("展会高优", (filter with { Q = null }).ToString()), (shared.Name, shared.Query));
        Assert.False(await views.Delete(li, shared.Id, Shop.Ct));
        Assert.False(await views.Share(li, shared.Id, false, Shop.Ct));
        Assert.True(await views.Delete(zhang, shared.Id, Shop.Ct));
        Assert.Empty(await views.Of(zhang, Shop.Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Notices_tell_the_latest_first_and_are_seen_one_by_one_or_all_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Viewer(await shop.Hire("张伟"));
        for (var i = 0; i < 3; i++)
        {
            await shop.Submit(shop.Lead());
        }

        var notices = new Notices(shop.Store, shop.Time);
        var (lines, next) = await notices.Read(zhang, null, Shop.Ct);
        Assert.Null(next);
        Assert.Equal(3, lines.Count);
        Assert.Equal(lines.OrderByDescending(l => l.Notice.Id).Select(l => l.Notice.Id), lines.Select(l => l.Notice.Id));
        Assert.All(lines, l => Assert.NotNull(l.Lead));
        Assert.Equal(2, (await notices.Read(zhang, lines[0].Notice.Id, Shop.Ct)).Lines.Count);
        Assert.Equal(1, await notices.See(zhang, lines[0].Lead!.Id, Shop.Ct));
        Assert.Equal(2, await notices.See(zhang, null, Shop.Ct));
        Assert.All((await notices.Read(zhang, null, Shop.Ct)).Lines, l => Assert.NotNull(l.Notice.SeenAt));
    }

    private static Task<DeskView> Lay(Shop shop, Viewer viewer) =>
        new MyDesk(shop.Store, shop.Settings, new LeadList(shop.Store, shop.Vault, shop.Settings), shop.Time).Lay(viewer, Shop.Ct);
}
