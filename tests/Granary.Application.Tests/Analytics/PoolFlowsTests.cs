using Granary.Application.Analytics;
using Granary.Application.Analytics.Reports;
using Granary.Application.Ownership;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Analytics;

public sealed class PoolFlowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_goes_into_a_pool_to_another_to_an_owner_and_back_and_each_way_is_counted_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        // Nobody sells yet, so that they wait in the pool.
        var (lead, other) = ((await shop.Submit(shop.Lead())).LeadId, (await shop.Submit(shop.Lead())).LeadId);
        var zhang = await shop.Hire("张伟");
        var (sdr, wide) = (await shop.Pool("sdr"), await shop.Pool("general"));
        await shop.Staff("general", [zhang]);
        Assert.Equal(sdr.Id, (await shop.Stored(lead)).PoolId);
        var admin = await shop.As(await shop.Hire("Admin", BuiltInRoles.LeadAdministrator));
        Assert.IsType<LeadResult.Done>((await shop.Moving.Move(admin, sdr.Id, [lead], wide.Id, Ct))[0]);
        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(await shop.As(zhang), lead, ct: Ct));
        await shop.Gather();
        var body = await shop.Report(new SupplyReport(shop.Time), boss);
        var (from, to) = ($"{sdr.Id:N}", $"{wide.Id:N}");
        decimal Flow(ReportBody report, string way) => report.Charts.Single(c => c.Key == "poolMoves").Flows.Where(f => $"{f.From} {f.To}" == way).Sum(f => f.Value);

        Assert.Equal((2m, 1m, 1m), (Flow(body, $"from.fresh to.{from}"), Flow(body, $"from.{from} to.{to}"), Flow(body, $"from.{to} to.owners")));
        Assert.Equal((2m, 1m, 1m), (body.Cell("poolMoves", from, "pooledFresh"), body.Cell("poolMoves", from, "toPools"), body.Cell("poolMoves", to, "toOwners")));
        Assert.Equal((1m, 1m), (body.Cell("stocks", from, "pooledNow"), body.Figures.Single(f => f.Key == "pooled").Value));
        Assert.Equal(other, Assert.Single(await shop.Records(new SupplyReport(shop.Time), boss, $"pool.{from}")).Id);

        Assert.IsType<LeadResult.Done>(await shop.Returning.Return(await shop.As(zhang), lead, "不在本区域", ct: Ct));
        await shop.Gather();
        body = await shop.Report(new SupplyReport(shop.Time), boss);
        Assert.Equal(1m, body.Charts.Single(c => c.Key == "poolMoves").Flows.Where(f => f.From == "from.owners").Sum(f => f.Value));
        Assert.Equal(2m, body.Figures.Single(f => f.Key == "pooled").Value);
        // What came in less what left is what lies there.
        var rows = body.Tables.Single(t => t.Key == "poolMoves").Rows;
        Assert.Equal(2m, rows.Sum(r => r.Cells.Take(3).Sum(c => c.Value) - r.Cells.Skip(3).Sum(c => c.Value)));
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);

        // A way of one that was there before stands in the log beside one that just came.
        Assert.IsType<LeadResult.Done>((await shop.Moving.Move(admin, sdr.Id, [other], wide.Id, Ct))[0]);
        await shop.Submit(shop.Lead());
        await shop.Gather();
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);
    }
}
