using Granary.Domain.Qualification;

namespace Granary.Domain.Tests.Qualification;

public sealed class NamedAccountTests
{
    private static readonly NamedAccountPolicy Policy = NamedAccountPolicy.BuiltIn;

    private static readonly NamedAccountFacts Named = new() { TargetIndustry = true, Contacts = 1 };

    private static readonly NamedAccountFacts Aware = Named with { ReachableKeyPersons = 1, KnownSuppliers = 1 };

    [Fact]
    public void An_account_goes_from_stranger_to_opportunity_by_its_checklists()
    {
        Assert.Equal(NamedAccountStage.Stranger, NamedAccounts.Reached(Policy, new NamedAccountFacts(), []));
        Assert.Equal(NamedAccountStage.Stranger, NamedAccounts.Reached(Policy, new NamedAccountFacts { TargetIndustry = true }, []));
        Assert.Equal(NamedAccountStage.Named, NamedAccounts.Reached(Policy, Named, []));
        Assert.Equal(NamedAccountStage.Named, NamedAccounts.Reached(Policy, Aware, []));
        Assert.Equal(NamedAccountStage.Aware, NamedAccounts.Reached(Policy, Aware, ["it_status"]));
        Assert.Equal(NamedAccountStage.Incubating, NamedAccounts.Reached(Policy, Aware with { MetOffline = true }, ["it_status"]));
        Assert.Equal(NamedAccountStage.Incubating, NamedAccounts.Reached(Policy, Aware with { DecisionChainVisited = true }, ["it_status"]));
        Assert.Equal(NamedAccountStage.Opportunity, NamedAccounts.Reached(Policy, Aware, ["it_status", "visit_or_meeting", "project_or_need"]));
        Assert.Equal(NamedAccountStage.Opportunity, NamedAccounts.Reached(Policy, Aware with { MetOffline = true, Opportunities = 1 }, ["it_status"]));
    }

    [Fact]
    public void A_stage_asks_for_those_before_it_too() => Assert.Equal(
        [(NamedAccountStage.Named, "contact"), (NamedAccountStage.Aware, "supplier"), (NamedAccountStage.Incubating, "visit_or_meeting")],
        NamedAccounts.Missing(Policy, NamedAccountStage.Incubating, Aware with { Contacts = 0, KnownSuppliers = 0 }, ["it_status"]).Select(m => (m.Stage, m.Check.Id)));

    [Fact]
    public void What_the_product_sees_by_itself_nobody_ticks() =>
        Assert.Equal(["target_industry", "contact"], NamedAccounts.Missing(Policy, NamedAccountStage.Named, new NamedAccountFacts(), ["target_industry", "contact"]).Select(m => m.Check.Id));

    [Theory]
    [InlineData("制造业", "制造业/汽车/零部件", true)]
    [InlineData("制造业/汽车", "制造业/汽车", true)]
    [InlineData("制造业/汽车", "制造业/汽车零部件", false)]
    [InlineData("制造业", null, false)]
    [InlineData(null, "软件", true)]
    [InlineData(null, null, false)]
    public void A_target_industry_holds_all_below_it_and_without_any_every_known_one_is_one(string? target, string? industry, bool holds) =>
        Assert.Equal(holds, (Policy with { TargetIndustries = target is null ? [] : [target] }).Targets(industry));

    [Theory]
    [InlineData(10, 2, 5)]
    [InlineData(11, 2, 5)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 0, int.MaxValue)]
    public void Premium_accounts_are_one_for_two_regular_ones(int regular, int perPremium, int premium) =>
        Assert.Equal(premium, NamedAccounts.MostPremium(regular, perPremium));

    [Fact]
    public void A_policy_says_what_is_wrong_with_it()
    {
        Assert.Empty(Policy.Validate());
        Assert.Equal(
            [("named[0].id", "malformed"), ("named[0].name", "required"), ("aware[0].id", "duplicate"), ("aware[1].id", "duplicate"), ("sources", "required"), ("remindDays", "out_of_range")],
            (Policy with
            {
                Named = [new EntryCheck("A b", "")],
                Aware = [new EntryCheck("x", "x"), new EntryCheck("x", "y")],
                Sources = [],
                RemindDays = 61,
            }).Validate().Select(e => (e.Field, e.Code)));
    }
}
