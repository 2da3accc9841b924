using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>What stands in the cells of a key, and of whom.</summary>
internal readonly record struct WorkAnswer(Guid OwnerId, string Key, CellValues Values);

/// <summary>Reads figures of work: whole months from cells of months, what is left at both ends from cells of days.</summary>
internal static class ReadWork
{
    /// <summary>The figures of some owners in a period, by owner and key.</summary>
    public static async Task<List<WorkAnswer>> Of(GranaryDb db, WorkCube cube, IReadOnlyList<Guid> owners, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var number = (int)cube;
        var (days, months) = Ends(from, to);
        var (m1, m2, d1, d2, d3, d4) = (months.From, months.To, days[0].From, days[0].To, days[1].From, days[1].To);
        Guid[] list = [.. owners];
        var sums = await db.Set<ReportCell>().AsNoTracking()
            .Where(c => c.Cube == number && list.Contains(c.OwnerId) && ((c.Period >= m1 && c.Period <= m2) || (c.Period >= d1 && c.Period <= d2) || (c.Period >= d3 && c.Period <= d4)))
            .GroupBy(c => new { c.OwnerId, c.Key })
            .Select(g => new { g.Key.OwnerId, g.Key.Key, N1 = g.Sum(c => c.N1), N2 = g.Sum(c => c.N2), N3 = g.Sum(c => c.N3), N4 = g.Sum(c => c.N4) }).ToListAsync(ct);
        return [.. sums.Select(s => new WorkAnswer(s.OwnerId, s.Key, new(s.N1, s.N2, s.N3, s.N4))).Where(a => !a.Values.IsZero)];
    }

    // The months that are whole, and the days before and behind them; what there is none of ends before it begins.
    private static ((int From, int To)[] Days, (int From, int To) Months) Ends(DateOnly from, DateOnly to)
    {
        var first = from.Day == 1 ? from : new DateOnly(from.Year, from.Month, 1).AddMonths(1);
        var behind = to.AddDays(1).Day == 1 ? to.AddDays(1) : new DateOnly(to.Year, to.Month, 1);
        return first >= behind
            ? ([(ReportCell.Day(from), ReportCell.Day(to)), (1, 0)], (1, 0))
            : ([from < first ? (ReportCell.Day(from), ReportCell.Day(first.AddDays(-1))) : (1, 0), behind <= to ? (ReportCell.Day(behind), ReportCell.Day(to)) : (1, 0)],
                (ReportCell.Month(first), ReportCell.Month(behind.AddDays(-1))));
    }
}
