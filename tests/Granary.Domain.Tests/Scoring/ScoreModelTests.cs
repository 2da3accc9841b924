using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Scoring;

public sealed class ScoreModelTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Fact]
    public void Built_in_model_is_valid() => Assert.Empty(ScoreModel.BuiltIn.Validate());

    [Fact]
    public void Model_survives_its_json_with_names_in_camel_case()
    {
        var written = JsonSerializer.Serialize(ScoreModel.BuiltIn, Json);
        var read = JsonSerializer.Deserialize<ScoreModel>(written, Json)!;

        Assert.Contains("\"kind\":\"corePageViewed\"", written);
        Assert.Equal(written, JsonSerializer.Serialize(read, Json));
        Assert.Equal(100, Scorer.Score(read, Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full), [new(TouchKind.WebinarAttended, 3)], Leads.Now).Total);
    }

    [Theory]
    [InlineData("no.such.field", Comparison.AnyOf, "x", "unknown_field")]
    [InlineData("custom.", Comparison.AnyOf, "x", "unknown_field")]
    [InlineData("company.headcount", Comparison.AtLeast, "many", "not_a_number")]
    [InlineData("company.headcount", Comparison.Below, "", "required")]
    [InlineData("company.size", Comparison.AtLeast, "10", "not_comparable")]
    [InlineData("company.size", Comparison.AnyOf, "huge", "not_a_choice")]
    public void Condition_that_cannot_work_is_refused(string field, Comparison comparison, string value, string code)
    {
        var model = ScoreModel.BuiltIn with { AttributeRules = [new AttributeRule("rule", [new Condition(field, comparison, [value])], 5)] };

        Assert.Equal(code, Assert.Single(model.Validate()).Code);
    }

    [Theory]
    [InlineData("custom.plant", Comparison.AtLeast, "3")]
    [InlineData("company.size", Comparison.AnyOf, "large")]
    [InlineData("company.headcount", Comparison.AtLeast, "500.5")]
    public void Condition_that_can_work_is_accepted(string field, Comparison comparison, string value)
    {
        var model = ScoreModel.BuiltIn with { AttributeRules = [new AttributeRule("rule", [new Condition(field, comparison, [value])], 5)] };

        Assert.Empty(model.Validate());
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_each_by_its_path()
    {
        var model = ScoreModel.BuiltIn with
        {
            Name = " ",
            BehaviourCap = -1,
            HalfLifeDays = 0,
            OfferAmount = 0,
            PriorityBands = new PriorityBands(50, 50),
            TouchRules = [new(TouchKind.Downloaded, 1_001), new(TouchKind.Downloaded, 1)],
            PassMark = new PassMark { Cells = ["E1"] },
            Matrix = ScoreModel.BuiltIn.Matrix with { FitBounds = [80, 60], EngagementBounds = [40, 60, 80] },
        };

        Assert.Equal(
            [
                "behaviourCap out_of_range", "halfLifeDays out_of_range", "matrix.engagementBounds not_descending", "matrix.fitBounds out_of_range",
                "name required", "offerAmount out_of_range", "passMark.cells unknown_cell", "priorityBands not_descending",
                "touchRules[0].points out_of_range", "touchRules[1].kind duplicate",
            ],
            model.Validate().Select(error => $"{error.Field} {error.Code}").Order(StringComparer.Ordinal));
    }
}
