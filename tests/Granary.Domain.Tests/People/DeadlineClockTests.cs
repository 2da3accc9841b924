using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

public sealed class DeadlineClockTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    private static readonly Representative Rep = new() { Id = Guid.Empty, Name = "张三" };

    private static readonly Representative Early = Rep with
    {
        Hours = [.. WorkingCalendar.MondayToFriday.Select(day => new WorkingHours(day, new TimeOnly(7, 0), new TimeOnly(11, 0)))],
    };

    [Fact]
    public void A_working_day_from_the_holiday_of_Mid_Autumn_2026_runs_the_whole_of_Monday() =>
        Assert.Equal(At(2026, 9, 29, 0), Calendar.Add(DeadlineClock.WorkingDays, At(2026, 9, 25, 15), Hours(24)));

    [Fact]
    public void A_working_day_from_Thursday_before_Mid_Autumn_2026_is_due_on_Monday_at_the_same_hour() =>
        Assert.Equal(At(2026, 9, 28, 15), Calendar.Add(DeadlineClock.WorkingDays, At(2026, 9, 24, 15), Hours(24)));

    [Fact]
    public void Nine_hours_of_that_day_run_on_the_Thursday_and_none_over_the_holiday()
    {
        Assert.Equal(Hours(9), Calendar.Elapsed(DeadlineClock.WorkingDays, At(2026, 9, 24, 15), At(2026, 9, 25, 0)));
        Assert.Equal(Hours(9), Calendar.Elapsed(DeadlineClock.WorkingDays, At(2026, 9, 24, 15), At(2026, 9, 28, 0)));
        Assert.Equal(Hours(24), Calendar.Elapsed(DeadlineClock.WorkingDays, At(2026, 9, 24, 15), At(2026, 9, 28, 15)));
    }

    [Fact]
    public void The_elapsed_clock_runs_over_holidays() =>
        Assert.Equal(At(2026, 9, 25, 15), Calendar.Add(DeadlineClock.Elapsed, At(2026, 9, 24, 15), Hours(24)));

    [Fact]
    public void What_has_run_in_full_when_working_time_ends_is_due_when_it_resumes()
    {
        Assert.Equal(At(2026, 9, 28, 0), Calendar.Add(DeadlineClock.WorkingDays, At(2026, 9, 24, 0), Hours(24)));
        Assert.Equal(At(2026, 9, 28, 9), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 9, 24, 14), Hours(4)));
        Assert.Equal(At(2026, 9, 28, 0), Calendar.Add(DeadlineClock.WorkingDays, At(2026, 9, 25, 15), TimeSpan.Zero));
    }

    [Fact]
    public void Two_working_hours_from_the_evening_before_a_holiday_are_due_at_eleven_after_it() =>
        Assert.Equal(At(2026, 9, 28, 11), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 9, 24, 19), Hours(2)));

    [Fact]
    public void Four_working_hours_go_on_the_next_morning() =>
        Assert.Equal(At(2026, 11, 3, 11), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 2, 16), Hours(4)));

    [Fact]
    public void A_make_up_Sunday_has_the_hours_of_a_Monday() =>
        Assert.Equal(At(2026, 9, 20, 11), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 9, 19, 10), Hours(2)));

    [Fact]
    public void A_lunch_break_does_not_count()
    {
        WorkingHours[] hours =
        [
            .. WorkingCalendar.MondayToFriday.Select(day => new WorkingHours(day, new TimeOnly(13, 30), new TimeOnly(18, 0))),
            .. WorkingCalendar.MondayToFriday.Select(day => new WorkingHours(day, new TimeOnly(9, 0), new TimeOnly(12, 0))),
        ];
        var calendar = new WorkingCalendar(Calendar.Zone, WorkingCalendar.MondayToFriday, [], hours);
        Assert.Equal(At(2026, 11, 2, 14, 30), calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 2, 11), Hours(2)));
        Assert.Equal(Hours(1), calendar.Elapsed(DeadlineClock.WorkingHours, At(2026, 11, 2, 11), At(2026, 11, 2, 13)));
    }

    [Fact]
    public void Hours_and_duty_of_a_representative_count_for_them()
    {
        Assert.Equal(At(2026, 11, 3, 8), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 2, 10), Hours(2), Early));
        var onDuty = Early with { Duty = [new DutyShift(new DateOnly(2026, 11, 7), new TimeOnly(20, 0), new TimeOnly(0, 0))] };
        Assert.Equal(At(2026, 11, 7, 21), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 6, 10), Hours(2), onDuty));
        Assert.Equal(At(2026, 11, 9, 8), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 6, 10), Hours(6), onDuty));
    }

    [Theory]
    [InlineData(DeadlineClock.Elapsed, 2, 14, 5, 10)]
    [InlineData(DeadlineClock.WorkingDays, 2, 14, 5, 10)]
    [InlineData(DeadlineClock.WorkingHours, 2, 14, 6, 16)]
    public void Leave_pauses_a_clock_where_the_rule_says_so(DeadlineClock clock, int day, int hour, int dueDay, int dueHour)
    {
        var away = Rep with { Leave = [new Leave(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 4))] };
        Assert.Equal(At(2026, 11, dueDay, dueHour), Calendar.Add(clock, At(2026, 11, day, hour), Hours(20), away, pauseOnLeave: true));
        Assert.Equal(Hours(20), Calendar.Elapsed(clock, At(2026, 11, day, hour), At(2026, 11, dueDay, dueHour), away, pauseOnLeave: true));
        Assert.Equal(Calendar.Add(clock, At(2026, 11, day, hour), Hours(20)), Calendar.Add(clock, At(2026, 11, day, hour), Hours(20), away));
    }

    [Fact]
    public void Leave_that_overlaps_pauses_once_and_leave_without_end_for_ever()
    {
        var away = Rep with
        {
            Leave = [new Leave(new DateOnly(2026, 11, 4), new DateOnly(2026, 11, 5)), new Leave(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 4))],
        };
        Assert.Equal(At(2026, 11, 6, 10), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 2, 17), Hours(2), away, pauseOnLeave: true));
        var gone = Rep with { Leave = [new Leave(new DateOnly(2026, 11, 3), DateOnly.MaxValue)] };
        Assert.Equal(WorkingCalendar.Never, Calendar.Add(DeadlineClock.WorkingDays, At(2026, 11, 2, 17), Hours(20), gone, pauseOnLeave: true));
        Assert.Equal(WorkingCalendar.Never, Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 2, 17), TimeSpan.MaxValue, gone));
    }

    [Fact]
    public void A_deadline_of_somebody_whose_hours_are_never_worked_follows_the_organisation()
    {
        var never = Rep with { Hours = [new WorkingHours(DayOfWeek.Sunday, new TimeOnly(9, 0), new TimeOnly(12, 0))] };
        Assert.Equal(At(2026, 11, 2, 14), Calendar.Add(DeadlineClock.WorkingHours, At(2026, 11, 1, 9), Hours(5), never));
        Assert.False(Calendar.IsWithin(never, At(2026, 11, 2, 10)));
    }

    [Fact]
    public void Nothing_is_acted_upon_on_a_day_off()
    {
        Assert.Equal(At(2026, 10, 8, 0), Calendar.ResumesAt(At(2026, 10, 2, 15)));
        Assert.Equal(At(2026, 10, 8, 0), Calendar.ResumesAt(At(2026, 10, 1, 0)));
        Assert.Equal(At(2026, 9, 30, 23), Calendar.ResumesAt(At(2026, 9, 30, 23)));
        Assert.Equal(At(2026, 10, 10, 3), Calendar.ResumesAt(At(2026, 10, 10, 3)));
    }

    [Fact]
    public void A_year_that_is_not_announced_runs_by_its_weekdays() =>
        Assert.Equal(At(2027, 10, 4, 10), Calendar.Add(DeadlineClock.WorkingHours, At(2027, 10, 1, 17), Hours(2)));

    [Fact]
    public void A_night_on_which_the_clocks_change_counts_its_real_hours()
    {
        var berlin = new WorkingCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), WorkingCalendar.Week, []);
        var spring = new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 13, 0, 0, TimeSpan.FromHours(2)), berlin.Add(DeadlineClock.WorkingDays, spring, Hours(24)));
        var autumn = new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 11, 0, 0, TimeSpan.FromHours(1)), berlin.Add(DeadlineClock.WorkingDays, autumn, Hours(24)));
        Assert.Equal(Hours(10), berlin.Elapsed(DeadlineClock.WorkingHours, spring, spring.AddDays(1)));
    }

    private static TimeSpan Hours(int hours) => TimeSpan.FromHours(hours);

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute = 0) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));
}
