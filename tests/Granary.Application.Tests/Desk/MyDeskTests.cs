using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Desk;

public sealed class MyDeskTests
{
    [Theory, OnBothDatabases]
    public async Task What_to_do_now_stands_in_order_overdue_first_and_the_figures_are_todays(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Viewer(await shop.Hire("张伟", profile: new AssignmentProfile { DailyIntakeCap = 10 }));
        List<Guid> ids = [];
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await shop.Submit(shop.Lead())).LeadId);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        await shop.Deadline(ids[0], shop.Time.Now.AddHours(3), "response_high");
        await shop.Deadline(ids[1], shop.Time.Now.AddMinutes(-5), "response_high");
        await shop.Deadline(ids[2], shop.Time.Now.AddHours(-2), "first_contact");
        await shop.Deadline(ids[3], shop.Time.Now.AddDays(3), "sales_decision");
        await shop.Planned(ids[4], LeadStatus.Working, shop.Time.Now.AddHours(1));
        await shop.Planned(ids[5], LeadStatus.Working, shop.Time.Now.AddDays(2));
        await shop.Planned(ids[6], LeadStatus.Working, null);

        var desk = await Lay(shop, zhang);
        Assert.Equal(
            [(DeskTask.Overdue, ids[2]), (DeskTask.Overdue, ids[1]), (DeskTask.DueSoon, ids[0]), (DeskTask.New, ids[3]), (DeskTask.NextStep, ids[4]), (DeskTask.Plan, ids[6])],
            desk.Next.Select(i => (i.Task, i.Lead.Id)));
        Assert.Equal("first_contact", desk.Next[0].Rule);
        Assert.Contains(desk.Next[3].Why, r => r.Step == "assign");
        Assert.Equal(new DeskFigures(7, 0, 0, 2, 0, 7, 150, null), desk.Figures);
        Assert.Equal(2, desk.Waiting[DeskTask.Overdue]);
        Assert.Equal([ids[4]], (await Lay(shop, zhang, DeskTask.NextStep)).Next.Select(i => i.Lead.Id));
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_given_by_hand_says_who_gave_it_and_not_why_it_lay_where_it_was_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var landing = await shop.Submit(shop.Lead());
        var zhang = await shop.Viewer(await shop.Hire("张伟"));
        var boss = await shop.Viewer(await shop.Hire("李总", BuiltInRoles.LeadAdministrator));
        Assert.IsType<LeadResult.Done>(await shop.Assigning.Assign(boss, landing.LeadId, zhang.UserId, ct: Shop.Ct));

        var line = Assert.Single((await Lay(shop, zhang)).Next);

        Assert.Equal((DeskTask.New, (Guid?)boss.UserId), (line.Task, line.GivenBy));
        Assert.Empty(line.Why);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_came_in_again_is_shown_until_it_was_seen(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Viewer(await shop.Hire("张伟"));
        var phone = shop.NewPhone();
        var first = (await shop.Submit(shop.Lead(phone))).LeadId;
        await shop.Planned(first, LeadStatus.Working, shop.Time.Now.AddDays(4));
        await shop.Submit(shop.Lead(phone));
        var item = Assert.Single((await Lay(shop, zhang)).Next, i => i.Task == DeskTask.Reentered);
        Assert.Equal(first, item.Lead.Id);
        await new Notices(shop.Store, shop.Time).See(zhang, item.Lead.Id, ct: Shop.Ct);
        Assert.DoesNotContain((await Lay(shop, zhang)).Next, i => i.Task == DeskTask.Reentered);
    }

    [Theory, OnBothDatabases]
    public async Task Open_requests_stand_on_the_desk_of_those_who_may_decide_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var zhang = await shop.Viewer(await shop.Hire("张伟"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var request = new LeadRequest { Id = shop.Time.NewId(), LeadId = lead, Kind = LeadRequestKind.Adjustment, AskedBy = zhang.UserId, AskedAt = shop.Time.Now, Reason = "行业不熟" };
        await shop.Store.Write(async scope => { scope.Db.Add(request); await scope.Db.SaveChangesAsync(Shop.Ct); }, Shop.Ct);
        var item = Assert.Single((await Lay(shop, admin)).Next);
        Assert.Equal((DeskTask.Decide, request.Id), (item.Task, item.Request!.Id));
        Assert.DoesNotContain((await Lay(shop, zhang)).Next, i => i.Task == DeskTask.Decide);
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
        var (lines, next) = await notices.Read(zhang, null, ct: Shop.Ct);
        Assert.Null(next);
        Assert.Equal(3, lines.Count);
        Assert.Equal(lines.OrderByDescending(l => l.Notice.Id).Select(l => l.Notice.Id), lines.Select(l => l.Notice.Id));
        Assert.All(lines, l => Assert.NotNull(l.Lead));
        Assert.Equal(2, (await notices.Read(zhang, lines[0].Notice.Id, ct: Shop.Ct)).Lines.Count);
        Assert.Equal(1, await notices.See(zhang, lines[0].Lead!.Id, ct: Shop.Ct));
        Assert.Equal(2, await notices.See(zhang, null, ct: Shop.Ct));
        Assert.All((await notices.Read(zhang, null, ct: Shop.Ct)).Lines, l => Assert.NotNull(l.Notice.SeenAt));
    }

    private static Task<DeskView> Lay(Shop shop, Viewer viewer, DeskTask? only = null) =>
        new MyDesk(shop.Store, shop.Settings, new LeadList(shop.Store, shop.Vault, shop.Settings), shop.Time).Lay(viewer, only, ct: Shop.Ct);
}
