using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>The weekdays an organisation works and its hours on them (§10 Calendar).</summary>
/// <param name="Weekdays">Weekdays that are worked, at least one.</param>
/// <param name="Hours">
/// Working hours: at least one span for each working weekday. Hours of another weekday hold when a make-up workday falls on it.
/// </param>
public sealed record WorkingWeek(IReadOnlyList<DayOfWeek> Weekdays, IReadOnlyList<WorkingHours> Hours)
{
    private const int MostSpans = 70;

    /// <summary>Monday to Friday, 09:00 to 18:00.</summary>
    public static WorkingWeek BuiltIn { get; } = new(WorkingCalendar.MondayToFriday, WorkingCalendar.UsualHours(WorkingCalendar.MondayToFriday));

    /// <summary>The week of an organisation.</summary>
    public static WorkingWeek Of(Organisation organisation) => organisation.WorkingWeek is { } stored ? Json.Read<WorkingWeek>(stored) : BuiltIn;

    /// <summary>What is wrong with it.</summary>
    internal IEnumerable<FieldError> Validate()
    {
        if (Weekdays.Count == 0)
        {
            yield return new FieldError("weekdays", "no_working_day");
        }

        if (Hours.Count > MostSpans)
        {
            yield return new FieldError("hours", "too_many", $"{MostSpans}");
            yield break;
        }

        foreach (var (i, day) in Weekdays.Index())
        {
            if (Hours.All(h => h.Day != day))
            {
                yield return new FieldError($"weekdays[{i}]", "no_hours");
            }
        }

        foreach (var (i, hours) in Hours.Index())
        {
            if (hours.To <= hours.From && hours.To != TimeOnly.MinValue)
            {
                yield return new FieldError($"hours[{i}].to", "before_start");
            }
            else if (Hours.Take(i).Any(other => other.Day == hours.Day && other.From < End(hours) && hours.From < End(other)))
            {
                yield return new FieldError($"hours[{i}]", "overlapping");
            }
        }
    }

    // 00:00 as an end is the midnight that ends the day.
    private static TimeOnly End(WorkingHours hours) => hours.To == TimeOnly.MinValue ? TimeOnly.MaxValue : hours.To;
}
