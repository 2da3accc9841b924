using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Tests.Ownership;

public sealed class ReactivationPlanTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();
    private static readonly ReactivationPlan Sound = new()
    {
        Select = new() { Pools = [PoolKeys.Nurture] },
        Push = new() { Target = AssignmentTarget.OfRole(BuiltInRoles.Sdr) },
    };

    [Fact]
    public void A_pool_and_a_recipient_are_enough() => Assert.Empty(Sound.Validate());

    [Fact]
    public void Nothing_flows_out_of_the_invalid_and_the_blacklist_pool() => Assert.Equal(
        [new FieldError("select.pools[0]", "nothing_flows_out"), new FieldError("select.pools[1]", "nothing_flows_out")],
        (Sound with { Select = new() { Pools = [PoolKeys.Invalid, PoolKeys.Blacklist] } }).Validate());

    [Fact]
    public void Exactly_one_kind_of_recipient_is_named()
    {
        Assert.Contains(new FieldError("push.target", "one_target"), (Sound with { Push = new() }).Validate());
        Assert.Contains(new FieldError("push.target", "one_target"), (Sound with { Push = new() { ByRules = true, Target = AssignmentTarget.OfPool(PoolKeys.Active) } }).Validate());
        Assert.Empty((Sound with { Push = new() { ByRules = true } }).Validate());
    }

    [Fact]
    public void A_pool_cannot_be_pushed_back_into_itself() => Assert.Equal(
        [new FieldError("push.target.pool", "goes_nowhere")],
        (Sound with { Push = new() { Target = AssignmentTarget.OfPool(PoolKeys.Nurture) } }).Validate());

    [Fact]
    public void Kinds_of_touch_need_a_period() => Assert.Equal(
        [new FieldError("select.touchedWithinDays", "required")],
        (Sound with { Select = Sound.Select with { Touches = [TouchKind.CorePageViewed] } }).Validate());

    [Fact]
    public void Numbers_beyond_their_bounds_and_unknown_regions_are_named() => Assert.Equal(
        ["select.regions[0]", "select.idleDays", "select.ownershipsAtMost", "push.perRun", "schedule.weekdays", "script"],
        new ReactivationPlan
        {
            Select = new() { Pools = [PoolKeys.Active], Regions = ["亚特兰蒂斯"], IdleDays = -1, OwnershipsAtLeast = 3, OwnershipsAtMost = 2 },
            Push = new() { ByRules = true, PerRun = 1_001 },
            Schedule = new() { Every = ReactivationRhythm.Weekly },
            Script = new string('好', 2_001),
        }.Validate().Select(e => e.Field));

    [Fact]
    public void A_plan_by_hand_never_runs_by_itself() => Assert.Null(new ReactivationSchedule().Next(At(2026, 9, 1, 8), Calendar));

    [Fact]
    public void A_daily_run_at_nine_is_today_before_nine_and_tomorrow_after()
    {
        var daily = new ReactivationSchedule { Every = ReactivationRhythm.Daily };
        Assert.Equal(At(2026, 9, 1, 9), daily.Next(At(2026, 9, 1, 8), Calendar));
        Assert.Equal(At(2026, 9, 2, 9), daily.Next(At(2026, 9, 1, 9), Calendar));
    }

    [Fact]
    public void A_weekly_run_on_a_holiday_waits_for_the_next_working_day()
    {
        var friday = new ReactivationSchedule { Every = ReactivationRhythm.Weekly, Weekdays = [DayOfWeek.Friday] };

        // The Mid-Autumn holiday of 2026 is Friday 25 to Sunday 27 September.
        Assert.Equal(At(2026, 9, 28, 9), friday.Next(At(2026, 9, 24, 12), Calendar));
        Assert.Equal(At(2026, 9, 25, 9), (friday with { WorkingDaysOnly = false }).Next(At(2026, 9, 24, 12), Calendar));
        Assert.Equal(At(2026, 9, 28, 9), friday.Next(At(2026, 9, 27, 12), Calendar));
    }

    [Fact]
    public void The_thirty_first_of_a_shorter_month_is_its_last_day()
    {
        var monthly = new ReactivationSchedule { Every = ReactivationRhythm.Monthly, Day = 31, WorkingDaysOnly = false };
        Assert.Equal(At(2027, 2, 28, 9), monthly.Next(At(2027, 2, 1, 0), Calendar));
        Assert.Equal(At(2027, 3, 31, 9), monthly.Next(At(2027, 2, 28, 9), Calendar));
    }

    [Fact]
    public void The_next_run_lies_ahead_and_none_lies_between() => Prop.ForAll(Moments, moment =>
    {
        var schedule = new ReactivationSchedule
        {
            Every = (ReactivationRhythm)moment.Rhythm,
            Weekdays = [DayOfWeek.Monday, DayOfWeek.Saturday],
            Day = 30,
            WorkingDaysOnly = moment.WorkingDaysOnly,
        };
        var after = At(2025, 1, 1, 0).AddHours(moment.Hours);
        var next = schedule.Next(after, Calendar)!.Value;
        return next > after && schedule.Next(next.AddTicks(-1), Calendar) == next;
    }).Check(Run.Property);

    private static Arbitrary<(int Hours, int Rhythm, bool WorkingDaysOnly)> Moments => Arb.From(
        from hours in Gen.Choose(0, 15_000)
        from rhythm in Gen.Choose(1, 3)
        from working in Gen.Elements(true, false)
        select (hours, rhythm, working));

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));
}
