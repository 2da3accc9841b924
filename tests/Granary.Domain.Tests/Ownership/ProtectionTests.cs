using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Ownership;

namespace Granary.Domain.Tests.Ownership;

public sealed class ProtectionTests
{
    private static readonly ProtectionRules Rules = new() { Days = 14, ExtensionDays = 7, MaximumDays = 60 };

    private static readonly DateTimeOffset From = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_gets_a_lead_is_protected_for_the_days_of_the_policy() => Assert.Equal(From.AddDays(14), Protection.At(Rules, From));

    [Fact]
    public void A_follow_up_early_on_does_not_shorten_the_protection() =>
        Assert.Equal(From.AddDays(14), Protection.AfterFollowUp(Rules, From, From.AddDays(14), From.AddDays(1)));

    [Fact]
    public void A_follow_up_late_in_it_extends_the_protection_from_then_on() =>
        Assert.Equal(From.AddDays(19), Protection.AfterFollowUp(Rules, From, From.AddDays(14), From.AddDays(12)));

    [Fact]
    public void No_follow_up_extends_it_beyond_the_maximum() =>
        Assert.Equal(From.AddDays(60), Protection.AfterFollowUp(Rules, From, From.AddDays(59), From.AddDays(58)));

    [Fact]
    public void What_a_manager_extended_beyond_the_maximum_stays() =>
        Assert.Equal(From.AddDays(90), Protection.AfterFollowUp(Rules, From, From.AddDays(90), From.AddDays(58)));

    [Fact]
    public void Days_that_a_manager_adds_count_from_the_end_of_the_protection_or_from_now_when_it_is_over()
    {
        Assert.Equal(From.AddDays(12), Protection.Extended(From.AddDays(2), 10, From));
        Assert.Equal(From.AddDays(10), Protection.Extended(From.AddDays(-2), 10, From));
    }

    [Fact]
    public void An_ownership_from_before_protection_was_recorded_counts_from_acquisition() =>
        Assert.Equal(From.AddDays(14), Protection.AfterFollowUp(Rules, From, null, From.AddDays(2)));

    [Fact]
    public void A_lock_holds_whatever_the_clock_says_and_protection_ends_at_its_instant()
    {
        Assert.True(Protection.Holds(null, true, From));
        Assert.True(Protection.Holds(From.AddTicks(1), false, From));
        Assert.False(Protection.Holds(From, false, From));
        Assert.False(Protection.Holds(null, false, From));
    }

    [Fact]
    public void A_day_begun_counts_as_a_day_left()
    {
        Assert.Equal(14, Protection.DaysLeft(From.AddDays(14), From));
        Assert.Equal(1, Protection.DaysLeft(From.AddMinutes(1), From));
        Assert.Equal(0, Protection.DaysLeft(From, From));
        Assert.Equal(0, Protection.DaysLeft(null, From));
    }

    [Fact]
    public void Follow_ups_never_shorten_protection_and_never_pass_the_maximum() => Prop.ForAll(Gen.Choose(0, 100).ListOf().ToArbitrary(), days =>
    {
        var until = Protection.At(Rules, From);
        foreach (var day in days.Order())
        {
            var next = Protection.AfterFollowUp(Rules, From, until, From.AddDays(day));
            Assert.InRange(next, until, From.AddDays(Rules.MaximumDays));
            until = next;
        }
    }).Check(Run.Property);
}
