using Granary.Domain.Qualification;

namespace Granary.Domain.Tests.Qualification;

public sealed class NamedAccountTests
{
    private static readonly NamedAccountFacts Named = new() { TargetIndustry = true, Contacts = 1 };

    private static readonly NamedAccountFacts Aware = Named with { ReachableKeyPersons = 1, ItStatusKnown = true, KnownSuppliers = 1 };

    [Fact]
    public void An_account_goes_from_stranger_to_opportunity_by_its_checklists()
    {
        Assert.Equal(NamedAccountStage.Stranger, NamedAccounts.Reached(new NamedAccountFacts()));
        Assert.Equal(NamedAccountStage.Stranger, NamedAccounts.Reached(new NamedAccountFacts { TargetIndustry = true }));
        Assert.Equal(NamedAccountStage.Named, NamedAccounts.Reached(Named));
        Assert.Equal(NamedAccountStage.Aware, NamedAccounts.Reached(Aware));
        Assert.Equal(NamedAccountStage.Incubating, NamedAccounts.Reached(Aware with { MetOffline = true }));
        Assert.Equal(NamedAccountStage.Opportunity, NamedAccounts.Reached(Aware with { DecisionChainVisited = true, NeedWithBudget = true }));
    }

    [Fact]
    public void A_stage_asks_for_those_before_it_too() => Assert.Equal(
        [(NamedAccountStage.Named, "contact"), (NamedAccountStage.Aware, "supplier"), (NamedAccountStage.Incubating, "visit_or_meeting")],
        NamedAccounts.Missing(NamedAccountStage.Incubating, Aware with { Contacts = 0, KnownSuppliers = 0 }));

    [Theory]
    [InlineData(10, 2, 5)]
    [InlineData(11, 2, 5)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 0, int.MaxValue)]
    public void Premium_accounts_are_one_for_two_regular_ones(int regular, int perPremium, int premium) =>
        Assert.Equal(premium, NamedAccounts.MostPremium(regular, perPremium));
}
