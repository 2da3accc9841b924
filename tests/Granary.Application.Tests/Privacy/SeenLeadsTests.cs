using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class SeenLeadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_look_is_kept_once_for_each_viewer_lead_and_day_also_by_two_nodes_and_after_a_start(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        var setting = await shop.Settings.Get(Ct);
        var (zhang, li) = (await Viewer(shop, "Zhang"), await Viewer(shop, "Li"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        SeenLeads[] nodes = [new(shop.Store, shop.Settings, clock), new(other.Store, other.Settings, clock)];
        foreach (var node in nodes)
        {
            node.See(zhang, setting, lead, li.UserId);
            node.See(zhang, setting, lead, li.UserId);
            node.See(li, setting, lead, li.UserId);
        }

        await Task.WhenAll(nodes.Select(n => n.Flush(Ct)));
        Assert.Equal([zhang.UserId], await Looks(shop));

        var started = new SeenLeads(shop.Store, shop.Settings, clock);
        started.See(zhang, setting, lead, li.UserId);
        Assert.Equal(0, await started.Flush(Ct));

        clock.Advance(TimeSpan.FromDays(1));
        nodes[0].See(zhang, setting, lead, li.UserId);
        nodes[1].See(li, setting, lead, zhang.UserId);
        Assert.Equal((1, 1), (await nodes[0].Flush(Ct), await nodes[1].Flush(Ct)));
        Assert.Equal([zhang.UserId, zhang.UserId, li.UserId], await Looks(shop));
        if (other != shop)
        {
            await other.Close();
        }
    }

    private static async Task<Granary.Application.People.Viewer> Viewer(Shop shop, string name)
    {
        var id = await shop.Hire(name);
        return (await shop.Settings.Get(Ct)).ViewerOf(id)!;
    }

    private static Task<List<Guid?>> Looks(Shop shop) =>
        shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind == SeenLeads.Viewed).OrderBy(e => e.Position).Select(e => e.ActorId).ToListAsync(Ct));
}
