using Granary.Application.Analytics;
using Granary.Application.Intake.Import;
using Granary.Application.Tests.Intake.Import;
using Granary.Testing;

namespace Granary.Application.Tests.Analytics;

public sealed class MilestoneReportTests
{
    private static readonly MilestoneReport Own = new();

    [Theory, OnBothDatabases]
    public async Task A_history_that_was_imported_counts_in_every_report(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        var mapping = Imports.Mapping("""
            { "columns": { "id": "externalId", "first": "receivedAt", "origin": "channel.level2", "won": "history.wonAt", "sum": "history.amount" },
              "constants": { "channel.level1": "Olist" }, "templates": { "contact.name": "Seller {id}" }, "withoutContact": true }
            """);
        await new Imports(shop).Import("id,first,origin,won,sum\na,2026-01-05,Social,2026-01-15,100\nb,2026-01-06,Social,,\nc,2026-02-01,Email,2026-02-01 19:58,50\nd,2026-02-10,Email,2026-02-09,\n", new ImportPlan(mapping));
        await shop.Gather();

        var body = await shop.Report(Own, boss, q => q.With("steps", "received", "order"));
        Assert.Equal((4m, 3m, 0.75m, 0m), (body.Cell("steps", "received", "count"), body.Cell("steps", "order", "count"), body.Cell("steps", "order", "totalRate"), body.Cell("steps", "order", "medianFromFirst")));
        Assert.Equal(3, (await shop.Records(Own, boss, "order", q => q.With("steps", "received", "order"))).Count);
        var social = await shop.Report(Own, boss, q => (q with { Channels = ["Olist/Social"] }).With("steps", "order", "received"));
        Assert.Equal((2m, 10m), (social.Cell("steps", "received", "count"), social.Cell("steps", "order", "medianFromFirst")));

        var funnel = await shop.Report(new FunnelReport(), boss, q => q with { From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 1, 31) });
        Assert.Equal((2m, 1m, 100m), (funnel.Cell("by.channel", "Olist/Social", "lead"), funnel.Cell("by.channel", "Olist/Social", "order"), funnel.Cell("steps", "order", "amount")));
        var channels = await shop.Report(new ChannelReport(), boss, q => q.With("level", "first").With("basis", "activity"));
        Assert.Equal((4m, 3m, 150m), (channels.Cell("level.first", "Olist", "lead"), channels.Cell("level.first", "Olist", "order"), channels.Cell("level.first", "Olist", "won")));
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Shop.Ct)).Differences);
    }

    [Fact]
    public void One_milestone_is_no_funnel() =>
        Assert.Equal("too_few", Assert.Single(Own.Refuse(new ReportQuery { From = default, To = default }.With("steps", "order"))).Code);
}
