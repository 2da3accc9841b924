using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Granary.Domain.People;

/// <summary>
/// When an organisation works (§10 Calendar): its weekdays and their hours, holidays and make-up workdays in its time zone, and on
/// them each representative's hours, duty and leave. Immutable. A year without an announced calendar is ruled by its weekdays
/// alone. Time zones change as in the years 1970 to 2100; before and after they stand still.
/// </summary>
public sealed partial class WorkingCalendar
{
    /// <summary>How far ahead the next working time is looked for; beyond it there is none.</summary>
    private const int HorizonDays = 400;

    private static readonly DayPart[] WholeDay = [new DayPart(0, TimeSpan.TicksPerDay)];

    private readonly FrozenSet<DayOfWeek> _weekdays;
    private readonly FrozenDictionary<DateOnly, CalendarException> _exceptions;
    private readonly FrozenSet<int> _announced;
    private readonly ZoneOffsets _zone;
    private readonly WorkingTime _days, _hours;
    private readonly ConditionalWeakTable<Representative, RepresentativeTime> _representatives = [];

    /// <summary>A calendar of its own.</summary>
    /// <param name="zone">The organisation's time zone.</param>
    /// <param name="weekdays">Weekdays that are worked, at least one.</param>
    /// <param name="exceptions">Days that differ; of two for a date the later counts.</param>
    /// <param name="hours">
    /// Working hours of weekdays; null is 09:00 to 18:00. A make-up workday on a weekday without hours has those of the first weekday.
    /// </param>
    /// <exception cref="ArgumentException">No weekday is worked, or one has no hours.</exception>
    public WorkingCalendar(
        TimeZoneInfo zone, IEnumerable<DayOfWeek> weekdays, IEnumerable<CalendarException> exceptions, IEnumerable<WorkingHours>? hours = null)
    {
        Zone = zone;
        _zone = ZoneOffsets.Of(zone);
        _weekdays = weekdays.ToFrozenSet();
        Weekdays = [.. Week.Where(_weekdays.Contains)];
        if (_weekdays.Count == 0)
            throw new ArgumentException("No weekday is worked.", nameof(weekdays));
        Hours = hours is null ? UsualHours(_weekdays) : [.. hours.OrderBy(static h => Number(h.Day)).ThenBy(static h => h.From)];
        if (Weekdays.Any(day => Hours.All(h => h.Day != day)))
            throw new ArgumentException("A working weekday has no hours.", nameof(hours));

        var days = new Dictionary<DateOnly, CalendarException>();
        foreach (var exception in exceptions)
            days[exception.Date] = exception;
        _exceptions = days.ToFrozenDictionary();
        _announced = days.Values.Where(static d => d.Source != CalendarSource.Edited).Select(static d => d.Date.Year).ToFrozenSet();
        _days = DayClock([]);
        _hours = Clock(Hours, [], []);
    }

    /// <summary>Monday to Friday.</summary>
    public static IReadOnlyList<DayOfWeek> MondayToFriday { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>The week, which begins on Monday.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } = [.. MondayToFriday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The organisation's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Weekdays that are worked, Monday first.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; }

    /// <summary>The organisation's working hours, Monday first; a weekday may have several.</summary>
    public IReadOnlyList<WorkingHours> Hours { get; }

    /// <summary>Monday to Friday with the public holidays and make-up workdays of mainland China, 2023 to 2026.</summary>
    /// <param name="zone">The organisation's time zone; null is <c>Asia/Shanghai</c>.</param>
    public static WorkingCalendar Mainland(TimeZoneInfo? zone = null) =>
        new(zone ?? TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), MondayToFriday, MainlandHolidays.Days);

    /// <summary>09:00 to 18:00 on each of some weekdays.</summary>
    public static IReadOnlyList<WorkingHours> UsualHours(IEnumerable<DayOfWeek> weekdays) =>
        [.. weekdays.OrderBy(Number).Select(static day => new WorkingHours(day, new TimeOnly(9, 0), new TimeOnly(18, 0)))];

    /// <summary>Whether the holidays of a year are known; otherwise its weekdays alone decide. Days set by hand do not announce a year.</summary>
    public bool IsAnnounced(int year) => _announced.Contains(year);

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _exceptions.TryGetValue(day, out var exception) ? exception.IsWorkingDay : _weekdays.Contains(day.DayOfWeek);

    /// <summary>What is set for a day; null when its weekday decides.</summary>
    public CalendarException? ExceptionOn(DateOnly day) => _exceptions.GetValueOrDefault(day);

    /// <summary>The day in organisation time on which an instant falls.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(new DateTime(_zone.Local(instant.UtcTicks)));

    /// <summary>The instant at which a day begins in organisation time.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instant(day, 0);

    /// <summary>The first working day on or after a day.</summary>
    /// <exception cref="InvalidOperationException">No day is worked for more than a year.</exception>
    public DateOnly WorkingDayFrom(DateOnly day)
    {
        for (var ahead = 0; ahead < HorizonDays; ahead++)
        {
            if (IsWorkingDay(day.AddDays(ahead)))
                return day.AddDays(ahead);
        }

        throw new InvalidOperationException("The calendar has no working day for more than a year.");
    }

    /// <summary>The working day that lies a number of working days after a day; zero gives the first on or after it.</summary>
    /// <param name="day">Where the count begins; it is not counted itself.</param>
    /// <param name="count">Working days, not negative.</param>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return WorkingDayFrom(day);
        for (; count > 0; count--)
            day = WorkingDayFrom(day.AddDays(1));
        return day;
    }

    /// <summary>Whether a representative works at an instant: within their hours on a working day, or on duty, and not on leave.</summary>
    public bool IsWithin(Representative representative, DateTimeOffset now)
    {
        var (day, time) = Math.DivRem(_zone.Local(now.UtcTicks), TimeSpan.TicksPerDay);
        foreach (var part in TimeOf(representative).Presence.PartsOf((int)day))
        {
            if (time >= part.From && time < part.To)
                return true;
        }

        return false;
    }

    /// <summary>The next instant after now at which a representative's working hours or duty begin; null when none do within a year.</summary>
    public DateTimeOffset? NextStart(Representative representative, DateTimeOffset now)
    {
        var (today, hours) = (DateOf(now), TimeOf(representative).Presence);
        for (var ahead = 0; ahead < HorizonDays; ahead++)
        {
            var day = today.AddDays(ahead);
            foreach (var part in hours.PartsOf(day.DayNumber))
            {
                var start = Instant(day, part.From);
                if (start > now)
                    return start;
            }
        }

        return null;
    }

    private DateTimeOffset Instant(DateOnly day, long time) => new(_zone.Utc((day.DayNumber * TimeSpan.TicksPerDay) + time), TimeSpan.Zero);

    // Monday is 0.
    private static int Number(DayOfWeek day) => ((int)day + 6) % 7;
}
