namespace Granary.Domain.Review;

/// <summary>When an incubating lead is looked at again (§7).</summary>
public static class StatusReviews
{
    /// <summary>
    /// The next status review: the first date of the plan after the last look, or so many days after it where the plan names none
    /// before. Today when that has passed.
    /// </summary>
    /// <param name="planDates">Dates of the milestone plan that are not done.</param>
    /// <param name="lastLook">The day of the approval or of the last status review.</param>
    /// <param name="days">Days between looks without a date.</param>
    public static DateOnly NextOn(IEnumerable<DateOnly> planDates, DateOnly lastLook, int days)
    {
        var regular = lastLook.AddDays(days);
        return planDates.Where(d => d > lastLook && d <= regular).DefaultIfEmpty(regular).Min();
    }
}

/// <summary>Figures of review (§7 KPI).</summary>
/// <param name="Total">Leads that were recorded.</param>
/// <param name="Valid">Those that passed review.</param>
/// <param name="Opportunities">Valid ones that became opportunities.</param>
public sealed record ReviewKpi(int Total, int Valid, int Opportunities)
{
    /// <summary>Opportunities ÷ valid, 0 to 1; null while none is valid.</summary>
    public decimal? Conversion => Valid == 0 ? null : (decimal)Opportunities / Valid;
}
