using Granary.Domain.People;

namespace Granary.Domain.FollowUp;

/// <summary>A usual time for the next step of a follow-up.</summary>
public enum UsualTime
{
    /// <summary>The next working day.</summary>
    NextDay = 1,

    /// <summary>Three days from now, or the working day after it.</summary>
    InThreeDays = 2,

    /// <summary>The first working day of next week.</summary>
    NextWeek = 3,
}

/// <summary>Times that are offered for a next step: always on a working day, at ten in the morning of the organisation.</summary>
public static class NextTimes
{
    private static readonly TimeOnly Morning = new(10, 0);

    /// <summary>The usual times after an instant, none twice.</summary>
    /// <param name="calendar">When the organisation works.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<(UsualTime Usual, DateTimeOffset At)> After(WorkingCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DateOf(now);
        // A week begins on Monday.
        var monday = today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
        (UsualTime Usual, DateOnly Day)[] days =
        [
            (UsualTime.NextDay, calendar.AddWorkingDays(today, 1)),
            (UsualTime.InThreeDays, calendar.WorkingDayFrom(today.AddDays(3))),
            (UsualTime.NextWeek, calendar.WorkingDayFrom(monday)),
        ];
        return [.. days.DistinctBy(d => d.Day).Select(d => (d.Usual, At(calendar, d.Day)))];
    }

    /// <summary>The usual hour on the working day a number of days ahead, or the first one after it.</summary>
    /// <param name="calendar">When the organisation works.</param>
    /// <param name="now">The instant.</param>
    /// <param name="days">Days ahead, at least one.</param>
    public static DateTimeOffset InDays(WorkingCalendar calendar, DateTimeOffset now, int days) =>
        At(calendar, calendar.WorkingDayFrom(calendar.DateOf(now).AddDays(Math.Max(1, days))));

    private static DateTimeOffset At(WorkingCalendar calendar, DateOnly day)
    {
        var local = day.ToDateTime(Morning);
        return new DateTimeOffset(local, calendar.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
