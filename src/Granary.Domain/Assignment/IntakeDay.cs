using Granary.Domain.People;

namespace Granary.Domain.Assignment;

/// <summary>The working day that a lead counts towards (§8 Caps).</summary>
public static class IntakeDay
{
    /// <summary>
    /// Today in organisation time when the user works today (a working day, or duty); else the next day on which they do:
    /// what arrives over a holiday is work of the day after it, and counts there.
    /// </summary>
    public static DateOnly Of(Representative user, DateTimeOffset now, WorkingCalendar calendar)
    {
        var today = calendar.DateOf(now);
        var day = calendar.WorkingDayFrom(today);
        foreach (var shift in user.Duty)
        {
            if (shift.Date >= today && shift.Date < day)
            {
                day = shift.Date;
            }
        }

        return day;
    }
}
