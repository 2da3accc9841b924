using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class MethodTests
{
    private static readonly AssignmentCase High = Scored(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full);

    private static readonly AssignmentCase Low = Scored(CompanySize.Small, BuyingRole.User, BudgetMatch.None, webinars: 0);

    [Fact]
    public void Designated_chooses_who_holds_the_fewest_of_the_named_users()
    {
        var office = new Office(Rule(AssignmentMethod.Designated, AssignmentTarget.OfUsers(Zhang.Id, Li.Id)), Zhang, Li, Wang);
        office.Board.Load(Zhang.Id, new RepresentativeLoad(0, 5));
        office.Board.Load(Li.Id, new RepresentativeLoad(0, 3));

        Assert.Equal("李李张李张李", office.Names(6));
    }

    [Fact]
    public void By_tier_gives_high_priority_to_seniors_and_the_rest_to_all()
    {
        var office = new Office(Rule(AssignmentMethod.ByTier), Zhang, Li with { Seniority = Seniority.Senior }, Wang);

        Assert.Equal("李李", office.Names(2, High));
        Assert.Equal(Ineligible.OtherTier, office.VerdictOn(Zhang, High));
        Assert.Equal("张王李", office.Names(3, Low));
    }

    [Fact]
    public void By_tier_turns_to_others_when_no_senior_can_unless_the_rule_forbids()
    {
        var rule = Rule(AssignmentMethod.ByTier);
        Representative[] people = [Zhang, Li with { Seniority = Seniority.Senior, DailyIntakeCap = 1 }];

        Assert.Equal("李张张", new Office(rule, people).Names(3, High));
        Assert.Equal("李sdr", new Office(rule with { Tier = rule.Tier with { OthersWhenNone = false } }, people).Names(2, High));
    }

    [Fact]
    public void Seniors_of_the_province_come_before_regulars_of_the_city()
    {
        var rule = Rule(AssignmentMethod.ByTier) with { Require = new() { MatchRegion = true } };
        var office = new Office(rule, Zhang with { Regions = ["江苏/苏州"] }, Li with { Regions = ["江苏"], Seniority = Seniority.Senior });

        Assert.Equal("李", office.Names(1, High with { Facts = High.Facts with { Region = new Region("江苏", "苏州") } }));
    }

    [Fact]
    public void By_performance_follows_conversion_between_floor_and_ceiling()
    {
        var rates = new Dictionary<Guid, decimal> { [Zhang.Id] = 0.30m, [Li.Id] = 0.10m, [Wang.Id] = 0.02m };
        var roster = new Roster([Zhang, Li, Wang, Person(4, "新")], null, rates);
        var office = new Office(Rule(AssignmentMethod.ByPerformance), []) { Roster = roster };

        var weights = roster.PerformanceWeights(Everybody, new PerformanceSettings());
        Assert.Equal([200, 71, 50, 100], new[] { 1, 2, 3, 4 }.Select(n => weights[Id(n)]));
        var names = office.Names(421);
        Assert.Equal([200, 71, 50, 100], "张李王新".Select(name => names.Count(c => c == name)));
    }

    [Fact]
    public void Reward_leads_go_to_the_best_only()
    {
        var rates = new Dictionary<Guid, decimal> { [Zhang.Id] = 0.1m, [Li.Id] = 0.3m };
        var rule = Rule(AssignmentMethod.ByPerformance) with { Performance = new PerformanceSettings(BestOnly: 1) };
        var office = new Office(rule, []) { Roster = new Roster([Zhang, Li, Wang], null, rates) };

        Assert.Equal("李李李", office.Names(3));
        Assert.Equal(Ineligible.NotAmongBest, office.VerdictOn(Wang));
    }

    [Fact]
    public void By_sales_model_sends_unclear_leads_to_SDR_complex_ones_to_the_field_and_the_rest_to_telephone()
    {
        var rule = Rule(AssignmentMethod.BySalesModel, new AssignmentTarget()) with
        {
            SalesSteps =
            [
                new(SalesModel.SdrCleaning, [When("priority", "low")], AssignmentTarget.OfUsers(Zhang.Id)),
                new(SalesModel.Field, [new Condition("budget.max", Comparison.AtLeast, ["500000"])], AssignmentTarget.OfUsers(Li.Id)),
                new(SalesModel.Telephone, [], AssignmentTarget.OfUsers(Wang.Id)),
            ],
        };
        var office = new Office(rule, Zhang with { DailyIntakeCap = 1 }, Li, Wang);

        Assert.Equal("张", office.Names(1, Low));
        Assert.Equal("李", office.Names(1, High with { Facts = High.Facts with { Budget = new Budget(null, 500_000m, null) } }));
        Assert.Equal("王", office.Names(1, High));
        Assert.Equal("王", office.Names(1, Low));
        Assert.Equal("telephone", office.Decide(High).Reasons[0].Facts["model"]);
    }

    [Fact]
    public void Manual_puts_the_lead_in_the_tray_of_a_director_whatever_their_caps()
    {
        var office = new Office(Rule(AssignmentMethod.Manual, AssignmentTarget.OfUsers(Zhang.Id, Li.Id)), Zhang with { Status = PersonStatus.Away }, Li with { HoldingCap = 0 });

        var decision = office.Decide();

        Assert.Equal((null, Li.Id, null, false), (decision.OwnerId, decision.TrayUserId, decision.PoolKey, decision.Unassigned));
        Assert.Equal(default, office.Board.LoadOf(Li.Id));
    }

    [Fact]
    public void Department_includes_those_below_it_and_can_be_narrowed_to_a_role()
    {
        var (company, east, suzhou, west) = (Id(100), Id(101), Id(102), Id(103));
        var departments = new Dictionary<Guid, Guid?> { [company] = null, [east] = company, [suzhou] = east, [west] = company };
        var roster = new Roster(
            [Zhang with { DepartmentId = suzhou }, Li with { DepartmentId = west }, Wang with { DepartmentId = east, Roles = [BuiltInRoles.Sdr] }, Person(4)], departments);

        Assert.Equal([Zhang.Id, Wang.Id], roster.Users(AssignmentTarget.OfDepartment(east)));
        Assert.Equal([Zhang.Id], roster.Users(AssignmentTarget.OfDepartment(east, BuiltInRoles.SalesRepresentative)));
        Assert.Equal([Zhang.Id, Li.Id, Wang.Id], roster.Users(AssignmentTarget.OfDepartment(company)));
    }
}
