using Granary.Domain.Capture;
using Granary.Domain.People;

namespace Granary.Domain.Tests.Capture;

public sealed class LateEntryTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    [Theory]
    [InlineData("2026-11-02T10:00+08:00", "2026-11-03T10:00+08:00", false)]
    [InlineData("2026-11-02T10:00+08:00", "2026-11-03T10:01+08:00", true)]
    [InlineData("2026-11-06T10:00+08:00", "2026-11-09T10:00+08:00", false)]
    [InlineData("2026-11-06T10:00+08:00", "2026-11-09T10:01+08:00", true)]
    [InlineData("2026-09-25T10:00+08:00", "2026-09-28T23:59+08:00", false)]
    [InlineData("2026-11-02T10:00+08:00", "2026-11-02T09:00+08:00", false)]
    public void A_lead_is_late_when_it_is_recorded_more_than_a_working_day_after_it_was_received(string received, string recorded, bool isLate) =>
        Assert.Equal(isLate, LateEntry.IsLate(DateTimeOffset.Parse(received), DateTimeOffset.Parse(recorded), Calendar));
}
