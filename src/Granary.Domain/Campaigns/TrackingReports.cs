namespace Granary.Domain.Campaigns;

/// <summary>When a campaign's results are looked at (§14 Tracking reports). One date can be several of them.</summary>
[Flags]
public enum TrackingPoints
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>End of the month of the event.</summary>
    Month = 1,

    /// <summary>End of a quarter of that year.</summary>
    Quarter = 2,

    /// <summary>End of that year.</summary>
    Year = 4,

    /// <summary>End of a half of the second year.</summary>
    SecondYear = 8,

    /// <summary>End of the third year.</summary>
    ThirdYear = 16,
}

/// <summary>A date of a tracking report.</summary>
/// <param name="On">The last day that it counts.</param>
/// <param name="Points">What the date is.</param>
public sealed record TrackingDate(DateOnly On, TrackingPoints Points);

/// <summary>Dates of tracking reports: month of the event, each quarter of that year, year end, second year by half, third year (§14).</summary>
public static class TrackingReports
{
    /// <summary>The dates in order, each once.</summary>
    /// <param name="endsOn">Last day of the event; its year is the first.</param>
    public static IReadOnlyList<TrackingDate> Of(DateOnly endsOn)
    {
        var year = endsOn.Year;
        IEnumerable<(DateOnly On, TrackingPoints Point)> points =
        [
            (EndOf(year, endsOn.Month), TrackingPoints.Month),
            .. new[] { 3, 6, 9, 12 }.Where(month => month >= endsOn.Month).Select(month => (EndOf(year, month), TrackingPoints.Quarter)),
            (EndOf(year, 12), TrackingPoints.Year),
            (EndOf(year + 1, 6), TrackingPoints.SecondYear),
            (EndOf(year + 1, 12), TrackingPoints.SecondYear),
            (EndOf(year + 2, 12), TrackingPoints.ThirdYear),
        ];
        return [.. points.GroupBy(p => p.On).OrderBy(g => g.Key).Select(g => new TrackingDate(g.Key, g.Aggregate(TrackingPoints.None, (all, p) => all | p.Point)))];
    }

    /// <summary>The first date after a day on which a report was made; null after the last.</summary>
    public static DateOnly? NextAfter(DateOnly endsOn, DateOnly? last) => Of(endsOn).Where(d => last is null || d.On > last).Select(d => (DateOnly?)d.On).FirstOrDefault();

    private static DateOnly EndOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}
