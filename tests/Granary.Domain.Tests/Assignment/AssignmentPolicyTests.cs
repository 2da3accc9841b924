using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class AssignmentPolicyTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly AssignmentCase High = Scored(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full);

    private static readonly AssignmentCase Medium = Scored(CompanySize.Small, BuyingRole.Influencer, BudgetMatch.None);

    private static readonly AssignmentCase Immature = Lead with
    {
        Facts = Lead.Facts with { Score = Domain.Scoring.Scorer.Score(Domain.Scoring.ScoreModel.BuiltIn, Lead.Facts, [], Morning) },
    };

    [Fact]
    public void Built_in_policy_is_valid_and_survives_its_json()
    {
        var written = JsonSerializer.Serialize(AssignmentPolicy.BuiltIn, Json);

        Assert.Empty(AssignmentPolicy.BuiltIn.Validate());
        Assert.Contains("\"method\":\"byTier\"", written);
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize<AssignmentPolicy>(written, Json), Json));
    }

    [Fact]
    public void Every_setting_survives_its_json()
    {
        var policy = new AssignmentPolicy
        {
            Rules =
            [
                Rule(AssignmentMethod.Weighted, AssignmentTarget.OfUsers(Zhang.Id, Li.Id)) with { Weights = new Dictionary<Guid, int> { [Zhang.Id] = 5 } },
                Rule(AssignmentMethod.BySalesModel, new AssignmentTarget()) with { Id = "b", SalesSteps = [new(SalesModel.Field, [When("region", "江苏")], Everybody)] },
                Rule(AssignmentMethod.ByPerformance, AssignmentTarget.OfDepartment(Id(9))) with { Id = "c", Performance = new PerformanceSettings(0.2m, 3m, 2) },
            ],
        };

        var read = JsonSerializer.Deserialize<AssignmentPolicy>(JsonSerializer.Serialize(policy, Json), Json)!;

        Assert.Empty(read.Validate());
        Assert.Equal(5, read.Rules[0].Weights[Zhang.Id]);
        Assert.Equal([Zhang.Id, Li.Id], read.Rules[0].Target.Users);
        Assert.Equal(SalesModel.Field, read.Rules[1].SalesSteps[0].Model);
        Assert.Equal((Id(9), new PerformanceSettings(0.2m, 3m, 2)), (read.Rules[2].Target.Department, read.Rules[2].Performance));
    }

    [Fact]
    public void Built_in_policy_gives_high_priority_to_the_nearest_senior()
    {
        var near = Li with { Seniority = Seniority.Senior, Regions = ["江苏"] };
        var office = new Office(AssignmentPolicy.BuiltIn, Zhang, near, Wang with { Seniority = Seniority.Senior });

        Assert.Equal("李", office.Names(1, High with { Facts = High.Facts with { Region = new Region("江苏", null) } }));
    }

    [Fact]
    public void Built_in_policy_prefers_at_high_priority_who_is_at_work_and_does_not_wait_for_anybody()
    {
        var office = new Office(AssignmentPolicy.BuiltIn, Zhang, Li with { Duty = [new DutyShift(new DateOnly(2026, 11, 7), new TimeOnly(9, 0), new TimeOnly(12, 0))] })
        {
            Now = At(2026, 11, 7, 10, 0),
        };
        Assert.Equal("李李", office.Names(2, High));

        office.Now = At(2026, 11, 7, 20, 0);
        Assert.Equal("high", office.Decide(High).RuleId);
    }

    [Fact]
    public void Built_in_policy_gives_mature_leads_to_representatives_or_to_SDR_while_there_are_none()
    {
        var sdr = Person(5, "赵") with { Roles = [BuiltInRoles.Sdr] };

        Assert.Equal("张李张李", new Office(AssignmentPolicy.BuiltIn, Zhang, Li, sdr).Names(4, Medium));
        Assert.Equal("赵", new Office(AssignmentPolicy.BuiltIn, sdr).Names(1, Medium));
        Assert.Equal("sdr", new Office(AssignmentPolicy.BuiltIn).Names(1, Medium));
    }

    [Fact]
    public void Built_in_policy_keeps_what_is_below_the_pass_mark_in_nurture()
    {
        var decision = new Office(AssignmentPolicy.BuiltIn, Zhang, Person(5) with { Roles = [BuiltInRoles.Sdr] }).Decide(Immature);

        Assert.Equal((PoolKeys.Nurture, false), (decision.PoolKey, decision.Unassigned));
    }

    [Fact]
    public void Policy_that_cannot_work_is_refused_each_fault_by_its_path()
    {
        var policy = new AssignmentPolicy
        {
            FallbackPool = " ",
            RetryMinutes = 0,
            Rules =
            [
                Rule(AssignmentMethod.Weighted) with { Id = "Ä", Name = "", Weights = new Dictionary<Guid, int> { [Id(1)] = -1 } },
                Rule(AssignmentMethod.RoundRobin, new AssignmentTarget { Role = "sdr", Pool = "sdr" }) with { Id = "twice", When = [When("nothing", "x")] },
                Rule(AssignmentMethod.BySalesModel) with { Id = "twice" },
                Rule(AssignmentMethod.BySalesModel, new AssignmentTarget()) with { Id = "d", SalesSteps = [new(SalesModel.Field, [], AssignmentTarget.OfPool("sdr"))] },
                Rule(AssignmentMethod.ByPerformance) with { Id = "e", Performance = new PerformanceSettings(0, 0.5m, 0), Tier = new() { Steps = [new([], Seniority.Senior)] } },
            ],
        };

        Assert.Equal(
            [
                "fallbackPool required", "retryMinutes out_of_range",
                "rules[0].id malformed", "rules[0].name required", $"rules[0].weights.{Id(1)} out_of_range",
                "rules[1].target one_target", "rules[1].when[0].field unknown_field",
                "rules[2].id duplicate", "rules[2].salesSteps required", "rules[2].target one_target",
                "rules[3].salesSteps[0].target no_target",
                "rules[4].performance.bestOnly out_of_range", "rules[4].performance.ceiling out_of_range", "rules[4].performance.floor out_of_range",
                "rules[4].tier.steps[0].when required",
            ],
            policy.Validate().Select(error => $"{error.Field} {error.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reason_against_somebody_has_a_code_of_its_own() =>
        Assert.Distinct(Enum.GetValues<Ineligible>().Select(reason => reason.Code()));
}
