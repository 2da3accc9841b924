using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

/// <summary>Laws of the clocks, in zones that change their time on and off working days, at midnight and over it.</summary>
public sealed class DeadlineClockProperties
{
    private static readonly string[] Zones =
        ["Asia/Shanghai", "Europe/Berlin", "America/Havana", "America/St_Johns", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu"];

    // Weekdays worked with odd hours, Sundays too, for that is when clocks change.
    private static readonly WorkingCalendar[] Calendars =
    [
        WorkingCalendar.Mainland(),
        .. Zones.Select(zone => new WorkingCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday, DayOfWeek.Sunday],
            MainlandHolidays.Days,
            [
                new WorkingHours(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(18, 0)),
                new WorkingHours(DayOfWeek.Wednesday, new TimeOnly(7, 30), new TimeOnly(11, 0)),
                new WorkingHours(DayOfWeek.Wednesday, new TimeOnly(13, 0), new TimeOnly(0, 0)),
                new WorkingHours(DayOfWeek.Friday, new TimeOnly(0, 0), new TimeOnly(0, 0)),
                new WorkingHours(DayOfWeek.Sunday, new TimeOnly(0, 0), new TimeOnly(2, 30)),
                new WorkingHours(DayOfWeek.Sunday, new TimeOnly(2, 45), new TimeOnly(6, 0)),
                new WorkingHours(DayOfWeek.Sunday, new TimeOnly(23, 15), new TimeOnly(0, 0)),
            ])),
    ];

    private static readonly Representative?[] Representatives =
    [
        null,
        new Representative
        {
            Id = Guid.Empty,
            Name = "李四",
            Hours = [new WorkingHours(DayOfWeek.Monday, new TimeOnly(6, 0), new TimeOnly(14, 0)), new WorkingHours(DayOfWeek.Friday, new TimeOnly(8, 0), new TimeOnly(12, 0))],
            Duty = [new DutyShift(new DateOnly(2026, 11, 7), new TimeOnly(13, 0), new TimeOnly(0, 0)), new DutyShift(new DateOnly(2026, 10, 25), new TimeOnly(1, 0), new TimeOnly(3, 0))],
            Leave = [new Leave(new DateOnly(2026, 3, 2), new DateOnly(2026, 5, 20)), new Leave(new DateOnly(2026, 11, 5), new DateOnly(2026, 11, 5))],
        },
    ];

    private static readonly Arbitrary<Case> Cases = (
        from calendar in Gen.Elements(Calendars)
        from clock in Gen.Elements(Enum.GetValues<DeadlineClock>())
        from representative in Gen.Elements(Representatives)
        from pause in Gen.Elements(true, false)
        from start in Gen.Choose(0, 3 * 366 * 24 * 60)
        from second in Gen.Choose(0, 59)
        from wait in Gen.OneOf(Gen.Choose(0, 3000), Gen.Choose(0, 600_000))
        from first in Gen.OneOf(Gen.Choose(0, 600), Gen.Choose(0, 200_000))
        from rest in Gen.OneOf(Gen.Choose(0, 600), Gen.Choose(0, 200_000))
        select new Case(
            calendar,
            clock,
            representative,
            pause,
            new DateTimeOffset(2025, 1, 1, 0, 0, second, TimeSpan.Zero).AddMinutes(start),
            TimeSpan.FromMinutes(wait),
            TimeSpan.FromMinutes(first),
            TimeSpan.FromMinutes(rest))).ToArbitrary();

    [Fact]
    public void What_has_run_until_a_deadline_is_its_duration() =>
        Holds(c => c.Elapsed(c.From, c.Add(c.From, c.First)) == c.First);

    [Fact]
    public void More_time_on_the_clock_is_never_due_earlier() =>
        Holds(c => c.Add(c.From, c.First) <= c.Add(c.From, c.First + c.Rest) && c.Add(c.From, c.First) >= c.From);

    [Fact]
    public void A_clock_started_later_is_never_due_earlier() =>
        Holds(c => c.Add(c.From, c.First) <= c.Add(c.From + c.Wait, c.First));

    [Fact]
    public void The_clock_can_be_stopped_and_resumed() =>
        Holds(c => c.Add(c.Add(c.From, c.First), c.Rest) == c.Add(c.From, c.First + c.Rest));

    [Fact]
    public void A_deadline_never_falls_where_its_clock_stands() =>
        Holds(c => c.Clock == DeadlineClock.Elapsed || c.Elapsed(c.Add(c.From, c.First), c.Add(c.From, c.First).AddTicks(1)) == TimeSpan.FromTicks(1));

    [Fact]
    public void No_clock_runs_faster_than_the_wall_or_backwards() =>
        Holds(c => c.Elapsed(c.From, c.From + c.Wait) >= TimeSpan.Zero && c.Elapsed(c.From, c.From + c.Wait) <= c.Wait);

    [Fact]
    public void What_runs_in_two_parts_adds_up() =>
        Holds(c => c.Elapsed(c.From, c.From + c.Wait) + c.Elapsed(c.From + c.Wait, c.From + c.Wait + c.Rest) == c.Elapsed(c.From, c.From + c.Wait + c.Rest));

    [Fact]
    public void The_working_day_clock_agrees_with_counting_day_by_day() =>
        Holds(c =>
        {
            var counted = TimeSpan.Zero;
            var (from, to) = (c.From, c.From + c.Wait);
            for (var day = c.Calendar.DateOf(from).AddDays(-1); day <= c.Calendar.DateOf(to).AddDays(1); day = day.AddDays(1))
            {
                var start = Latest(from, c.Calendar.StartOf(day));
                var end = Earliest(to, c.Calendar.StartOf(day.AddDays(1)));
                counted += c.Calendar.IsWorkingDay(day) && end > start ? end - start : TimeSpan.Zero;
            }

            return counted == c.Calendar.Elapsed(DeadlineClock.WorkingDays, from, to);
        });

    [Fact]
    public void What_may_be_acted_upon_falls_on_a_working_day() =>
        Holds(c => c.Calendar.IsWorkingDay(c.Calendar.DateOf(c.Calendar.ResumesAt(c.From))) && c.Calendar.ResumesAt(c.From) >= c.From);

    private static void Holds(Func<Case, bool> law) => Prop.ForAll(Cases, law).Check(Run.Property.WithMaxTest(3000));

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Case(
        WorkingCalendar Calendar, DeadlineClock Clock, Representative? Representative, bool Pause, DateTimeOffset From, TimeSpan Wait, TimeSpan First, TimeSpan Rest)
    {
        public DateTimeOffset Add(DateTimeOffset from, TimeSpan duration) => Calendar.Add(Clock, from, duration, Representative, Pause);

        public TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to) => Calendar.Elapsed(Clock, from, to, Representative, Pause);

        public override string ToString() => $"{Calendar.Zone.Id} {Clock} {Representative?.Name} {Pause} {From:O} wait {Wait} first {First} rest {Rest}";
    }
}
