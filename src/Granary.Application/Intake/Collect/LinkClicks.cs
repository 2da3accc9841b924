using System.Globalization;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Collect;

/// <summary>Counts clicks on tracked links by day, and each visitor once for each link.</summary>
internal static class LinkClicks
{
    public static async Task Count(WriteScope scope, IReadOnlyList<LinkClick> clicks, DateOnly day, DateTimeOffset now, CancellationToken ct)
    {
        object Id(Guid id) => scope.Store.IsSqlite ? id.ToByteArray(true) : id;
        object at = scope.Store.IsSqlite ? now.ToUnixTimeMilliseconds() : now, on = scope.Store.IsSqlite ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : day;
        // In one order: nodes count the same links.
        foreach (var link in clicks.GroupBy(c => c.LinkId).OrderBy(g => g.Key, IdOrder.Instance))
        {
            var visitors = 0;
            foreach (var visitor in link.Select(c => c.VisitorId).OfType<Guid>().Distinct().Order(IdOrder.Instance))
            {
                visitors += await scope.Db.Database.ExecuteSqlRawAsync(
                    "INSERT INTO link_visitor (link_id, visitor_id, at) VALUES ({0}, {1}, {2}) ON CONFLICT (link_id, visitor_id) DO NOTHING", [Id(link.Key), Id(visitor), at], ct);
            }

            await scope.Db.Database.ExecuteSqlRawAsync(
                "INSERT INTO link_day (link_id, day, clicks, visitors) VALUES ({0}, {1}, {2}, {3}) ON CONFLICT (link_id, day) DO UPDATE SET clicks = link_day.clicks + excluded.clicks, visitors = link_day.visitors + excluded.visitors",
                [Id(link.Key), on, (long)link.Count(), (long)visitors], ct);
        }
    }
}
