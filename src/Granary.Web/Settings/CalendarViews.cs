using Granary.Application.People;
using Granary.Domain.People;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings;

/// <summary>What a day of the calendar is.</summary>
public enum CalendarDayKind
{
    /// <summary>A holiday.</summary>
    Holiday,

    /// <summary>A make-up workday.</summary>
    Workday,
}

/// <summary>The calendar of a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="TimeZone">The organisation's time zone.</param>
/// <param name="Weekdays">Weekdays that are worked.</param>
/// <param name="Hours">Working hours; an end of 00:00 is the midnight that ends the day.</param>
/// <param name="Announced">Whether the holidays of the year are known; otherwise its weekdays alone decide.</param>
/// <param name="Warning">What that means, in words; null when the year is announced.</param>
/// <param name="AnnouncedYears">All years whose holidays are known.</param>
/// <param name="Days">Days that differ from their weekday, in order.</param>
public sealed record CalendarView(
    int Year, string TimeZone, IReadOnlyList<DayOfWeek> Weekdays, IReadOnlyList<WorkingHours> Hours, bool Announced, string? Warning,
    IReadOnlyList<int> AnnouncedYears, IReadOnlyList<CalendarDayView> Days)
{
    internal const int FirstYear = 2000, LastYear = 2100;

    internal const string Years = "2000–2100";

    internal static CalendarView Of(WorkingCalendar calendar, int year, IStringLocalizer<SettingsTexts> texts)
    {
        var announced = calendar.IsAnnounced(year);
        return new CalendarView(
            year,
            calendar.Zone.Id,
            calendar.Weekdays,
            calendar.Hours,
            announced,
            announced ? null : texts["calendar.unannounced", year].Value,
            [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Where(calendar.IsAnnounced)],
            [.. ExceptionsOf(calendar, year).Select(CalendarDayView.Of)]);
    }

    internal static IEnumerable<CalendarException> ExceptionsOf(WorkingCalendar calendar, int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            if (calendar.ExceptionOn(day) is { } exception)
            {
                yield return exception;
            }
        }
    }
}

/// <summary>A day that differs from its weekday.</summary>
/// <param name="Date">The day.</param>
/// <param name="Kind">holiday or workday.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Source">builtIn, edited or imported.</param>
public sealed record CalendarDayView(DateOnly Date, CalendarDayKind Kind, string Name, CalendarSource Source)
{
    internal static CalendarDayView Of(CalendarException day) =>
        new(day.Date, day.IsWorkingDay ? CalendarDayKind.Workday : CalendarDayKind.Holiday, day.Name, day.Source);
}

/// <summary>Working weekdays and hours.</summary>
/// <param name="Weekdays">Weekdays that are worked, at least one.</param>
/// <param name="Hours">At least one span for each of them.</param>
public sealed record WeekBody(IReadOnlyList<DayOfWeek>? Weekdays = null, IReadOnlyList<WorkingHours>? Hours = null);

/// <summary>What a day becomes.</summary>
/// <param name="Kind">holiday or workday.</param>
/// <param name="Name">Its name, up to 60 characters.</param>
public sealed record CalendarDayBody(CalendarDayKind? Kind = null, string? Name = null);

/// <summary>A calendar to import as JSON.</summary>
/// <param name="Days">Its days.</param>
public sealed record CalendarFileBody(IReadOnlyList<CalendarFileDay> Days);

/// <summary>A day of a calendar to import.</summary>
/// <param name="Date">The day, of the years 2000 to 2100.</param>
/// <param name="Kind">holiday or workday; or isOffDay instead.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOffDay">True for a holiday, false for a make-up workday.</param>
public sealed record CalendarFileDay(DateOnly Date, CalendarDayKind? Kind = null, string? Name = null, bool? IsOffDay = null);

/// <summary>What an import does, or would do.</summary>
/// <param name="Holidays">Holidays in the file.</param>
/// <param name="Workdays">Make-up workdays in the file.</param>
/// <param name="Added">Days that nothing was set for.</param>
/// <param name="Changed">Days that were set otherwise.</param>
/// <param name="Unchanged">Days that are as the file has them.</param>
/// <param name="Years">Years the file speaks of.</param>
/// <param name="Changes">The days added or changed, with what was set before.</param>
/// <param name="LeftOut">Entries of the file that are not imported, and why; the first 50.</param>
public sealed record CalendarImportView(
    int Holidays, int Workdays, int Added, int Changed, int Unchanged, IReadOnlyList<int> Years, IReadOnlyList<CalendarChangeView> Changes, IReadOnlyList<LeftOutView> LeftOut)
{
    internal static CalendarImportView Of(CalendarImport import, FieldErrorText words) => new(
        import.Days.Count(d => !d.IsWorkingDay),
        import.Days.Count(d => d.IsWorkingDay),
        import.Added,
        import.Changed,
        import.Unchanged,
        [.. import.Years],
        [.. import.Changes.Select(c => new CalendarChangeView(CalendarDayView.Of(c.Day), c.Before is null ? null : CalendarDayView.Of(c.Before)))],
        [.. import.LeftOut.Select(e => new LeftOutView(e.Field, e.Code, words.Of(e)))]);
}

/// <summary>A day that an import changes.</summary>
/// <param name="Day">As the file has it.</param>
/// <param name="Before">As it was; null when its weekday decided.</param>
public sealed record CalendarChangeView(CalendarDayView Day, CalendarDayView? Before);

/// <summary>An entry that is not imported.</summary>
/// <param name="Field">Which, such as <c>events[3]</c>.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">Why, in words.</param>
public sealed record LeftOutView(string Field, string Code, string Message);

/// <summary>Reading a calendar that somebody sends.</summary>
internal static class CalendarUpload
{
    /// <summary>The content, and never more than one byte over the limit.</summary>
    public static async Task<byte[]> Read(Stream content, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; kept.Length <= CalendarFile.Largest && (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            kept.Write(buffer, 0, (int)Math.Min(read, CalendarFile.Largest + 1 - kept.Length));
        }

        return kept.ToArray();
    }
}
