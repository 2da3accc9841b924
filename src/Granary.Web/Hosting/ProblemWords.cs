using System.Diagnostics;
using System.Text.Json.Nodes;
using Granary.Domain.Policies;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Hosting;

/// <summary>Marker of the texts of problems.</summary>
public sealed class ProblemTexts;

/// <summary>Writes problems in the reader's language; also for those within another answer, as in a batch.</summary>
public sealed class ProblemWords(IStringLocalizer<ProblemTexts> texts, FieldErrorText fields)
{
    /// <summary>A problem as the API shows it.</summary>
    public JsonObject Body(Problem problem, string? trace = null)
    {
        var body = new JsonObject
        {
            ["type"] = $"urn:granary:problem:{problem.Code}",
            ["title"] = Text(problem.Code) ?? ReasonPhrases.GetReasonPhrase(problem.Status),
            ["status"] = problem.Status,
            ["code"] = problem.Code,
            ["detail"] = problem.Detail ?? Text($"{problem.Code}.detail"),
            ["errors"] = new JsonArray([.. (problem.Errors ?? []).Select(Error)]),
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? trace,
        };
        foreach (var (name, value) in problem.More)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    private JsonObject Error(FieldError error) => new()
    {
        ["field"] = error.Field,
        ["code"] = error.Code,
        ["message"] = fields.Of(error),
    };

    private string? Text(string key) => texts[key] is { ResourceNotFound: false } text ? text.Value : null;
}
