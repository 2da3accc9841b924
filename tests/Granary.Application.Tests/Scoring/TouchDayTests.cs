using Granary.Application.Scoring;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Scoring;

public sealed class TouchDayTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Touches_are_counted_by_day_channel_campaign_and_kind_with_the_submission_that_brings_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var at = shop.Time.GetUtcNow();
        await shop.Submit(shop.Lead() with { Campaign = "春季", Touches = [new(TouchKind.PageVisited, at), new(TouchKind.PageVisited, at.AddDays(-1), 3)] });
        await shop.Submit(shop.Lead() with { Campaign = "春季", Touches = [new(TouchKind.PageVisited, at), new(TouchKind.Downloaded, at)] });

        await using var db = shop.Store.Open();
        var days = await db.Set<TouchDay>().AsNoTracking().OrderBy(d => d.Day).ThenBy(d => d.Kind).ToListAsync(Ct);
        Assert.Equal([(TouchKind.PageVisited, 3L), (TouchKind.PageVisited, 2L), (TouchKind.Downloaded, 1L)], days.Select(d => (d.Kind, d.Count)));
        Assert.All(days, d => Assert.Equal("春季", d.Campaign));
        Assert.DoesNotContain(days, d => d.ChannelId == Guid.Empty);
        var counted = TouchDays.Sum(await db.Set<Touch>().AsNoTracking().ToListAsync(Ct), (await shop.Settings.Get(Ct)).Calendar);
        Assert.Equal(counted.Select(d => (d.Day, d.ChannelId, d.Campaign, d.Kind, d.Count)), days.Select(d => (d.Day, d.ChannelId, d.Campaign, d.Kind, d.Count)));
        Assert.Equal(0, await new RecountTouchDays(shop.Store, shop.Settings).Run(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_recount_mends_what_is_wrong(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var at = shop.Time.GetUtcNow();
        await shop.Submit(shop.Lead() with { Touches = [new(TouchKind.PageVisited, at)] });
        await shop.Store.Write(scope => scope.Db.Set<TouchDay>().ExecuteUpdateAsync(d => d.SetProperty(x => x.Count, 9), Ct), Ct);

        Assert.Equal(1, await new RecountTouchDays(shop.Store, shop.Settings).Run(Ct));
        Assert.Equal(1, await shop.Read(db => db.Set<TouchDay>().SumAsync(d => d.Count, Ct)));
    }
}
