using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using static Granary.Domain.Tests.FollowUp.Watch;

namespace Granary.Domain.Tests.FollowUp;

public sealed class DeadlineProperties
{
    private static readonly DateTimeOffset Start = At(2026, 9, 21, 0, 0), End = Start.AddDays(31);

    private static readonly Arbitrary<SlaRule> Rules = (
        from minutes in Gen.Choose(1, 6 * 24 * 60)
        from clock in Gen.Elements(Enum.GetValues<DeadlineClock>())
        from start in Gen.Elements(SlaStart.Acquired, SlaStart.LastFollowUp)
        from goal in Gen.Elements(SlaGoal.FollowUp, SlaGoal.Conversion)
        from outcome in Gen.Elements(Enum.GetValues<SlaOutcome>())
        from reminders in Gen.Elements<int[]>([], [50], [50, 80], [10, 20, 99])
            // Whole hundreds of minutes, so that each moment falls on a whole minute.
        select Rule($"r{minutes}", minutes * 100) with { Clock = clock, From = start, Goal = goal, Outcome = outcome, Reminders = reminders }).ToArbitrary();

    private static readonly Arbitrary<SlaRule[]> SeveralRules = Rules.Generator.ArrayOf(3).Select(rules => rules.DistinctBy(r => r.Id).ToArray()).ToArbitrary();

    private static readonly Arbitrary<int> Minutes = Gen.Choose(0, 20 * 24 * 60).ToArbitrary();

    [Fact]
    public void Looking_every_minute_of_a_month_does_the_same_as_looking_once_at_each_due_instant() => Prop.ForAll(SeveralRules, Minutes, (rules, got) =>
    {
        var (often, seldom) = (Acquired(rules, got), Acquired(rules, got));
        for (var now = often.Facts.From; now <= End; now = now.AddMinutes(1))
        {
            often.Look(now);
        }

        seldom.Run(seldom.Facts.From, End);

        Assert.Equal(seldom.Log, often.Log);
        Assert.Equal(seldom.Taken, often.Taken);
    }).Check(Run.Property.WithMaxTest(8));

    [Fact]
    public void A_start_after_any_stop_catches_up_once_and_in_order() => Prop.ForAll(SeveralRules, Minutes, Minutes, (rules, got, stopped) =>
    {
        var (late, timely) = (Acquired(rules, got), Acquired(rules, got));
        // Work resumes on a working day.
        var back = Calendar.ResumesAt(late.Facts.From.AddMinutes(stopped));

        late.Look(back);
        late.Look(back);
        timely.Run(timely.Facts.From, back);

        Assert.Equal(timely.Log, late.Log);
        Assert.Equal(late.Log.OrderBy(l => l.DueAt).Select(l => l.DueAt), late.Log.Select(l => l.DueAt));
    }).Check(Run.Property);

    [Fact]
    public void Each_action_comes_once_for_each_start() => Prop.ForAll(SeveralRules, Minutes, (rules, got) =>
    {
        var watch = Acquired(rules, got);
        watch.Run(watch.Facts.From, End.AddYears(1));
        watch.Look(End.AddYears(2));

        Assert.Equal(watch.Done.Distinct(), watch.Done);
    }).Check(Run.Property);

    [Fact]
    public void Who_gets_a_lead_later_is_never_due_earlier() => Prop.ForAll(Rules, Minutes, Minutes, (rule, one, other) =>
    {
        var (first, second) = (Acquired([rule], Math.Min(one, other)), Acquired([rule], Math.Max(one, other)));

        Assert.True(first.Look(Start).NextAt <= second.Look(Start).NextAt);
    }).Check(Run.Property);

    [Fact]
    public void Nothing_is_marked_or_taken_on_a_day_off() => Prop.ForAll(SeveralRules, Minutes, Minutes, (rules, got, minute) =>
    {
        var watch = Acquired(rules, got);
        var now = watch.Facts.From.AddMinutes(minute);

        var marked = watch.Look(now).Due.Any(a => !a.Moment.Reminds);

        Assert.True(!marked || Calendar.IsWorkingDay(Calendar.DateOf(now)));
    }).Check(Run.Property);

    private static Watch Acquired(SlaRule[] rules, int minute) => new(rules) { Facts = Owned(Start.AddMinutes(minute)) };
}
