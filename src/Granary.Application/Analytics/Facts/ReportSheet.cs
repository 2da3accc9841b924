using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// A row of the rollups: all cells of a cube that stand with one owner, or with all, in a month or on a day, packed by <see cref="SheetCells"/>. How many rows there
/// are, and how many a report reads, depends on people and days and not on how many leads there are.
/// </summary>
public sealed class ReportSheet
{
    /// <summary>Stands for all owners together.</summary>
    public static readonly Guid Everybody = Guid.Empty;

    /// <summary>Stands for all owners side by side: keys begin with the owner.</summary>
    public static readonly Guid Apart = new("00000000-0000-0000-0000-000000000001");

    /// <summary>Number of the cube.</summary>
    public int Cube { get; set; }

    /// <summary>The owner, <see cref="Everybody"/>, or <see cref="Apart"/>.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>A month or a day, see <see cref="CellPeriod"/>.</summary>
    public int Period { get; set; }

    /// <summary>Keys and what stands at them.</summary>
    public byte[] Cells { get; set; } = [];
}

/// <summary>Periods as numbers: a month as yyyymm, a day as yyyymmdd.</summary>
public static class CellPeriod
{
    /// <summary>A month as a period.</summary>
    public static int Month(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>A day as a period.</summary>
    public static int Day(DateOnly day) => (Month(day) * 100) + day.Day;

    /// <summary>Whether it is a day.</summary>
    public static bool IsDay(int period) => period > 999_999;

    /// <summary>The first day of a period.</summary>
    public static DateOnly First(int period) => IsDay(period) ? new(period / 10_000, period / 100 % 100, period % 100) : new(period / 100, period % 100, 1);

    /// <summary>The periods that make up some days: whole months, and the days before and behind them; days alone where they are asked for.</summary>
    public static IEnumerable<int> Of(DateOnly from, DateOnly to, bool days = false)
    {
        for (var day = from; day <= to;)
        {
            var next = day.AddMonths(1);
            var whole = !days && day.Day == 1 && next.AddDays(-1) <= to;
            yield return whole ? Month(day) : Day(day);
            day = whole ? next : day.AddDays(1);
        }
    }
}

/// <summary>Six counts and three sums in hundredths.</summary>
public record struct CellValues(long N1, long N2 = 0, long N3 = 0, long N4 = 0, long N5 = 0, long N6 = 0, long M1 = 0, long M2 = 0, long M3 = 0)
{
    /// <summary>Whether nothing is in it.</summary>
    public readonly bool IsZero => this == default;

    /// <summary>Adds to it where it stands: thousands are added up for a report.</summary>
    public void operator +=(in CellValues other)
    {
        N1 += other.N1;
        N2 += other.N2;
        N3 += other.N3;
        N4 += other.N4;
        N5 += other.N5;
        N6 += other.N6;
        M1 += other.M1;
        M2 += other.M2;
        M3 += other.M3;
    }

    /// <summary>Added up.</summary>
    public static CellValues operator +(CellValues a, CellValues b) =>
        new(a.N1 + b.N1, a.N2 + b.N2, a.N3 + b.N3, a.N4 + b.N4, a.N5 + b.N5, a.N6 + b.N6, a.M1 + b.M1, a.M2 + b.M2, a.M3 + b.M3);

    /// <summary>As many times.</summary>
    public static CellValues operator *(CellValues a, int times) =>
        new(a.N1 * times, a.N2 * times, a.N3 * times, a.N4 * times, a.N5 * times, a.N6 * times, a.M1 * times, a.M2 * times, a.M3 * times);

    /// <summary>Taken off.</summary>
    public static CellValues operator -(CellValues a, CellValues b) =>
        new(a.N1 - b.N1, a.N2 - b.N2, a.N3 - b.N3, a.N4 - b.N4, a.N5 - b.N5, a.N6 - b.N6, a.M1 - b.M1, a.M2 - b.M2, a.M3 - b.M3);
}

internal sealed class ReportSheetTable : IEntityTypeConfiguration<ReportSheet>
{
    public void Configure(EntityTypeBuilder<ReportSheet> table)
    {
        table.ToTable("ReportSheet");
        table.HasKey(s => new { s.Cube, s.OwnerId, s.Period });
        table.Property(s => s.Cube).ValueGeneratedNever();
    }
}
