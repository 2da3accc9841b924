using System.Text.Json.Nodes;
using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Web.Hosting;

namespace Granary.Web.Opportunities;

/// <summary>Answers of verbs on opportunities.</summary>
internal static class OpportunityAnswers
{
    /// <summary>The version the caller has seen; one that is no version was never seen.</summary>
    public static int? Seen(HttpContext http) => RecordVersion.Seen(http) is { } tag ? int.TryParse(tag, out var version) ? version : 0 : null;

    /// <summary>201 with the opportunity as it stands, or the problem.</summary>
    public static IResult Answer(this OpportunityResult result, HttpContext http, Setting setting)
    {
        if (result is not OpportunityResult.Done(var opportunity, var id))
        {
            return result.Problem(http)!;
        }

        RecordVersion.Tag(http, $"{opportunity.Version}");
        return TypedResults.Created($"/api/v1/opportunities/{opportunity.Id}", OpportunityView.Of(opportunity, null, setting) with { MadeId = id });
    }

    /// <summary>The problem of a verb that was not done; null when it was.</summary>
    public static Problem? Problem(this OpportunityResult result, HttpContext http) => result switch
    {
        OpportunityResult.Done => null,
        OpportunityResult.NotFound => Hosting.Problem.NotFound(),
        OpportunityResult.Forbidden => Hosting.Problem.Forbidden(),
        OpportunityResult.Stale(var current) => RecordVersion.Stale(RecordVersion.Seen(http), $"{current}"),
        OpportunityResult.Invalid(var errors) => Hosting.Problem.Invalid(errors),
        OpportunityResult.Refused(OpportunityRefusal.ReasonRequired) => new Problem(OpportunityRefusal.ReasonRequired, StatusCodes.Status422UnprocessableEntity),
        OpportunityResult.Refused { Missing: [_, ..] missing } refused => new Problem(refused.Code, StatusCodes.Status409Conflict)
        {
            More = new Dictionary<string, JsonNode?> { ["missing"] = new JsonArray([.. missing.Select(m => (JsonNode?)JsonValue.Create(m))]) },
        },
        OpportunityResult.Refused(var code) => new Problem(code, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };
}
