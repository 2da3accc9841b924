using Granary.Domain.FollowUp;
using Granary.Domain.People;

namespace Granary.Domain.Tests.FollowUp;

public sealed class DecisionRuleTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Mainland();

    [Fact]
    public void A_day_of_working_days_passes_over_the_weekend()
    {
        var asked = China(2026, 11, 6, 15);
        var due = new DecisionRule().DueAt(asked, Calendar);
        Assert.Equal(China(2026, 11, 9, 15), due);
        Assert.Equal(China(2026, 11, 9, 3), new DecisionRule().ToldAt(asked, due, asked, Calendar));
        Assert.Equal(due, new DecisionRule().ToldAt(asked, due, China(2026, 11, 9, 12), Calendar));
        Assert.Null(new DecisionRule().ToldAt(asked, due, due, Calendar));
    }

    [Fact]
    public void Without_reminders_they_are_told_when_it_is_due()
    {
        var rule = new DecisionRule { Minutes = 120, Clock = DeadlineClock.Elapsed, Reminders = [] };
        var asked = China(2026, 11, 9, 10);
        Assert.Equal(asked.AddHours(2), rule.ToldAt(asked, rule.DueAt(asked, Calendar), asked, Calendar));
    }

    [Theory]
    [InlineData(0, "decisions.minutes", "always_fires")]
    [InlineData(-1, "decisions.minutes", "out_of_range")]
    [InlineData(525_601, "decisions.minutes", "out_of_range")]
    public void A_time_that_is_none_is_refused(int minutes, string field, string code) =>
        Assert.Equal([(field, code)], Errors(new() { Minutes = minutes }));

    [Fact]
    public void Reminders_rise_within_the_time() =>
        Assert.Equal(
            [("decisions.reminders[1]", "not_ascending"), ("decisions.reminders[2]", "out_of_range")], Errors(new() { Reminders = [80, 50, 100] }));

    private static IEnumerable<(string, string)> Errors(DecisionRule rule) =>
        new SlaPolicy { Decisions = rule }.Validate().Select(e => (e.Field, e.Code));

    private static DateTimeOffset China(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));
}
