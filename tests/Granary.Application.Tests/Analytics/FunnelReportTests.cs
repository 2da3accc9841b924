using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Opportunities;
using Granary.Application.Storage;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Analytics;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

public sealed class FunnelReportTests
{
    private static readonly FunnelReport Funnel = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_counts_in_each_step_it_took_and_its_money_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        await shop.Submit(shop.Lead(channel: "展会/上海"));
        var (owner, deal) = await shop.Deal(amount: 300_000m);
        await shop.Gather();

        var body = await shop.Report(Funnel, boss);
        Assert.Equal((2m, 1m, 1m, 1m), (body.Cell("steps", "lead", "count"), body.Cell("steps", "mql", "count"), body.Cell("steps", "opportunity", "count"), body.Cell("steps", "opportunity", "totalRate") * 2));
        Assert.Equal(300_000m, body.Cell("steps", "opportunity", "amount"));
        Assert.Equal((0m, null), (body.Cell("steps", "order", "count"), body.Cell("steps", "payment", "stepRate")));

        // An edited amount moves what was counted; the lead counts where it did.
        await shop.Changing.Edit(owner, deal.Id, o => o with { Amount = 350_000m }, ct: Ct);
        await shop.Gather();
        Assert.Equal((350_000m, 1m), ((await shop.Report(Funnel, boss)).Cell("steps", "opportunity", "amount"), (await shop.Report(Funnel, boss)).Cell("steps", "opportunity", "count")));
        await RollupsAreExact(shop);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_undone_and_voided_is_taken_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        var (owner, deal) = await shop.Deal();
        await shop.Gather();
        Assert.Equal(1m, (await shop.Report(Funnel, boss)).Cell("steps", "opportunity", "count"));

        await shop.Undoing.Undo(owner, deal.LeadId!.Value, ct: Ct);
        await shop.Gather();
        var body = await shop.Report(Funnel, boss);
        Assert.Equal((1m, 0m, 0m), (body.Cell("steps", "lead", "count"), body.Cell("steps", "opportunity", "count"), body.Cell("steps", "opportunity", "amount")));
        await RollupsAreExact(shop);
    }

    [Theory, OnBothDatabases]
    public async Task Figures_are_within_reach_and_agree_with_their_records_and_their_rows(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, all) = (await shop.Hire("Boss", "sales_supervisor"), await shop.Hire("All", "operations"));
        var (first, _) = await shop.Deal("Zhang");
        var (second, _) = await shop.Deal("Li");
        await shop.Team(boss, first.UserId);
        await shop.Submit(shop.Lead(channel: "展会/上海"));
        await shop.Gather();

        var whole = await shop.Report(Funnel, all, q => q.With("by", "owner"));
        Assert.Equal(whole.Cell("by.owner", "total", "lead"), whole.Tables[1].Rows.Sum(r => r.Cells[0].Value));
        Assert.Equal(2m, whole.Cell("steps", "opportunity", "count"));
        var team = await shop.Report(Funnel, boss);
        Assert.Equal(1m, team.Cell("steps", "opportunity", "count"));
        Assert.Equal(0m, (await shop.Report(Funnel, boss, q => q with { Owners = [second.UserId] })).Cell("steps", "lead", "count"));

        foreach (var (body, reader) in new[] { (whole, all), (team, boss) })
        {
            foreach (var cell in body.Tables.SelectMany(t => t.Rows).SelectMany(r => r.Cells).Where(c => c.Records is not null))
            {
                Assert.Equal(cell.Value, (await shop.Records(Funnel, reader, cell.Records!)).Count);
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task Any_period_and_filter_give_what_the_facts_give(DatabaseKind kind)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 1, 20, 9, 0, 0, TimeSpan.FromHours(8)));
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "operations");
        string[] channels = ["官网/百度搜索", "展会/上海", "广告/抖音广告"];
        for (var i = 0; i < 40; i++)
        {
            clock.Advance(TimeSpan.FromHours(50));
            await shop.Submit(shop.Lead(channel: channels[i % 3]) with { Campaign = i % 4 == 0 ? "春季" : null, Products = i % 2 == 0 ? ["CRM", "ERP"] : [] });
        }

        await shop.Gather();
        var facts = await shop.Read(db => db.Set<LeadFact>().AsNoTracking().ToListAsync(Ct));
        Assert.Equal(40, facts.Count);
        var setting = await shop.Settings.Get(Ct);
        foreach (var (from, to) in new[] { (new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)), (new DateOnly(2026, 1, 25), new DateOnly(2026, 4, 3)), (new DateOnly(2026, 2, 10), new DateOnly(2026, 2, 20)) })
        {
            var within = facts.FindAll(f => f.ReceivedOn >= from && f.ReceivedOn <= to);
            ReportQuery Ask(ReportQuery q) => q with { From = from, To = to };
            Assert.Equal(within.Count, (await shop.Report(Funnel, boss, Ask)).Cell("steps", "lead", "count"));
            Assert.Equal(within.Count(f => setting.Channels.Path(f.ChannelId).StartsWith("展会", StringComparison.Ordinal)), (await shop.Report(Funnel, boss, q => Ask(q) with { Channels = ["展会"] })).Cell("steps", "lead", "count"));
            Assert.Equal(within.Count(f => f.Campaign is null && f.Products.Count > 0), (await shop.Report(Funnel, boss, q => Ask(q) with { Campaigns = [""], Products = ["CRM", "ERP"] })).Cell("steps", "lead", "count"));
            var owner = within[0].OwnerId;
            Assert.Equal(within.Count(f => f.OwnerId == owner), (await shop.Report(Funnel, boss, q => (Ask(q) with { Owners = [owner] }).With("by", "channel"))).Tables[1].Rows.Sum(r => r.Cells[0].Value));
            Assert.Equal(within.Count, (await shop.Report(Funnel, boss, q => Ask(q).With("basis", "activity").With("by", "campaign"))).Tables[1].Rows.Sum(r => r.Cells[0].Value));
        }

        await RollupsAreExact(shop);
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_count_everything_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                await shop.Submit(shop.Lead());
            }

            await Task.WhenAll(shop.Gather(), other.Gather());
        }

        await shop.Gather();
        Assert.Equal(15, await shop.Read(db => db.Set<LeadFact>().CountAsync(Ct)));
        await RollupsAreExact(shop);
    }

    /// <summary>Cells are what their facts contribute, and facts are what the tables say.</summary>
    private static async Task RollupsAreExact(Shop shop)
    {
        var result = await new VerifyReports(shop.Store, shop.Settings).Run(Ct);
        Assert.Equal("", string.Join('\n', result.Differences.Select(d => d.What)));
        Assert.True(result.Cells > 0);
    }
}
