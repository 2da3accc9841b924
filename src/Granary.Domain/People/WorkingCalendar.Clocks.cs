namespace Granary.Domain.People;

/// <content>The three clocks.</content>
public sealed partial class WorkingCalendar
{
    /// <summary>What a clock answers that never runs for so long.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// When a duration has run on a clock. The answer is never a time at which the clock stands: what has run in full when
    /// working time ends is due when it resumes, for nothing counts against anybody in between (§10).
    /// </summary>
    /// <param name="clock">The clock.</param>
    /// <param name="from">When it is started; where its time stands, it begins to run when that resumes.</param>
    /// <param name="duration">How long it runs, not negative.</param>
    /// <param name="representative">
    /// Whose hours and duty the working-hours clock follows; null, or somebody without any working time, follows the organisation.
    /// </param>
    /// <param name="pauseOnLeave">The switch <em>off</em> of a rule: the clock stands on days of the representative's approved leave.</param>
    /// <returns>The instant in UTC; <see cref="Never"/> when the clock does not run for so long.</returns>
    public DateTimeOffset Add(
        DeadlineClock clock, DateTimeOffset from, TimeSpan duration, Representative? representative = null, bool pauseOnLeave = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration.Ticks >= Never.UtcTicks - from.UtcTicks)
            return Never;
        if (TimeOf(clock, representative, pauseOnLeave) is not { } time)
            return (from + duration).ToUniversalTime();
        return time.InstantAt(time.Position(from.UtcTicks) + duration.Ticks) is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : Never;
    }

    /// <summary>How much of a clock has run between two instants; negative when the second lies before the first.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The second instant.</param>
    /// <param name="representative">As for <see cref="Add"/>.</param>
    /// <param name="pauseOnLeave">As for <see cref="Add"/>.</param>
    public TimeSpan Elapsed(
        DeadlineClock clock, DateTimeOffset from, DateTimeOffset to, Representative? representative = null, bool pauseOnLeave = false) =>
        TimeOf(clock, representative, pauseOnLeave) is { } time ? new TimeSpan(time.Position(to.UtcTicks) - time.Position(from.UtcTicks)) : to - from;

    /// <summary>
    /// When something that falls due at an instant may be acted upon: at that instant on a working day, else when the next working
    /// day begins. Nothing is recycled or marked on a day off (§10).
    /// </summary>
    public DateTimeOffset ResumesAt(DateTimeOffset instant) => Add(DeadlineClock.WorkingDays, instant, TimeSpan.Zero);

    // Null is the wall.
    private WorkingTime? TimeOf(DeadlineClock clock, Representative? representative, bool pauseOnLeave)
    {
        var pauses = pauseOnLeave && representative is { Leave.Count: > 0 };
        return clock switch
        {
            DeadlineClock.Elapsed => pauses ? TimeOf(representative!).WallOffLeave : null,
            DeadlineClock.WorkingDays => pauses ? TimeOf(representative!).DaysOffLeave : _days,
            DeadlineClock.WorkingHours when representative is null => _hours,
            DeadlineClock.WorkingHours => pauses ? TimeOf(representative).HoursOffLeave : TimeOf(representative).Hours,
            _ => throw new ArgumentOutOfRangeException(nameof(clock)),
        };
    }

    private RepresentativeTime TimeOf(Representative representative) =>
        _representatives.TryGetValue(representative, out var known)
            ? known
            : _representatives.GetValue(representative, someone => new RepresentativeTime(this, someone));

    private WorkingTime DayClock(IReadOnlyList<(int First, int Last)> off) =>
        Clock([.. Week.Select(day => _weekdays.Contains(day) ? WholeDay : [])], static _ => WholeDay, [], off);

    private WorkingTime Clock(IReadOnlyList<WorkingHours> hours, IReadOnlyList<DutyShift> duty, IReadOnlyList<(int First, int Last)> off)
    {
        DayPart[][] own = [.. Week.Select(day => DayPart.Join(hours.Where(h => h.Day == day).Select(static h => DayPart.Of(h.From, h.To))))];

        // A make-up workday falls on a weekend for which nobody has hours: the first weekday's hours hold.
        return Clock(
            [.. Week.Select((day, i) => _weekdays.Contains(day) ? own[i] : [])],
            day => own[Number(day)].Length > 0 || _weekdays.Contains(day) ? own[Number(day)] : own[Number(hours[0].Day)],
            duty,
            off);
    }

    private WorkingTime Clock(
        DayPart[][] week, Func<DayOfWeek, DayPart[]> madeUp, IReadOnlyList<DutyShift> duty, IReadOnlyList<(int First, int Last)> off)
    {
        Dictionary<int, DayPart[]> special = [];
        foreach (var (date, exception) in _exceptions)
            special[date.DayNumber] = exception.IsWorkingDay ? madeUp(date.DayOfWeek) : [];
        foreach (var shifts in duty.GroupBy(static shift => shift.Date.DayNumber))
        {
            var usual = special.GetValueOrDefault(shifts.Key) ?? week[shifts.Key % 7];
            special[shifts.Key] = DayPart.Join([.. usual, .. shifts.Select(static shift => DayPart.Of(shift.From, shift.To))]);
        }

        return new WorkingTime(_zone, week, special, off);
    }

    /// <summary>A representative's clocks, each made when it is first asked for.</summary>
    private sealed class RepresentativeTime(WorkingCalendar calendar, Representative representative)
    {
        private readonly bool _usual = representative is { Hours.Count: 0, Duty.Count: 0 };

        private readonly bool _everWorks = representative.Hours.Any(hours => calendar._weekdays.Contains(hours.Day));

        /// <summary>Working hours of deadlines: somebody whose hours lie on no weekday that is worked has the organisation's.</summary>
        public WorkingTime Hours => field ??= _usual ? calendar._hours : calendar.Clock(OfDeadlines, representative.Duty, []);

        /// <summary>The same, standing on leave.</summary>
        public WorkingTime HoursOffLeave => field ??= HasLeave ? calendar.Clock(OfDeadlines, representative.Duty, Leave()) : Hours;

        /// <summary>When they work in truth, which may be never.</summary>
        public WorkingTime Presence => field ??= _everWorks || representative.Hours.Count == 0
            ? HoursOffLeave
            : calendar.Clock(representative.Hours, representative.Duty, Leave());

        /// <summary>Working days but for leave.</summary>
        public WorkingTime DaysOffLeave => field ??= calendar.DayClock(Leave());

        /// <summary>Always but on leave.</summary>
        public WorkingTime WallOffLeave => field ??= new WorkingTime(
            calendar._zone, [.. Week.Select(static _ => WholeDay)], new Dictionary<int, DayPart[]>(), Leave());

        private bool HasLeave => representative.Leave.Count > 0;

        private IReadOnlyList<WorkingHours> OfDeadlines => _everWorks ? representative.Hours : calendar.Hours;

        /// <summary>Leave in order; ranges that touch or overlap are one.</summary>
        private List<(int First, int Last)> Leave()
        {
            List<(int First, int Last)> ranges = [];
            foreach (var leave in representative.Leave.Where(static l => l.To >= l.From).OrderBy(static l => l.From))
            {
                if (ranges.Count > 0 && leave.From.DayNumber <= ranges[^1].Last + 1)
                    ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].Last, leave.To.DayNumber));
                else
                    ranges.Add((leave.From.DayNumber, leave.To.DayNumber));
            }

            return ranges;
        }
    }
}
