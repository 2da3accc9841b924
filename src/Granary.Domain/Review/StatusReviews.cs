using Granary.Domain.Policies;

namespace Granary.Domain.Review;

/// <summary>What a status review ends with (§7). Numbers are stored and never reused.</summary>
public enum LookOutcome
{
    /// <summary>It goes on as it is.</summary>
    Confirm = 1,

    /// <summary>It goes on with another grade, with a reason.</summary>
    Regrade = 2,

    /// <summary>It is given up, with a reason.</summary>
    Close = 3,
}

/// <summary>When an incubating lead is looked at again (§7).</summary>
public static class StatusReviews
{
    /// <summary>
    /// What is wrong with what a status review ends with: <c>not_a_choice</c>; <c>required</c> for a reason or elements that are missing,
    /// <c>no_change</c> where another grade is the one that holds, and the codes of <see cref="GradeElements.Validate"/>.
    /// </summary>
    /// <param name="outcome">What it ends with.</param>
    /// <param name="elements">The elements, where it is graded anew.</param>
    /// <param name="reason">Why.</param>
    /// <param name="holds">The grade that holds.</param>
    public static IReadOnlyList<FieldError> Errors(LookOutcome outcome, GradeElements? elements, string? reason, ProjectGrade? holds) =>
        !Enum.IsDefined(outcome) ? [new FieldError("outcome", "not_a_choice")] :
        [
            .. outcome != LookOutcome.Confirm && string.IsNullOrWhiteSpace(reason) ? [new FieldError("reason", "required")] : Array.Empty<FieldError>(),
            .. outcome != LookOutcome.Regrade ? []
                : elements is null ? [new FieldError("elements", "required")]
                : elements.Validate() is [_, ..] errors ? errors.Select(e => e with { Field = $"elements.{e.Field}" })
                : elements.Grade == holds ? [new FieldError("elements", "no_change")]
                : Array.Empty<FieldError>(),
        ];

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
