using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Ownership;

/// <summary>How often a reactivation runs by itself. Numbers are stored and never reused.</summary>
public enum ReactivationRhythm
{
    /// <summary>Only by hand.</summary>
    None = 0,

    /// <summary>Each day.</summary>
    Daily = 1,

    /// <summary>On weekdays.</summary>
    Weekly = 2,

    /// <summary>On a day of the month.</summary>
    Monthly = 3,
}

/// <summary>When a reactivation runs by itself, in organisation time.</summary>
public sealed record ReactivationSchedule
{
    // A month of 31 days behind a holiday season, and the longest way back to a day that was put off.
    private const int Ahead = 100, Behind = 40;

    /// <summary>How often.</summary>
    public ReactivationRhythm Every { get; init; }

    /// <summary>The weekdays of <see cref="ReactivationRhythm.Weekly"/>, at least one.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>The day of <see cref="ReactivationRhythm.Monthly"/>, 1 to 31; a shorter month has its last.</summary>
    public int Day { get; init; } = 1;

    /// <summary>The time of day.</summary>
    public TimeOnly At { get; init; } = new(9, 0);

    /// <summary>Whether a run that falls on a day that is not worked waits for the next that is.</summary>
    public bool WorkingDaysOnly { get; init; } = true;

    /// <summary>The first run after an instant; null when there is none.</summary>
    /// <param name="after">The instant.</param>
    /// <param name="calendar">The organisation's calendar.</param>
    public DateTimeOffset? Next(DateTimeOffset after, WorkingCalendar calendar)
    {
        var day = calendar.DateOf(after).AddDays(-Behind);
        for (var end = day.AddDays(Behind + Ahead); day <= end; day = day.AddDays(1))
        {
            if (Falls(day) && Instant(WorkingDaysOnly ? calendar.WorkingDayFrom(day) : day, calendar.Zone) is var run && run > after)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>What is wrong with it, see <see cref="ReactivationPlan.Validate"/>.</summary>
    public IEnumerable<FieldError> Validate(string path)
    {
        if (!Enum.IsDefined(Every))
        {
            yield return new FieldError($"{path}.every", "not_a_choice");
        }

        if (Every == ReactivationRhythm.Weekly && Weekdays.Count == 0)
        {
            yield return new FieldError($"{path}.weekdays", "required");
        }

        if (Weekdays.Any(day => !Enum.IsDefined(day)))
        {
            yield return new FieldError($"{path}.weekdays", "not_a_choice");
        }

        if (Every == ReactivationRhythm.Monthly && Day is < 1 or > 31)
        {
            yield return new FieldError($"{path}.day", "out_of_range", "1–31");
        }
    }

    private bool Falls(DateOnly day) => Every switch
    {
        ReactivationRhythm.Daily => true,
        ReactivationRhythm.Weekly => Weekdays.Contains(day.DayOfWeek),
        ReactivationRhythm.Monthly => day.Day == Math.Min(Day, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => false,
    };

    private DateTimeOffset Instant(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(At);
        // A time that the clocks leap over is the first one after the leap.
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
