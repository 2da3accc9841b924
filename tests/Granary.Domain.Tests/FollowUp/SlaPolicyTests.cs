using Granary.Domain.FollowUp;
using Granary.Domain.Policies;

namespace Granary.Domain.Tests.FollowUp;

public sealed class SlaPolicyTests
{
    private static readonly SlaRule Sound = new() { Id = "rule", Name = "规则", Minutes = 60 };

    [Fact]
    public void Built_in_rules_are_sound() => Assert.Empty(SlaPolicy.BuiltIn.Validate());

    [Fact]
    public void High_and_low_priority_at_once_never_fire() =>
        Refused("rules[0].when[1]", "never_fires", Sound with { When = [Is("priority", "high"), Is("priority", "low")] });

    [Fact]
    public void A_value_that_is_asked_for_and_excluded_never_fires() =>
        Refused("rules[0].when[1]", "never_fires", Sound with { When = [Is("channel", "官网/百度搜索"), new("channel", Comparison.NoneOf, ["官网"])] });

    [Fact]
    public void Every_choice_excluded_never_fires() =>
        Refused("rules[0].when[1]", "never_fires", Sound with { When = [new("priority", Comparison.NoneOf, ["high", "medium", "low"]), new("priority", Comparison.Present, [])] });

    [Fact]
    public void Bounds_that_leave_no_number_never_fire() =>
        Refused("rules[0].when[1]", "never_fires", Sound with { When = [new("score", Comparison.AtLeast, ["60"]), new("score", Comparison.Below, ["60"])] });

    [Fact]
    public void Missing_and_present_never_fire_together() =>
        Refused("rules[0].when[1]", "never_fires", Sound with { When = [new("requirement", Comparison.Missing, []), new("requirement", Comparison.Contains, ["升级"])] });

    [Fact]
    public void A_lead_can_have_two_products_and_come_from_the_second_level_of_a_channel() => Assert.Empty(Policy(Sound with
    {
        When = [Is("products", "A"), Is("products", "B"), Is("channel", "官网"), Is("channel", "官网/百度搜索")],
    }).Validate());

    [Fact]
    public void No_time_at_all_would_always_fire() => Refused("rules[0].minutes", "always_fires", Sound with { Minutes = 0 });

    [Fact]
    public void A_next_step_that_is_marked_at_its_own_moment_would_always_fire() =>
        Refused("rules[0].minutes", "always_fires", Sound with { Minutes = 0, From = SlaStart.NextStep });

    [Fact]
    public void A_conversion_does_not_follow_a_next_step() =>
        Refused("rules[0].goal", "never_fires", Sound with { From = SlaStart.NextStep, Goal = SlaGoal.Conversion });

    [Theory]
    [InlineData("hour")]
    [InlineData("weekday")]
    [InlineData("purchase.days")]
    [InlineData("phone")]
    public void Facts_of_the_moment_and_unknown_ones_are_no_conditions_of_deadlines(string field) =>
        Refused("rules[0].when[0].field", "unknown_field", Sound with { When = [new(field, Comparison.Present, [])] });

    [Fact]
    public void Reminders_lie_within_the_time() => Refused("rules[0].reminders[0]", "out_of_range", Sound with { Reminders = [0, 100] });

    [Fact]
    public void Reminders_ascend() => Refused("rules[0].reminders[1]", "not_ascending", Sound with { Reminders = [80, 50] });

    [Fact]
    public void Ten_years_are_the_most() => Refused("rules[0].minutes", "out_of_range", Sound with { Minutes = 5_256_001 });

    [Fact]
    public void Nothing_is_recycled_into_the_blacklist() => Refused("rules[0].pool", "not_a_choice", Sound with { Outcome = SlaOutcome.Recycle, Pool = "blacklist" });

    [Fact]
    public void Two_rules_do_not_share_an_id() => Assert.Contains(Policy(Sound, Sound).Validate(), e => e is { Field: "rules[1].id", Code: "duplicate" });

    [Fact]
    public void Something_must_count_as_a_follow_up() => Assert.Contains((SlaPolicy.BuiltIn with { Counts = [] }).Validate(), e => e is { Field: "counts", Code: "required" });

    private static Condition Is(string field, string value) => new(field, Comparison.AnyOf, [value]);

    private static SlaPolicy Policy(params SlaRule[] rules) => new() { Rules = rules };

    private static void Refused(string field, string code, SlaRule rule) =>
        Assert.Contains(Policy(rule).Validate(), e => e.Field == field && e.Code == code);
}
