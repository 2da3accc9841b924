using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;

namespace Granary.Application.Tests.Desk;

public sealed class NoticesFeedTests
{
    [Theory, OnBothDatabases]
    public async Task One_look_tells_everybody_who_listens_what_changed_for_them_and_nobody_else(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li) = (await shop.Hire("张伟"), await shop.Hire("李娜"));
        var feed = new NoticesFeed(shop.Store);
        await using var first = feed.Listen(zhang, null, Shop.Ct).GetAsyncEnumerator(Shop.Ct);
        await using var second = feed.Listen(li, null, Shop.Ct).GetAsyncEnumerator(Shop.Ct);
        var (firstNext, secondNext) = (first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask());
        Assert.Equal(2, feed.Listeners);
        await feed.Look(Shop.Ct);
        Assert.True(await firstNext && await secondNext);
        Assert.Equal((0, Guid.Empty, 0), (first.Current.Unread, first.Current.Last, first.Current.New.Count));

        var notice = await Tell(shop, zhang);
        firstNext = first.MoveNextAsync().AsTask();
        secondNext = second.MoveNextAsync().AsTask();
        await feed.Look(Shop.Ct);
        Assert.True(await firstNext);
        Assert.Equal((1, notice), (first.Current.Unread, first.Current.Last));
        Assert.Equal(notice, Assert.Single(first.Current.New).Notice.Id);
        Assert.False(secondNext.IsCompleted);

        // What is seen elsewhere lowers the count and tells nothing anew.
        await new Notices(shop.Store, shop.Time).See(await shop.Viewer(zhang), null, ct: Shop.Ct);
        firstNext = first.MoveNextAsync().AsTask();
        await feed.Look(Shop.Ct);
        Assert.True(await firstNext);
        Assert.Equal((0, 0), (first.Current.Unread, first.Current.New.Count));
        await Tell(shop, li);
        await feed.Look(Shop.Ct);
        Assert.True(await secondNext);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_comes_back_is_told_what_came_meanwhile(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Hire("张伟");
        var heard = await Tell(shop, zhang);
        clock.Advance(TimeSpan.FromMinutes(1));
        var missed = await Tell(shop, zhang);
        var feed = new NoticesFeed(shop.Store);
        await using var back = feed.Listen(zhang, heard, Shop.Ct).GetAsyncEnumerator(Shop.Ct);
        var next = back.MoveNextAsync().AsTask();
        await feed.Look(Shop.Ct);
        Assert.True(await next);
        Assert.Equal((2, missed), (back.Current.Unread, Assert.Single(back.Current.New).Notice.Id));
        await back.DisposeAsync();
        Assert.Equal(0, feed.Listeners);
    }

    private static async Task<Guid> Tell(Shop shop, Guid user)
    {
        var notice = new Notice { Id = shop.Time.NewId(), UserId = user, Kind = NoticeKind.LeadAssigned, SubjectId = Guid.NewGuid(), At = shop.Time.GetUtcNow() };
        await shop.Store.Write(async scope => { scope.Db.Add(notice); await scope.Db.SaveChangesAsync(Shop.Ct); }, Shop.Ct);
        return notice.Id;
    }
}
