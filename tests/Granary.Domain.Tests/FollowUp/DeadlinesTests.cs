using Granary.Domain.FollowUp;
using Granary.Domain.People;
using static Granary.Domain.Tests.FollowUp.Watch;

namespace Granary.Domain.Tests.FollowUp;

public sealed class DeadlinesTests
{
    // Monday 2 November 2026, 10:00, is when the owner gets the lead unless a test says otherwise.
    private static readonly DateTimeOffset Far = At(2027, 3, 1, 0, 0);

    [Fact]
    public void First_contact_of_a_lead_got_on_the_Thursday_before_Mid_Autumn_is_due_on_Monday_at_15_00()
    {
        var thursday = At(2026, 9, 24, 15, 0);
        var watch = new Watch(BuiltIn("first_contact") with { Reminders = [] }) { Facts = Owned(thursday) };

        Assert.Equal(At(2026, 9, 28, 15, 0), watch.Look(thursday).NextAt);
    }

    [Fact]
    public void First_contact_of_a_lead_got_on_the_Friday_of_Mid_Autumn_is_due_when_Tuesday_begins()
    {
        var friday = At(2026, 9, 25, 15, 0);
        var watch = new Watch(BuiltIn("first_contact") with { Reminders = [] }) { Facts = Owned(friday) };

        Assert.Equal(At(2026, 9, 29, 0, 0), watch.Look(friday).NextAt);
    }

    [Fact]
    public void Reminders_come_at_half_and_at_four_fifths_of_the_time_on_the_rules_own_clock()
    {
        var watch = new Watch(BuiltIn("response_high") with { When = [] }) { Facts = Owned(At(2026, 11, 2, 17, 0)) };

        watch.Run(At(2026, 11, 2, 17, 0), Far);

        Assert.Equal(
            [
                ("response_high 50", At(2026, 11, 3, 9, 0)),
                ("response_high 80", At(2026, 11, 3, 9, 36)),
                ("response_high 100", At(2026, 11, 3, 10, 0)),
            ],
            watch.Log);
    }

    [Fact]
    public void A_follow_up_in_time_leaves_nothing_to_do()
    {
        var watch = new Watch(BuiltIn("first_contact")) { Facts = Owned(At(2026, 11, 2, 10, 0)) with { FirstFollowUpAt = At(2026, 11, 2, 11, 0) } };

        var look = watch.Look(At(2026, 11, 20, 0, 0));

        Assert.Empty(look.Due);
        Assert.Null(look.NextAt);
        Assert.Null(look.Open);
    }

    [Fact]
    public void A_lead_never_followed_up_is_idle_from_the_moment_it_was_acquired()
    {
        var watch = new Watch(BuiltIn("business_idle"));

        watch.Run(At(2026, 11, 2, 10, 0), Far);

        Assert.Equal([("business_idle 50", At(2026, 11, 3, 22, 0)), ("business_idle 80", At(2026, 11, 4, 19, 36)), ("business_idle 100", At(2026, 11, 5, 10, 0))], watch.Log);
        Assert.True(watch.Taken);
    }

    [Fact]
    public void Each_follow_up_begins_the_idle_time_anew()
    {
        var watch = new Watch(BuiltIn("business_idle"));
        watch.Run(At(2026, 11, 2, 10, 0), At(2026, 11, 4, 0, 0));
        watch.Facts = watch.Facts with { FirstFollowUpAt = At(2026, 11, 4, 9, 0), LastFollowUpAt = At(2026, 11, 4, 9, 0) };

        watch.Run(At(2026, 11, 4, 9, 0), Far);

        Assert.Equal(["business_idle 50", "business_idle 50", "business_idle 80", "business_idle 100"], watch.Done);
        Assert.Equal(At(2026, 11, 9, 9, 0), watch.Log[^1].DueAt);
    }

    [Fact]
    public void A_consumer_lead_that_nobody_calls_within_an_hour_goes_to_the_next_in_line()
    {
        var watch = new Watch(BuiltIn("consumer_idle"), BuiltIn("consumer_unconverted")) { Facts = Owned(At(2026, 11, 2, 10, 0)) with { Audience = Audience.Consumer } };

        var look = watch.Look(At(2026, 11, 2, 11, 0));

        Assert.Equal("consumer_idle", look.Due[^1].Moment.Rule.Id);
        Assert.True(look.Due[^1].Takes);
        Assert.Equal(SlaOutcome.NextInLine, look.Due[^1].Moment.Rule.Outcome);
    }

    [Fact]
    public void A_consumer_lead_that_was_called_but_not_converted_is_recycled_after_two_working_days()
    {
        var called = At(2026, 11, 6, 10, 30);
        var watch = new Watch(BuiltIn("consumer_idle"), BuiltIn("consumer_unconverted"))
        {
            Facts = Owned(At(2026, 11, 6, 10, 0)) with { Audience = Audience.Consumer, FirstFollowUpAt = called, LastFollowUpAt = called },
        };

        watch.Run(called, Far);

        Assert.Equal(("consumer_unconverted 100", At(2026, 11, 10, 10, 0)), watch.Log[^1]);
    }

    [Fact]
    public void Rules_of_consumers_do_not_touch_companies()
    {
        Assert.Null(new Watch(BuiltIn("consumer_idle"), BuiltIn("consumer_unconverted")).Look(At(2026, 11, 2, 10, 0)).NextAt);
    }

    [Fact]
    public void A_company_that_is_called_but_not_converted_in_fourteen_working_days_is_recycled()
    {
        var watch = new Watch(BuiltIn("business_unconverted"));

        watch.Run(At(2026, 11, 2, 10, 0), Far);

        Assert.Equal(("business_unconverted 100", At(2026, 11, 20, 10, 0)), watch.Log[^1]);
        Assert.True(watch.Taken);
    }

    [Fact]
    public void An_SDR_decides_within_three_working_days()
    {
        var got = At(2026, 11, 5, 10, 0);
        var watch = new Watch(BuiltIn("sdr_decision"), BuiltIn("sales_decision")) { Facts = Owned(got, BuiltInRoles.Sdr) };

        watch.Run(got, Far);

        Assert.Equal(("sdr_decision 100", At(2026, 11, 10, 10, 0)), watch.Log[^1]);
    }

    [Fact]
    public void Who_has_decided_is_not_asked_again()
    {
        var got = At(2026, 11, 5, 10, 0);
        var watch = new Watch(BuiltIn("sdr_decision")) { Facts = Owned(got, BuiltInRoles.Sdr) with { DecidedAt = got.AddHours(1) } };

        Assert.Null(watch.Look(got.AddHours(2)).NextAt);
    }

    [Fact]
    public void Sales_convert_or_give_back_within_seven_working_days()
    {
        var watch = new Watch(BuiltIn("sales_decision"));

        watch.Run(At(2026, 11, 2, 10, 0), Far);

        Assert.Equal(("sales_decision 100", At(2026, 11, 11, 10, 0)), watch.Log[^1]);
        Assert.False(watch.Taken);
    }

    [Fact]
    public void A_next_step_reminds_once_also_on_a_Saturday_that_its_owner_chose()
    {
        var saturday = At(2026, 11, 7, 15, 0);
        var watch = new Watch(BuiltIn("next_step")) { Facts = Owned(At(2026, 11, 2, 10, 0)) with { NextAt = saturday } };

        watch.Run(At(2026, 11, 2, 10, 0), Far);
        watch.Look(At(2026, 11, 8, 15, 0));

        Assert.Equal([("next_step 100", saturday)], watch.Log);
        Assert.Null(watch.Look(Far).Open);
    }

    [Fact]
    public void Wall_time_that_runs_out_on_a_holiday_is_acted_upon_when_work_resumes()
    {
        var eve = At(2026, 9, 30, 12, 0);
        var watch = new Watch(Rule("wall", 48 * 60) with { Clock = DeadlineClock.Elapsed, Reminders = [] }) { Facts = Owned(eve) };

        var look = watch.Look(eve);

        Assert.Equal(At(2026, 10, 2, 12, 0), look.Open!.DeadlineAt);
        Assert.Equal(At(2026, 10, 8, 0, 0), look.NextAt);
        Assert.Empty(watch.Look(At(2026, 10, 7, 23, 59)).Due);
        Assert.Single(watch.Look(At(2026, 10, 8, 0, 0)).Due);
    }

    [Fact]
    public void What_fell_due_before_a_holiday_is_not_marked_on_it_when_the_product_starts_late()
    {
        var watch = new Watch(Rule("late", 60) with { Clock = DeadlineClock.WorkingHours, Reminders = [] }) { Facts = Owned(At(2026, 11, 6, 16, 0)) };

        var look = watch.Look(At(2026, 11, 7, 12, 0));

        Assert.Empty(look.Due);
        Assert.Equal(At(2026, 11, 9, 0, 0), look.NextAt);
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 3)]
    public void Leave_pauses_the_clock_where_the_rule_says_so(bool pauses, int dueOn)
    {
        var facts = Owned(At(2026, 11, 2, 10, 0));
        facts = facts with { Owner = facts.Owner with { Leave = [new Leave(new DateOnly(2026, 11, 3), new DateOnly(2026, 11, 5))] } };
        var watch = new Watch(BuiltIn("first_contact") with { PausesOnLeave = pauses, Reminders = [] }) { Facts = facts };

        Assert.Equal(At(2026, 11, dueOn, 10, 0), watch.Look(facts.From).NextAt);
    }

    [Fact]
    public void A_locked_lead_is_marked_but_not_taken()
    {
        var watch = new Watch(BuiltIn("business_idle")) { Facts = Owned(At(2026, 11, 2, 10, 0)) with { Locked = true } };

        watch.Run(At(2026, 11, 2, 10, 0), Far);

        Assert.Equal("business_idle 100", watch.Log[^1].What);
        Assert.False(watch.Taken);
    }

    [Fact]
    public void After_a_long_stop_everything_overdue_comes_once_in_the_order_in_which_it_fell_due()
    {
        var watch = new Watch(BuiltIn("first_contact"), BuiltIn("response_high") with { When = [] });

        watch.Look(At(2026, 11, 20, 9, 0));
        watch.Look(At(2026, 11, 20, 9, 0));

        Assert.Equal(
            ["response_high 50", "response_high 80", "response_high 100", "first_contact 50", "first_contact 80", "first_contact 100"], watch.Done);
    }

    [Fact]
    public void Nothing_follows_once_the_lead_is_taken()
    {
        var watch = new Watch(BuiltIn("business_idle"), BuiltIn("business_unconverted"));

        var look = watch.Look(At(2027, 1, 20, 9, 0));

        Assert.Equal("business_idle 100", watch.Done.Last());
        Assert.Null(look.NextAt);
    }

    [Fact]
    public void A_rule_does_not_hold_what_had_run_out_before_it_was_in_force_against_anybody()
    {
        var published = At(2026, 11, 30, 10, 0);
        var watch = new Watch(BuiltIn("business_idle")) { Since = published };

        Assert.Empty(watch.Look(published).Due);
        watch.Run(published, Far);

        Assert.Equal(("business_idle 100", At(2026, 12, 3, 10, 0)), watch.Log[^1]);
    }

    [Fact]
    public void The_earliest_deadline_is_shown_also_when_it_has_passed()
    {
        var watch = new Watch(BuiltIn("first_contact"), BuiltIn("sales_decision"));
        watch.Look(At(2026, 11, 4, 9, 0));

        Assert.Equal(("first_contact", At(2026, 11, 3, 10, 0)), watch.Look(At(2026, 11, 4, 9, 0)).Open is { } open ? (open.Rule.Id, open.DeadlineAt) : default);
    }
}
