using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

public sealed class AttributionReportTests
{
    private static readonly AttributionReport Attributed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_amount_is_shared_among_the_touches_of_its_leads_to_the_cent(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        var (_, deal) = await shop.Deal(amount: 100m);
        var (expo, ad) = (await Channel(shop, "展会/上海"), await Channel(shop, "广告/抖音"));
        await Touch(shop, deal.LeadId!.Value, deal.CreatedAt.AddHours(-2), expo, "春季");
        await Touch(shop, deal.LeadId.Value, deal.CreatedAt.AddHours(-1), ad, null);
        await Touch(shop, deal.LeadId.Value, deal.CreatedAt.AddDays(-40), expo, null);
        await shop.Gather();

        ReportQuery Ask(ReportQuery q) => q.With("base", "created").With("lookbackDays", "30");
        var linear = await shop.Report(Attributed, boss, Ask);
        Assert.Equal((33.34m, 33.33m, 100m), (linear.Cell("attribution.channel", "展会/上海", "attributedAmount"), linear.Cell("attribution.channel", "广告/抖音", "attributedAmount"), linear.Cell("attribution.channel", "total", "attributedAmount")));
        Assert.Equal((33.34m, 66.66m), (linear.Cell("attribution.campaign", "春季", "attributedAmount"), linear.Cell("attribution.campaign", "", "attributedAmount")));
        Assert.Equal(100m, (await shop.Report(Attributed, boss, q => Ask(q).With("model", "first"))).Cell("attribution.channel", "展会/上海", "attributedAmount"));
        Assert.Equal((40m, 20m, 40m), Of(await shop.Report(Attributed, boss, q => Ask(q).With("model", "u"))));
        Assert.Equal((50m, 30m, 20m), Of(await shop.Report(Attributed, boss, q => Ask(q).With("model", "u").With("shares", "50,30,20"))));
        Assert.Equal(50m, (await shop.Report(Attributed, boss, q => Ask(q).With("touch", "formVisited"))).Cell("attribution.channel", "广告/抖音", "attributedAmount"));

        // What is usual stands in the rollups; a filter that lets everything through makes it count the opportunities, and says the same.
        string[] channels = [.. (await shop.Settings.Get(Ct)).Channels.All.Select(c => c.Path)];
        ReportQuery Usual(ReportQuery q) => q.With("base", "created");
        foreach (var report in new Report[] { Attributed, new CreditReport() })
        {
            var (kept, counted) = (await shop.Report(report, boss, Usual), await shop.Report(report, boss, q => Usual(q) with { Channels = channels }));
            Assert.Equal(kept.Figures.Select(f => f.Value), counted.Figures.Select(f => f.Value));
            Assert.Equal(Lines(kept), Lines(counted));
        }

        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);

        // Far enough back the oldest touch counts too; what nobody touched in the window is said to be so.
        Assert.Equal(4m, (await shop.Report(Attributed, boss, q => Ask(q).With("lookbackDays", "90"))).Cell("attribution.channel", "total", "touches"));
        var none = await shop.Report(Attributed, boss, q => Ask(q).With("touch", "webinarAttended"));
        Assert.Equal((100m, 1m), (none.Cell("attribution.channel", "unattributed", "attributedAmount"), none.Cell("attribution.channel", "unattributed", "deals")));
        Assert.Equal(deal.Id, Assert.Single(await shop.Records(Attributed, boss, "unattributed", q => Ask(q).With("touch", "webinarAttended"))).Id);
        Assert.Equal(["out_of_range", "shares_not_100"], Attributed.Refuse(Query().With("lookbackDays", "9999").With("shares", "50,30,10")).Select(e => e.Code));

        IEnumerable<string> Lines(ReportBody body) => body.Tables.SelectMany(t => t.Rows.Append(t.Total).Select(r => $"{t.Key} {r?.Key} {string.Join(' ', r?.Cells.Select(c => c.Value) ?? [])}"));

        (decimal?, decimal?, decimal?) Of(ReportBody body) =>
            (body.Cell("attribution.channel", "展会/上海", "attributedAmount"), body.Cell("attribution.channel", "广告/抖音", "attributedAmount"), body.Cell("attribution.channel", "官网/百度搜索", "attributedAmount"));
    }

    [Theory, OnBothDatabases]
    public async Task The_single_source_is_the_customers_earliest_entry_within_three_months(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "operations");
        var (_, deal) = await shop.Deal(amount: 100m);
        var expo = await Channel(shop, "展会/上海");
        var earlier = await shop.Submit(shop.Lead(channel: "展会/上海"));
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == earlier.LeadId).ExecuteUpdateAsync(l => l.SetProperty(x => x.AccountId, deal.AccountId).SetProperty(x => x.ReceivedAt, deal.CreatedAt.AddDays(-60)), Ct), Ct);
        await shop.Gather();
        await shop.Store.Write(async scope =>
        {
            scope.Db.Add(new EventRecord { SubjectId = earlier.LeadId, Kind = LeadEvent.Edited, At = clock.GetUtcNow() });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        await shop.Gather();

        var body = await shop.Report(new CreditReport(), boss, q => q.With("base", "created"));
        Assert.Equal((100m, 1m), (body.Cell("credit.channel", "展会/上海", "creditedAmount"), body.Cell("credit.channel", expo.ToString("N"), "deals")));
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_just_came_is_credited_with_the_opportunity_of_its_account(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, new FakeClock());
        var boss = await shop.Hire("Boss", "operations");
        var (_, deal) = await shop.Deal(amount: 100m);
        await Channel(shop, "展会/上海");
        await shop.Gather();

        var came = await shop.Submit(shop.Lead(channel: "展会/上海"));
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == came.LeadId).ExecuteUpdateAsync(l => l.SetProperty(x => x.AccountId, deal.AccountId).SetProperty(x => x.ReceivedAt, deal.CreatedAt.AddDays(-60)), Ct), Ct);
        await shop.Gather();

        var body = await shop.Report(new CreditReport(), boss, q => q.With("base", "created"));
        Assert.Equal(100m, body.Cell("credit.channel", "展会/上海", "creditedAmount"));
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);
    }

    [Theory, OnBothDatabases]
    public async Task A_channel_without_cost_has_no_return_and_one_with_cost_has(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, team) = (await shop.Hire("Boss", "operations"), await shop.Hire("Team", "sales_supervisor"));
        var (owner, _) = await shop.Deal(amount: 100m);
        await shop.Team(team, owner.UserId);
        await shop.Submit(shop.Lead(channel: "展会/上海"));
        await Cost(shop, await Channel(shop, "展会/上海"), 600m, "展位");
        await shop.Gather();

        var body = await shop.Report(new ChannelReport(), boss);
        Assert.Equal((600m, 600m, null, 0m, -1m), (
            body.Cell("level.channel", "展会/上海", "cost"), body.Cell("level.channel", "展会/上海", "perLead"), body.Cell("level.channel", "展会/上海", "perOrder"),
            body.Cell("level.channel", "展会/上海", "onOrders"), body.Cell("level.channel", "展会/上海", "onPayments")));
        Assert.Equal((null, 1m, null), (body.Cell("level.channel", "官网/百度搜索", "cost"), body.Cell("level.channel", "官网/百度搜索", "opportunity"), body.Cell("level.channel", "官网/百度搜索", "onOrders")));
        Assert.Equal(600m, (await shop.Report(new ChannelReport(), boss, q => q.With("level", "first"))).Cell("level.first", "展会", "cost"));
        Assert.Equal(600m, (await shop.Report(new ChannelReport(), boss, q => q.With("level", "keyword"))).Cell("level.keyword", "展位", "cost"));
        var narrow = await shop.Report(new ChannelReport(), team);
        Assert.Equal(["costsWhole"], narrow.Notes);
        Assert.Null(narrow.Cell("level.channel", "total", "cost"));
    }

    private static ReportQuery Query() => new() { From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 12, 31) };

    private static Task Touch(Shop shop, Guid lead, DateTimeOffset at, Guid channel, string? campaign) => shop.Store.Write(async scope =>
    {
        scope.Db.Add(new Touch { Id = shop.Time.NewId(), LeadId = lead, Kind = channel == default ? TouchKind.PageVisited : TouchKind.FormVisited, At = Clock.Truncate(at), ChannelId = channel, Campaign = campaign });
        scope.Db.Add(new EventRecord { SubjectId = lead, Kind = LeadEvent.Touched, At = shop.Time.GetUtcNow() });
        await scope.Db.SaveChangesAsync(Ct);
    }, Ct);

    private static Task Cost(Shop shop, Guid channel, decimal amount, string keyword) => shop.Store.Write(async scope =>
    {
        scope.Db.Add(new ChannelCost { Id = shop.Time.NewId(), ChannelId = channel, Day = new DateOnly(2026, 11, 1), Keyword = keyword, Amount = amount, AuthorId = Guid.Empty, RecordedAt = shop.Time.GetUtcNow() });
        await scope.Db.SaveChangesAsync(Ct);
    }, Ct);

    private static async Task<Guid> Channel(Shop shop, string path)
    {
        if ((await shop.Settings.Latest(Ct)).Channels.Find(path) is { } known)
        {
            return known.Id;
        }

        var id = shop.Time.NewId();
        await shop.Settings.Change(scope => { scope.Db.Add(new Channel { Id = id, Path = path, Confirmed = true }); return Task.CompletedTask; }, Ct);
        return id;
    }
}
