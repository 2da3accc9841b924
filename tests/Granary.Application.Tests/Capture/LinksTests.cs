using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Intake;
using Granary.Application.Intake.Collect;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Capture;

public sealed class LinksTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Whoever_may_share_makes_their_own_links_and_not_those_of_others(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        var (save, list, viewer) = (new SaveLink(shop.Store, shop.Settings, shop.Time), new ListLinks(shop.Store), await Viewer(shop, zhang));
        var input = new LinkInput { Name = "官网", Target = "/f/trial", UserId = zhang };

        var made = Assert.Single(Assert.IsType<LinkResult.Done>(await save.Create(viewer, input, Ct)).Links);
        Assert.Equal((LinkCode.Length, 1), (made.Code.Length, made.Version));
        Assert.Equal("not_permitted", Assert.Single(Assert.IsType<LinkResult.Refused>(await save.Create(viewer, input with { UserId = li }, Ct)).Errors).Code);
        Assert.Equal("not_permitted", Assert.Single(Assert.IsType<LinkResult.Refused>(await save.Create(viewer, input with { UserId = null }, Ct)).Errors).Code);
        Assert.Equal("not_allowed", Assert.Single(Assert.IsType<LinkResult.Refused>(await save.Create(viewer, input with { Target = "https://evil.com/" }, Ct)).Errors).Code);
        Assert.Null(await list.Find(await Viewer(shop, li), made.Id, Ct));
        Assert.IsType<LinkResult.Missing>(await save.Retire(await Viewer(shop, li), made.Id, true, Ct));
        Assert.IsType<LinkResult.Done>(await save.Change(viewer, made.Id, i => i with { Campaign = "春季" }, 1, Ct));
        Assert.IsType<LinkResult.Stale>(await save.Change(viewer, made.Id, i => i, 1, Ct));
        Assert.IsType<LinkResult.Done>(await save.Retire(viewer, made.Id, true, Ct));
        Assert.Empty((await list.List(viewer, new LinkFilter(), null, 10, Ct)).Items);
        Assert.Single((await list.List(viewer, new LinkFilter(Retired: true), null, 10, Ct)).Items);
    }

    [Theory, OnBothDatabases]
    public async Task The_board_ranks_who_shared_by_what_came_of_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var (zhang, li, boss) = (await shop.Hire("Zhang"), await shop.Hire("Li"), await shop.Hire("Boss", "marketing_manager"));
        await shop.Publish(PolicyKind.Tracking, TrackingPolicy.BuiltIn with { RedirectHosts = ["example.com"] });
        var save = new SaveLink(shop.Store, shop.Settings, shop.Time);
        await using var collect = new CollectTouches(shop.Store, shop.Settings, shop.Time);
        foreach (var (user, clicks) in new[] { (zhang, 3), (li, 5) })
        {
            var link = Assert.IsType<LinkResult.Done>(await save.Create(await Viewer(shop, boss), new LinkInput { Name = "页", Target = "https://www.example.com/", UserId = user }, Ct)).Links[0];
            for (var n = 0; n < clicks; n++)
            {
                await collect.Submit(new Report([], new LinkClick(link.Id, null)), Ct);
            }
        }

        await shop.Submit(shop.Lead() with { ReferredBy = zhang.ToString() });
        var today = (await shop.Settings.Get(Ct)).Calendar.DateOf(_clock.GetUtcNow());
        var board = new SharingBoard(shop.Store, shop.Settings);

        var report = await board.Of(await Viewer(shop, boss), today.AddDays(-6), today, Ct);

        Assert.Equal([("Zhang", 3L, 1), ("Li", 5L, 0)], report.Lines.Select(l => (l.Name, l.Clicks, l.Leads)));
        Assert.Equal((8L, 1), (report.Total.Clicks, report.Total.Leads));
        Assert.Equal(["Li"], (await board.Of(await Viewer(shop, li), today, today, Ct)).Lines.Select(l => l.Name));
        Assert.All((await board.Of(await Viewer(shop, boss), today.AddDays(-9), today.AddDays(-1), Ct)).Lines, l => Assert.Equal((0L, 0), (l.Clicks, l.Leads)));
    }

    [Theory, OnBothDatabases]
    public async Task A_leavers_link_stays_alive_and_credits_their_successor_from_the_day_they_leave(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var (zhang, li, boss, admin) = (await shop.Hire("Zhang"), await shop.Hire("Li"), await shop.Hire("Boss", "marketing_manager"), await shop.Hire("Admin", BuiltInRoles.Administrator));
        var link = Assert.IsType<LinkResult.Done>(await new SaveLink(shop.Store, shop.Settings, shop.Time).Create(await Viewer(shop, zhang), new LinkInput { Name = "官网", Target = "/f/trial", UserId = zhang }, Ct)).Links[0];
        await using var collect = new CollectTouches(shop.Store, shop.Settings, shop.Time);
        await Click(3);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Preview(zhang, Ct))!.Kept);

        Assert.NotNull((await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Depart(admin, zhang, new Successor(To: li), Ct)).HandedOver);

        await Click(2);
        var kept = await shop.Read(db => db.Set<TrackedLink>().SingleAsync(Ct));
        Assert.Equal(((Guid?)li, (DateTimeOffset?)null, link.Code), (kept.UserId, kept.RetiredAt, kept.Code));
        Assert.Equal([("Li", 2L), ("Zhang", 3L)], (await Board()).OrderBy(l => l.Name).Select(l => (l.Name, l.Clicks)));
        Assert.Equal(1, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.SubjectId == link.Id && e.Kind == "link.handed_over", Ct)));

        // Nobody takes over what goes to a pool: the link lives, and credits nobody.
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.NotNull((await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Depart(admin, li, new Successor(Pool: PoolKeys.General), Ct)).HandedOver);
        await Click(7);
        Assert.Equal([("Li", 2L), ("Zhang", 3L)], (await Board()).OrderBy(l => l.Name).Select(l => (l.Name, l.Clicks)));
        Assert.Equal(((Guid?)null, 12L), (await shop.Read(db => db.Set<TrackedLink>().SingleAsync(Ct)) is var l ? l.UserId : null, await shop.Read(db => db.Set<LinkDay>().SumAsync(d => d.Clicks, Ct))));

        async Task Click(int times)
        {
            for (var n = 0; n < times; n++)
            {
                await collect.Submit(new Report([], new LinkClick(link.Id, null)), Ct);
            }
        }

        async Task<IReadOnlyList<SharingLine>> Board()
        {
            var today = (await shop.Settings.Get(Ct)).Calendar.DateOf(_clock.GetUtcNow());
            return (await new SharingBoard(shop.Store, shop.Settings).Of(await Viewer(shop, boss), today.AddDays(-6), today, Ct)).Lines;
        }
    }

    private static async Task<Viewer> Viewer(Shop shop, Guid user) => (await shop.Settings.Latest(Ct)).ViewerOf(user)!;
}
