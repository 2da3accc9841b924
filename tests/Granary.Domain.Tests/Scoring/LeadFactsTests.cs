using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Scoring;

public sealed class LeadFactsTests
{
    private static readonly LeadFacts Everything = LeadFacts.Of(
        new LeadSubmission
        {
            Channel = "官网/百度搜索",
            Campaign = "春季展会",
            Keyword = "crm",
            Content = "白皮书",
            Utm = new UtmTags("baidu", "cpc", "spring", "crm", "a"),
            ReferredBy = "customer",
            Company = new CompanyDetails { Name = "苏州某某有限公司", Industry = "软件", Size = CompanySize.Large, Headcount = 600 },
            Contact = new ContactDetails { Title = "销售总监", Role = BuyingRole.DecisionMaker },
            Requirement = "采购 CRM",
            Products = ["CRM", "ERP"],
            Budget = new Budget(400_000m, 500_000m, null),
            PurchaseBy = new DateOnly(2026, 11, 12),
            Tags = ["vip"],
            Custom = new Dictionary<string, string> { ["plant"] = "3" },
        },
        [],
        ScoreModel.BuiltIn) with
    {
        Findings = ["late_entry"],
        Label = "newLead",
        Grade = "A",
        Score = Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full).Scored(new TouchTally(TouchKind.FormSubmitted, 4)),
        LocalTime = new DateTime(2026, 11, 2, 9, 30, 0),
    };

    [Fact]
    public void Every_listed_name_has_a_value_on_a_lead_that_knows_everything() =>
        Assert.DoesNotContain(LeadFacts.Names, name => Everything.Values(name).Count == 0);

    [Fact]
    public void Every_value_of_a_closed_list_is_one_of_its_choices() =>
        Assert.All(LeadFacts.Fields.Where(field => field.Kind == FactKind.Choice), field => Assert.Subset(field.Choices.ToHashSet(), Everything.Values(field.Name).ToHashSet()));

    [Fact]
    public void Every_number_can_be_compared() =>
        Assert.All(LeadFacts.Fields.Where(field => field.Kind == FactKind.Number), field => Assert.True(decimal.TryParse(Everything.Values(field.Name)[0], out _)));

    [Theory]
    [InlineData("region", "江苏/苏州")]
    [InlineData("province", "江苏")]
    [InlineData("city", "苏州")]
    [InlineData("company.size", "large")]
    [InlineData("contact.role", "decisionMaker")]
    [InlineData("budget.match", "full")]
    [InlineData("budget.max", "500000")]
    [InlineData("purchase.days", "10")]
    [InlineData("priority", "medium")]
    [InlineData("cell", "A1")]
    [InlineData("fit", "A")]
    [InlineData("engagement", "1")]
    [InlineData("mature", "yes")]
    [InlineData("hour", "9")]
    [InlineData("weekday", "monday")]
    [InlineData("custom.plant", "3")]
    public void Fact_has_its_value(string name, string value) => Assert.Equal([value], Everything.Values(name));

    [Fact]
    public void Unknown_fact_is_missing_and_not_an_error() => Assert.Empty(Everything.Values("no.such.field"));

    [Fact]
    public void Condition_on_the_first_level_of_a_channel_or_a_province_holds_for_the_second() =>
        Assert.All([new Condition("channel", Comparison.AnyOf, ["官网"]), new Condition("region", Comparison.AnyOf, ["江苏"])], condition => Assert.True(condition.Holds(Everything)));
}
