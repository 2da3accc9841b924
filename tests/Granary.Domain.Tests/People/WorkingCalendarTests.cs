using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    private static readonly Representative Rep = new() { Id = Guid.Empty, Name = "张三" };

    [Theory]
    [InlineData("2026-09-24", true)]
    [InlineData("2026-09-25", false)]
    [InlineData("2026-09-20", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2025-02-04", false)]
    [InlineData("2025-02-05", true)]
    [InlineData("2025-10-08", false)]
    [InlineData("2024-10-12", true)]
    [InlineData("2023-10-07", true)]
    [InlineData("2023-06-25", true)]
    [InlineData("2026-11-07", false)]
    public void Holidays_rest_and_make_up_days_work(string day, bool isWorked) =>
        Assert.Equal(isWorked, Calendar.IsWorkingDay(DateOnly.Parse(day)));

    [Fact]
    public void A_year_that_is_not_announced_is_ruled_by_its_weekdays()
    {
        Assert.True(Calendar.IsAnnounced(2026));
        Assert.False(Calendar.IsAnnounced(2027));
        Assert.True(Calendar.IsWorkingDay(new DateOnly(2027, 10, 1)));
        Assert.False(Calendar.IsWorkingDay(new DateOnly(2027, 10, 2)));
    }

    [Fact]
    public void A_day_set_by_hand_does_not_announce_its_year_and_an_imported_one_does()
    {
        var holiday = new CalendarException(new DateOnly(2027, 10, 1), false, "国庆节", CalendarSource.Edited);
        Assert.False(With(holiday).IsAnnounced(2027));
        Assert.False(With(holiday).IsWorkingDay(holiday.Date));
        Assert.True(With(holiday with { Source = CalendarSource.Imported }).IsAnnounced(2027));
    }

    [Fact]
    public void An_edit_overrides_the_built_in_day_and_keeps_its_name()
    {
        var edit = new CalendarException(new DateOnly(2026, 10, 7), true, "盘点", CalendarSource.Edited);
        Assert.True(With(edit).IsWorkingDay(edit.Date));
        Assert.Equal(edit, With(edit).ExceptionOn(edit.Date));
        Assert.Equal("国庆节", Calendar.ExceptionOn(edit.Date)!.Name);
        Assert.Null(Calendar.ExceptionOn(new DateOnly(2026, 11, 2)));
    }

    [Fact]
    public void A_calendar_without_a_working_weekday_or_its_hours_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => new WorkingCalendar(Calendar.Zone, [], []));
        Assert.Throws<ArgumentException>(() => new WorkingCalendar(
            Calendar.Zone, [DayOfWeek.Monday, DayOfWeek.Tuesday], [], WorkingCalendar.UsualHours([DayOfWeek.Monday])));
    }

    [Fact]
    public void Hours_of_the_organisation_hold_for_those_without_own()
    {
        WorkingHours[] hours = [.. WorkingCalendar.MondayToFriday.Select(day => new WorkingHours(day, new TimeOnly(7, 0), new TimeOnly(12, 0)))];
        var early = new WorkingCalendar(Calendar.Zone, WorkingCalendar.MondayToFriday, [], hours);
        Assert.True(early.IsWithin(Rep, At(2026, 11, 2, 7)));
        Assert.False(early.IsWithin(Rep, At(2026, 11, 2, 12)));
    }

    [Fact]
    public void The_day_changes_at_midnight_of_the_organisation()
    {
        Assert.Equal(new DateOnly(2026, 11, 2), Calendar.DateOf(new DateTimeOffset(2026, 11, 1, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 11, 1), Calendar.DateOf(new DateTimeOffset(2026, 11, 1, 15, 59, 59, TimeSpan.Zero)));
    }

    [Fact]
    public void Working_days_are_counted_over_a_holiday()
    {
        Assert.Equal(new DateOnly(2026, 10, 8), Calendar.AddWorkingDays(new DateOnly(2026, 9, 30), 1));
        Assert.Equal(new DateOnly(2026, 10, 10), Calendar.AddWorkingDays(new DateOnly(2026, 9, 30), 3));
        Assert.Equal(new DateOnly(2026, 10, 8), Calendar.AddWorkingDays(new DateOnly(2026, 10, 3), 0));
    }

    [Theory]
    [InlineData(2, 9, 0, true)]
    [InlineData(2, 8, 59, false)]
    [InlineData(2, 17, 59, true)]
    [InlineData(2, 18, 0, false)]
    [InlineData(7, 10, 0, false)]
    public void Without_own_hours_nine_to_six_on_working_days_hold(int day, int hour, int minute, bool isWithin) =>
        Assert.Equal(isWithin, Calendar.IsWithin(Rep, At(2026, 11, day, hour, minute)));

    [Fact]
    public void A_Saturday_shift_counts_although_the_day_is_off_and_leave_ends_it()
    {
        var onDuty = Rep with { Duty = [new DutyShift(new DateOnly(2026, 11, 7), new TimeOnly(13, 0), new TimeOnly(0, 0))] };
        Assert.False(Calendar.IsWithin(onDuty, At(2026, 11, 7, 12)));
        Assert.True(Calendar.IsWithin(onDuty, At(2026, 11, 7, 23, 59)));
        var onLeave = onDuty with { Leave = [new Leave(new DateOnly(2026, 11, 7), new DateOnly(2026, 11, 7))] };
        Assert.False(Calendar.IsWithin(onLeave, At(2026, 11, 7, 14)));
    }

    [Fact]
    public void Hours_of_a_weekday_do_not_hold_on_its_holiday_but_hold_on_a_make_up_day()
    {
        var early = Rep with { Hours = [new WorkingHours(DayOfWeek.Friday, new TimeOnly(7, 0), new TimeOnly(12, 0))] };
        Assert.False(Calendar.IsWithin(early, At(2026, 9, 25, 8)));
        Assert.True(Calendar.IsWithin(early, At(2026, 9, 18, 8)));
        Assert.False(Calendar.IsWithin(early, At(2026, 9, 17, 8)));
        Assert.True(Calendar.IsWithin(early, At(2026, 9, 20, 8)));
    }

    [Fact]
    public void The_next_start_skips_the_weekend_and_leave()
    {
        Assert.Equal(At(2026, 11, 2, 9), Calendar.NextStart(Rep, At(2026, 11, 2, 8)));
        Assert.Equal(At(2026, 11, 3, 9), Calendar.NextStart(Rep, At(2026, 11, 2, 9)));
        Assert.Equal(At(2026, 11, 9, 9), Calendar.NextStart(Rep, At(2026, 11, 6, 19)));
        var away = Rep with { Leave = [new Leave(new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 10))] };
        Assert.Equal(At(2026, 11, 11, 9), Calendar.NextStart(away, At(2026, 11, 6, 19)));
        Assert.Null(Calendar.NextStart(Rep with { Leave = [new Leave(new DateOnly(2026, 1, 1), new DateOnly(2030, 1, 1))] }, At(2026, 11, 6, 19)));
    }

    private static WorkingCalendar With(CalendarException edit) =>
        new(Calendar.Zone, WorkingCalendar.MondayToFriday, [.. MainlandHolidays.Days, edit]);

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute = 0) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));
}
