namespace Granary.Application.Tests.Year;

/// <summary>
/// What a simulated year is made of. The same plan gives the same leads and the same choices; ids have random bits, so that where
/// two things fall on one millisecond the product may take them in another order.
/// </summary>
/// <param name="Leads">How many submissions come in, imports besides.</param>
/// <param name="Seed">Seed of everything that is left to chance.</param>
internal sealed record YearPlan(int Leads, int Seed)
{
    private static readonly TimeSpan Evening = new(18, 30, 0);

    /// <summary>The first day.</summary>
    public static DateOnly First { get; } = new(2026, 1, 1);

    /// <summary>The last day.</summary>
    public static DateOnly Last { get; } = new(2026, 12, 31);

    /// <summary>Representatives.</summary>
    public int Sellers => Math.Clamp(Leads / 500, 9, 90);

    /// <summary>SDRs.</summary>
    public int Cleaners => Math.Clamp(Leads / 2_500, 3, 20);

    /// <summary>What people do with leads, two acts for each lead on the average, and enough of each kind in a small year.</summary>
    public int Acts => Math.Max(Leads * 2, 1_500);

    /// <summary>Rows of an import.</summary>
    public int Rows => Math.Clamp(Leads / 50, 30, 1_000);

    /// <summary>Times of a day at which leads come in, people work and the product does what is due; more of them in a full year.</summary>
    public IReadOnlyList<TimeSpan> Moments(bool working) => !working ? [new(12, 0, 0)] : Leads < 5_000 ? [new(10, 0, 0), Evening] : [new(9, 30, 0), new(11, 30, 0), new(15, 0, 0), Evening];
}
