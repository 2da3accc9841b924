using System.Collections.Frozen;

namespace Granary.Domain.People;

/// <summary>A day that differs from its weekday.</summary>
/// <param name="Date">The day in organisation time.</param>
/// <param name="IsWorkingDay">True for a make-up workday, false for a holiday.</param>
public sealed record CalendarException(DateOnly Date, bool IsWorkingDay);

/// <summary>
/// When an organisation works (§10 Calendar): its weekdays, holidays and make-up workdays in its time zone, and on them each
/// representative's hours, duty and leave. Immutable. A year without an announced calendar is ruled by its weekdays alone.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>How far ahead the next working time is looked for; beyond it there is none.</summary>
    private const int HorizonDays = 400;

    private static readonly TimeOnly UsualStart = new(9, 0);
    private static readonly TimeOnly UsualEnd = new(18, 0);

    private readonly FrozenSet<DayOfWeek> _weekdays;
    private readonly FrozenDictionary<DateOnly, bool> _exceptions;
    private readonly FrozenSet<int> _announced;

    /// <summary>A calendar of its own.</summary>
    /// <param name="zone">The organisation's time zone.</param>
    /// <param name="weekdays">Weekdays that are worked.</param>
    /// <param name="exceptions">Days that differ; of two for a date the later counts.</param>
    public WorkingCalendar(TimeZoneInfo zone, IEnumerable<DayOfWeek> weekdays, IEnumerable<CalendarException> exceptions)
    {
        Zone = zone;
        _weekdays = weekdays.ToFrozenSet();
        var days = new Dictionary<DateOnly, bool>();
        foreach (var exception in exceptions)
            days[exception.Date] = exception.IsWorkingDay;
        _exceptions = days.ToFrozenDictionary();
        _announced = days.Keys.Select(static day => day.Year).ToFrozenSet();
    }

    /// <summary>Monday to Friday.</summary>
    public static IReadOnlyList<DayOfWeek> MondayToFriday { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>The organisation's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Monday to Friday with the public holidays and make-up workdays of mainland China, 2023 to 2026.</summary>
    /// <param name="zone">The organisation's time zone; null is <c>Asia/Shanghai</c>.</param>
    public static WorkingCalendar Mainland(TimeZoneInfo? zone = null) =>
        new(zone ?? TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), MondayToFriday, MainlandHolidays.Days);

    /// <summary>Whether holidays of a year are known; otherwise its weekdays alone decide.</summary>
    public bool IsAnnounced(int year) => _announced.Contains(year);

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _exceptions.TryGetValue(day, out var isWorked) ? isWorked : _weekdays.Contains(day.DayOfWeek);

    /// <summary>The day in organisation time on which an instant falls.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>The instant at which a day begins in organisation time.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instant(day, TimeSpan.Zero);

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

    /// <summary>When a duration has run on the working-day clock, whose time runs the whole of each working day and stands on all others (§10).</summary>
    /// <param name="from">When the clock is started; on a day off it begins to run with the next working day.</param>
    /// <param name="duration">How long it runs, not negative.</param>
    public DateTimeOffset AfterWorkingTime(DateTimeOffset from, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var day = WorkingDayFrom(DateOf(from));
        var at = day == DateOf(from) ? from : StartOf(day);
        for (var left = duration; ;)
        {
            var untilMidnight = StartOf(day.AddDays(1)) - at;
            if (left < untilMidnight)
                return at + left;
            left -= untilMidnight;
            if (left == TimeSpan.Zero)
                return at + untilMidnight;
            day = WorkingDayFrom(day.AddDays(1));
            at = StartOf(day);
        }
    }

    /// <summary>Whether a representative works at an instant: within their hours on a working day, or on duty, and not on leave.</summary>
    public bool IsWithin(Representative representative, DateTimeOffset now)
    {
        var local = Local(now);
        var day = DateOnly.FromDateTime(local);
        foreach (var shift in Shifts(representative, day))
        {
            if (local.TimeOfDay >= shift.From && local.TimeOfDay < shift.To)
                return true;
        }

        return false;
    }

    /// <summary>The next instant after now at which a representative's working hours or duty begin; null when none do within a year.</summary>
    public DateTimeOffset? NextStart(Representative representative, DateTimeOffset now)
    {
        var today = DateOf(now);
        for (var ahead = 0; ahead < HorizonDays; ahead++)
        {
            var day = today.AddDays(ahead);
            DateTimeOffset? first = null;
            foreach (var shift in Shifts(representative, day))
            {
                var start = Instant(day, shift.From);
                if (start > now && (first is null || start < first))
                    first = start;
            }

            if (first is not null)
                return first;
        }

        return null;
    }

    private IEnumerable<(TimeSpan From, TimeSpan To)> Shifts(Representative representative, DateOnly day)
    {
        foreach (var leave in representative.Leave)
        {
            if (day >= leave.From && day <= leave.To)
                yield break;
        }

        foreach (var duty in representative.Duty)
        {
            if (duty.Date == day)
                yield return Span(duty.From, duty.To);
        }

        if (!IsWorkingDay(day))
            yield break;
        if (representative.Hours.Count == 0)
        {
            yield return Span(UsualStart, UsualEnd);
            yield break;
        }

        // A make-up workday falls on a weekend for which nobody has hours: the first weekday's hours hold.
        var weekday = day.DayOfWeek;
        if (!_weekdays.Contains(weekday) && representative.Hours.All(hours => hours.Day != weekday))
            weekday = representative.Hours[0].Day;
        foreach (var hours in representative.Hours)
        {
            if (hours.Day == weekday)
                yield return Span(hours.From, hours.To);
        }
    }

    private static (TimeSpan From, TimeSpan To) Span(TimeOnly from, TimeOnly to) =>
        (from.ToTimeSpan(), to == TimeOnly.MinValue ? TimeSpan.FromDays(1) : to.ToTimeSpan());

    private DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    private DateTimeOffset Instant(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
