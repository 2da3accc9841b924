using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Facts;

/// <summary>A cell of a rollup: what all leads of an owner, or all leads, contribute to a key in a month or on a day. Counts and sums, so that cells add up.</summary>
public sealed class ReportCell
{
    /// <summary>Stands for all owners together.</summary>
    public static readonly Guid Everybody = Guid.Empty;

    /// <summary>Number of the cube.</summary>
    public int Cube { get; set; }

    /// <summary>The owner; <see cref="Everybody"/> for all.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>A month as yyyymm, or a day as yyyymmdd.</summary>
    public int Period { get; set; }

    /// <summary>What it is of, such as a channel's id; empty where a lead has none.</summary>
    public required string Key { get; set; }

    /// <summary>First count.</summary>
    public long N1 { get; set; }

    /// <summary>Second count.</summary>
    public long N2 { get; set; }

    /// <summary>Third count.</summary>
    public long N3 { get; set; }

    /// <summary>Fourth count.</summary>
    public long N4 { get; set; }

    /// <summary>Fifth count.</summary>
    public long N5 { get; set; }

    /// <summary>Sixth count.</summary>
    public long N6 { get; set; }

    /// <summary>First sum, in hundredths, so that the database adds it up.</summary>
    public long M1 { get; set; }

    /// <summary>Second sum.</summary>
    public long M2 { get; set; }

    /// <summary>Third sum.</summary>
    public long M3 { get; set; }

    /// <summary>What it holds.</summary>
    internal CellValues Values => new(N1, N2, N3, N4, N5, N6, M1, M2, M3);

    /// <summary>A month as a period.</summary>
    public static int Month(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary>A day as a period.</summary>
    public static int Day(DateOnly day) => (Month(day) * 100) + day.Day;

    /// <summary>The first day of a period.</summary>
    public static DateOnly First(int period) => period > 999_999 ? new(period / 10_000, period / 100 % 100, period % 100) : new(period / 100, period % 100, 1);
}

/// <summary>Six counts and three sums in hundredths.</summary>
public readonly record struct CellValues(long N1, long N2 = 0, long N3 = 0, long N4 = 0, long N5 = 0, long N6 = 0, long M1 = 0, long M2 = 0, long M3 = 0)
{
    /// <summary>Whether nothing is in it.</summary>
    public bool IsZero => this == default;

    /// <summary>Added up.</summary>
    public static CellValues operator +(CellValues a, CellValues b) =>
        new(a.N1 + b.N1, a.N2 + b.N2, a.N3 + b.N3, a.N4 + b.N4, a.N5 + b.N5, a.N6 + b.N6, a.M1 + b.M1, a.M2 + b.M2, a.M3 + b.M3);

    /// <summary>Taken off.</summary>
    public static CellValues operator -(CellValues a, CellValues b) =>
        new(a.N1 - b.N1, a.N2 - b.N2, a.N3 - b.N3, a.N4 - b.N4, a.N5 - b.N5, a.N6 - b.N6, a.M1 - b.M1, a.M2 - b.M2, a.M3 - b.M3);
}

internal sealed class ReportCellTable : IEntityTypeConfiguration<ReportCell>
{
    public void Configure(EntityTypeBuilder<ReportCell> table)
    {
        table.ToTable("ReportCell");
        table.HasKey(c => new { c.Cube, c.OwnerId, c.Period, c.Key });
        table.Property(c => c.Cube).ValueGeneratedNever();
    }
}
