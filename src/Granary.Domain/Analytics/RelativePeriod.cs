namespace Granary.Domain.Analytics;

/// <summary>A period by its place before today, so that a saved report looks at another one each time. Weeks begin on Monday.</summary>
public enum RelativePeriod
{
    /// <summary>The day before.</summary>
    Yesterday = 1,

    /// <summary>The last 7 days, today included.</summary>
    Last7Days = 2,

    /// <summary>The last 30 days, today included.</summary>
    Last30Days = 3,

    /// <summary>The last 90 days, today included.</summary>
    Last90Days = 4,

    /// <summary>From Monday to today.</summary>
    ThisWeek = 5,

    /// <summary>Monday to Sunday before.</summary>
    LastWeek = 6,

    /// <summary>From the first of the month to today.</summary>
    ThisMonth = 7,

    /// <summary>The month before.</summary>
    LastMonth = 8,

    /// <summary>From the first day of the quarter to today.</summary>
    ThisQuarter = 9,

    /// <summary>The quarter before.</summary>
    LastQuarter = 10,

    /// <summary>From New Year to today.</summary>
    ThisYear = 11,
}

/// <summary>Turns relative periods into days.</summary>
public static class RelativePeriods
{
    /// <summary>The days of a period as seen on a day, both included.</summary>
    public static (DateOnly From, DateOnly To) On(this RelativePeriod period, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var (month, quarter) = (new DateOnly(today.Year, today.Month, 1), new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1));
        return period switch
        {
            RelativePeriod.Yesterday => (today.AddDays(-1), today.AddDays(-1)),
            RelativePeriod.Last7Days => (today.AddDays(-6), today),
            RelativePeriod.Last30Days => (today.AddDays(-29), today),
            RelativePeriod.ThisWeek => (monday, today),
            RelativePeriod.LastWeek => (monday.AddDays(-7), monday.AddDays(-1)),
            RelativePeriod.ThisMonth => (month, today),
            RelativePeriod.LastMonth => (month.AddMonths(-1), month.AddDays(-1)),
            RelativePeriod.ThisQuarter => (quarter, today),
            RelativePeriod.LastQuarter => (quarter.AddMonths(-3), quarter.AddDays(-1)),
            RelativePeriod.ThisYear => (new DateOnly(today.Year, 1, 1), today),
            _ => (today.AddDays(-89), today),
        };
    }
}
