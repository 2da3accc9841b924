using System.Text.Json.Nodes;
using Granary.Application.Ownership;
using Granary.Application.Settings;
using Granary.Web.Hosting;

namespace Granary.Web.Ownership;

/// <summary>Answers of verbs on leads.</summary>
internal static class LeadAnswers
{
    /// <summary>The version the caller has seen; one that is no version was never seen.</summary>
    public static int? Seen(HttpContext http) => RecordVersion.Seen(http) is { } tag ? int.TryParse(tag, out var version) ? version : 0 : null;

    /// <summary>201 with the lead as it stands, or the problem.</summary>
    public static IResult Answer(this LeadResult result, HttpContext http, Setting setting)
    {
        if (result is not LeadResult.Done(var lead))
        {
            return result.Problem(http)!;
        }

        RecordVersion.Tag(http, $"{lead.Version}");
        return TypedResults.Created($"/api/v1/leads/{lead.Id}", LeadState.Of(lead, setting));
    }

    /// <summary>The problem of a verb that was not done; null when it was.</summary>
    public static Problem? Problem(this LeadResult result, HttpContext http) => result switch
    {
        LeadResult.Done => null,
        LeadResult.NotFound => Hosting.Problem.NotFound(),
        LeadResult.Forbidden => Hosting.Problem.Forbidden(),
        LeadResult.Stale(var current) => RecordVersion.Stale(RecordVersion.Seen(http), $"{current}"),
        LeadResult.Invalid(var errors) => Hosting.Problem.Invalid(errors),
        LeadResult.Refused(LeadRefusal.ReasonRequired or LeadRefusal.TooShort or LeadRefusal.InTheFuture or LeadRefusal.BeforeTheLead) refused =>
            new Problem(refused.Code, StatusCodes.Status422UnprocessableEntity),
        LeadResult.Refused(LeadRefusal.NotAMember) => new Problem(LeadRefusal.NotAMember, StatusCodes.Status403Forbidden),
        LeadResult.Refused { Until: { } until } refused => new Problem(refused.Code, StatusCodes.Status409Conflict) { More = new Dictionary<string, JsonNode?> { ["until"] = JsonValue.Create(until) } },
        LeadResult.Refused { Instead: { } instead } refused => new Problem(refused.Code, StatusCodes.Status409Conflict)
        {
            More = new Dictionary<string, JsonNode?> { ["seen"] = RecordVersion.Seen(http), ["mergedInto"] = JsonValue.Create(instead) },
        },
        LeadResult.Refused(var code) => new Problem(code, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };
}
