using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Storage;

namespace Granary.Application.Tests.Analytics;

/// <summary>Reports in a shop.</summary>
internal static class Reports
{
    extension(Shop shop)
    {
        /// <summary>Follows the log to its very end.</summary>
        public async Task Gather()
        {
            var log = new EventLog(shop.Store);
            var end = await shop.Read(db => Task.FromResult(db.Set<EventRecord>().Max(e => (long?)e.Position) ?? 0));
            while (await log.Settled(Shop.Ct) < end)
            {
                await Task.Delay(5, Shop.Ct);
            }

            await new FactConsumer(shop.Store, shop.Settings, log).Run(Shop.Ct);
        }

        /// <summary>Builds a report for somebody over the year.</summary>
        public async Task<ReportBody> Report(Report report, Guid viewer, Func<ReportQuery, ReportQuery>? ask = null) =>
            (await new BuildReport(shop.Store, shop.Settings, [report]).Of(await shop.As(viewer), report, Year(ask), Shop.Ct)).Body;

        /// <summary>The records behind a figure.</summary>
        public async Task<IReadOnlyList<ReportRecord>> Records(Report report, Guid viewer, string key, Func<ReportQuery, ReportQuery>? ask = null) =>
            (await new BuildReport(shop.Store, shop.Settings, [report]).Records(await shop.As(viewer), report, Year(ask), key, null, 200, Shop.Ct))!;
    }

    /// <summary>What is chosen of an option.</summary>
    public static ReportQuery With(this ReportQuery query, string option, params string[] values) =>
        query with { Options = new Dictionary<string, IReadOnlyList<string>>(query.Options) { [option] = values } };

    /// <summary>A cell of a table.</summary>
    public static decimal? Cell(this ReportBody body, string table, string row, string column)
    {
        var found = body.Tables.Single(t => t.Key == table);
        var place = found.Columns.ToList().FindIndex(c => c.Key == column);
        return found.Rows.Append(found.Total).Single(r => r?.Key == row || r?.Label.Text == row)!.Cells[place].Value;
    }

    private static ReportQuery Year(Func<ReportQuery, ReportQuery>? ask)
    {
        var query = new ReportQuery { From = new DateOnly(2026, 1, 1), To = new DateOnly(2027, 3, 31) };
        return ask is null ? query : ask(query);
    }
}
