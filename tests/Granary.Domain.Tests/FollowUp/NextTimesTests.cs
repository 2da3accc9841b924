using Granary.Domain.FollowUp;
using Granary.Domain.People;

namespace Granary.Domain.Tests.FollowUp;

public sealed class NextTimesTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    [Fact]
    public void On_a_Monday_tomorrow_Thursday_and_next_Monday_at_ten_are_offered() => Assert.Equal(
        [(UsualTime.NextDay, At(2026, 11, 3)), (UsualTime.InThreeDays, At(2026, 11, 5)), (UsualTime.NextWeek, At(2026, 11, 9))],
        NextTimes.After(Calendar, At(2026, 11, 2)));

    [Fact]
    public void Holidays_are_stepped_over_and_no_day_is_offered_twice() =>
        // Thursday before the Mid-Autumn holiday, which is Friday 25 to Sunday 27.
        Assert.Equal([(UsualTime.NextDay, At(2026, 9, 28))], NextTimes.After(Calendar, At(2026, 9, 24)));

    [Fact]
    public void A_template_s_days_end_on_a_working_day()
    {
        Assert.Equal(At(2026, 11, 9), NextTimes.InDays(Calendar, At(2026, 11, 2), 5));
        Assert.Equal(At(2026, 11, 3), NextTimes.InDays(Calendar, At(2026, 11, 2), 0));
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 2, 0, 0, TimeSpan.Zero);
}
