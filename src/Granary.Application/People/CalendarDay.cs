using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A day of the calendar that was edited or imported (§10 Calendar); it overrides the built-in one.</summary>
public sealed class CalendarDay
{
    /// <summary>The day in organisation time.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>True for a make-up workday, false for a holiday.</summary>
    public required bool IsWorkingDay { get; set; }

    /// <summary>Its name, such as 国庆节; may be empty.</summary>
    public required string Name { get; set; }

    /// <summary>Edited or imported.</summary>
    public required CalendarSource Source { get; set; }

    internal CalendarException Exception => new(Date, IsWorkingDay, Name, Source);
}

internal sealed class CalendarDayTable : IEntityTypeConfiguration<CalendarDay>
{
    public void Configure(EntityTypeBuilder<CalendarDay> table)
    {
        table.ToTable("CalendarDay");
        table.HasKey(d => d.Date);
        table.Property(d => d.Name).HasMaxLength(CalendarDays.LongestName);
    }
}

/// <summary>The calendar as it is kept: the built-in days and what overrides them.</summary>
internal static class CalendarDays
{
    public const int LongestName = 60, FirstYear = 2000, LastYear = 2100, LongestClosure = 60;

    public const string Years = "2000–2100";

    /// <summary>The calendar of an organisation.</summary>
    public static WorkingCalendar Calendar(Organisation organisation, IEnumerable<CalendarDay> days)
    {
        var week = WorkingWeek.Of(organisation);
        return new WorkingCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone), week.Weekdays, [.. MainlandHolidays.Days, .. days.Select(d => d.Exception)], week.Hours);
    }

    /// <summary>Every day that differs from its weekday.</summary>
    public static Dictionary<DateOnly, CalendarException> InForce(IEnumerable<CalendarDay> days)
    {
        var all = MainlandHolidays.Days.ToDictionary(d => d.Date);
        foreach (var day in days)
        {
            all[day.Date] = day.Exception;
        }

        return all;
    }

    /// <summary>Whether more days in a row are off than any organisation closes for: deadlines would wait for ever.</summary>
    public static bool ClosesEndlessly(WorkingCalendar calendar, IEnumerable<CalendarException> days)
    {
        foreach (var day in days)
        {
            var closed = 0;
            while (closed <= LongestClosure && !calendar.IsWorkingDay(day.Date.AddDays(closed)))
            {
                closed++;
            }

            if (closed > LongestClosure)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One line of text that fits, without control characters.</summary>
    public static string NameOf(string text)
    {
        var name = string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];
    }
}
