using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

/// <summary>A desk that is longer than a page: everything on it is seen once, in one order.</summary>
public sealed class MyDeskPagesTests
{
    [Theory, OnBothDatabases]
    public async Task Somebody_with_many_overdue_leads_sees_them_all_in_order_though_time_goes_on_between_the_pages(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Viewer(await shop.Hire("张伟", profile: new AssignmentProfile { DailyIntakeCap = null, HoldingCap = null }));
        var ids = await Submit(shop, 120);
        var now = shop.Time.Now;
        await Add(shop, ids.Take(110).Select((id, i) => Due(id, now.AddMinutes(-1 - (i / 3)))).Concat(ids.Skip(110).Select((id, i) => Due(id, now.AddMinutes(5 + i)))));

        var pages = await Pages(shop, zhang, null, () => clock.Advance(TimeSpan.FromMinutes(10)));
        Assert.Equal([50, 50, 20], pages.Select(p => p.Count));
        var all = pages.SelectMany(p => p).ToList();
        Assert.Equal(ids.Order(), all.Select(i => i.Lead.Id).Order());
        Assert.Equal(all.Select(i => i.DeadlineAt).Order(), all.Select(i => i.DeadlineAt));
        Assert.Equal(110, all.TakeWhile(i => i.Task == DeskTask.Overdue).Count());
        Assert.All(all.Skip(110), i => Assert.Equal(DeskTask.DueSoon, i.Task));

        // Alone too, and by now what was due soon is overdue.
        Assert.Equal([50, 50, 20], (await Pages(shop, zhang, DeskTask.Overdue)).Select(p => p.Count));
        Assert.Empty(Assert.Single(await Pages(shop, zhang, DeskTask.DueSoon)));
    }

    [Theory, OnBothDatabases]
    public async Task Every_kind_of_line_goes_on_behind_a_page_and_no_lead_stands_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, new FakeClock());
        var zhang = await shop.Hire("张伟", profile: new AssignmentProfile { DailyIntakeCap = null, HoldingCap = null });
        var boss = await shop.Viewer(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var ids = await Submit(shop, 150);
        List<Guid> held = [];
        for (var i = 0; i < 17; i++)
        {
            held.Add((await shop.Submit(shop.Lead() with { Contact = new ContactDetails { Name = "测试", Phones = ["123"] } })).LeadId);
        }

        var (overdue, fresh, again, steps, plans) = (ids[..20], ids[20..40], ids[40..60], ids[60..80], ids[80..95]);
        var owned = ids[..95];
        var (late, open, tray) = (ids[95..112], ids[112..130], ids[130..150]);
        var now = shop.Time.Now;
        await shop.Store.Write(
            async scope =>
            {
                var leads = scope.Db.Set<Lead>();
                await leads.Where(l => owned.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, boss.UserId), Shop.Ct);
                await leads.Where(l => tray.Contains(l.Id)).ExecuteUpdateAsync(
                    l => l.SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.TrayUserId, boss.UserId).SetProperty(x => x.Status, LeadStatus.Unassigned), Shop.Ct);
                await leads.Where(l => again.Contains(l.Id) || plans.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, LeadStatus.Working), Shop.Ct);
                await leads.Where(l => steps.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, LeadStatus.Working).SetProperty(x => x.NextAt, now.AddMinutes(1)), Shop.Ct);
            },
            Shop.Ct);
        await Add(shop, overdue.Select(id => Due(id, now.AddMinutes(-1))));
        await Add(shop, late.Select(id => Asked(shop, id, zhang, now)).Concat(open.Select(id => Asked(shop, id, zhang, now.AddHours(1)))));
        // Told twice of some, and of some that are more urgent for another reason, or less.
        Guid[] told = [.. again, .. again[..5], overdue[0], late[0], tray[0], held[0], open[0], steps[0]];
        await Add(shop, told.Select(id => new Notice { Id = shop.Time.NewId(), UserId = boss.UserId, Kind = NoticeKind.LeadReentered, SubjectId = id, At = now }));

        var pages = await Pages(shop, boss);
        Assert.Equal([50, 50, 50, 17], pages.Select(p => p.Count));
        var all = pages.SelectMany(p => p).ToList();
        Assert.Equal(ids.Concat(held).Order(), all.Select(i => i.Lead.Id).Order());
        List<(DeskTask Task, int Count)> order = [];
        foreach (var item in all)
        {
            if (order.Count > 0 && order[^1].Task == item.Task) { order[^1] = (item.Task, order[^1].Count + 1); }
            else { order.Add((item.Task, 1)); }
        }

        Assert.Equal(
            [
                (DeskTask.Overdue, 20), (DeskTask.Decide, 17), (DeskTask.New, 20), (DeskTask.Reentered, 24), (DeskTask.NextStep, 19),
                (DeskTask.Decide, 17), (DeskTask.AssignOn, 19), (DeskTask.Check, 16), (DeskTask.Plan, 15),
            ],
            order);

        // A task looked at alone holds all of it, as its count says.
        var waiting = (await Lay(shop, boss, null, null)).Waiting;
        foreach (var (task, count) in new[] { (DeskTask.Decide, 35), (DeskTask.Reentered, 26), (DeskTask.AssignOn, 20), (DeskTask.Check, 17), (DeskTask.NextStep, 20), (DeskTask.Plan, 35) })
        {
            Assert.Equal((task, count, count), (task, waiting[task], (await Pages(shop, boss, task)).SelectMany(p => p).Select(i => i.Lead.Id).Distinct().Count()));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_place_of_another_day_or_of_the_future_begins_anew(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Viewer(await shop.Hire("张伟", profile: new AssignmentProfile { DailyIntakeCap = null, HoldingCap = null }));
        await Submit(shop, MyDesk.PageSize + 3);
        var more = (await Lay(shop, zhang, null, null)).More!;

        Assert.Equal(3, (await Lay(shop, zhang, null, more)).Next.Count);
        Assert.Equal(MyDesk.PageSize, (await Lay(shop, zhang, null, more with { Moment = shop.Time.Now.AddSeconds(1) })).Next.Count);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(MyDesk.PageSize, (await Lay(shop, zhang, null, more)).Next.Count);
    }

    private static async Task<List<IReadOnlyList<DeskItem>>> Pages(Shop shop, Viewer viewer, DeskTask? only = null, Action? between = null)
    {
        List<IReadOnlyList<DeskItem>> pages = [];
        DeskCursor? after = null;
        do
        {
            var page = await Lay(shop, viewer, only, after);
            pages.Add(page.Next);
            after = page.More;
            between?.Invoke();
        }
        while (after is not null && pages.Count < 20);

        return pages;
    }

    private static Task<DeskView> Lay(Shop shop, Viewer viewer, DeskTask? only, DeskCursor? after) =>
        new MyDesk(shop.Store, shop.Settings, new LeadList(shop.Store, shop.Vault, shop.Settings), shop.Time).Lay(viewer, only, after, Shop.Ct);

    private static async Task<Guid[]> Submit(Shop shop, int count)
    {
        var ids = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = (await shop.Submit(shop.Lead())).LeadId;
        }

        return ids;
    }

    private static LeadTimer Due(Guid lead, DateTimeOffset at) => new() { LeadId = lead, DueAt = at, RuleId = "response_high", Percent = 100, DeadlineAt = at, DeadlineRule = "response_high" };

    private static LeadRequest Asked(Shop shop, Guid lead, Guid by, DateTimeOffset dueAt) =>
        new() { Id = shop.Time.NewId(), LeadId = lead, Kind = LeadRequestKind.Adjustment, AskedBy = by, AskedAt = shop.Time.Now, Reason = "行业不熟", DueAt = dueAt };

    private static Task Add<T>(Shop shop, IEnumerable<T> rows)
        where T : class => shop.Store.Write(
        async scope =>
        {
            scope.Db.AddRange(rows);
            await scope.Db.SaveChangesAsync(Shop.Ct);
        },
        Shop.Ct);
}
