using System.Buffers;
using System.Text.Json;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Granary.Web.Intake;

/// <summary>Taking in leads over the API: one, or a batch.</summary>
public static class SubmitLeadsApi
{
    private const int Most = 1000;

    internal static void MapSubmitLeads(this IEndpointRouteBuilder app)
    {
        var leads = app.MapGroup("/api/v1/leads").WithTags("Leads").Require(Permission.CreateLeads);
        leads.MapPost("/", Submit).Accepts<LeadBody>("application/json").Produces<LeadAnswer>(StatusCodes.Status201Created).Produces<LeadAnswer>()
            .AddOpenApiOperationTransformer(DescribeKey);
        leads.MapPost("/batch", SubmitBatch).Accepts<LeadBatchBody>("application/json").Produces<LeadBatchAnswer>().LimitBody(BodyLimits.Batch).Idempotent();
    }

    /// <summary>Takes in one lead: 201 with the new lead, 200 when it refreshed one that was there.</summary>
    /// <param name="http">The request.</param>
    /// <param name="intake">The way in.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="json">How JSON is read.</param>
    public static async Task<IResult> Submit(
        HttpContext http, LeadIntake intake, LandingAnswers answers, Viewer viewer, SettingCache settings, IOptions<JsonOptions> json)
    {
        if (RequestBody.BadKey(http) is { } bad)
        {
            return bad;
        }

        var body = await RequestBody.Read(http.Request);
        var submission = RequestBody.As<LeadBody>(body, json.Value.SerializerOptions).Submission();
        var request = new IntakeRequest { Submission = submission, ActorId = viewer.UserId, Idempotency = RequestBody.Key(http, viewer, body) };
        var result = await intake.Submit(request, http.RequestAborted);
        if (result is not IntakeResult.Landed(var landing))
        {
            return LandingAnswers.Refusal(result)!;
        }

        http.Response.Headers.Location = $"/api/v1/leads/{landing.LeadId}";
        return TypedResults.Json(answers.Of(landing, await settings.Get(http.RequestAborted)), statusCode: LandingAnswers.Status(landing));
    }

    /// <summary>Takes in up to 1,000 leads in one transaction and answers for each; one that is wrong does not stop the others.</summary>
    /// <param name="http">The request.</param>
    /// <param name="intake">The way in.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="problems">Words of problems.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="json">How JSON is read.</param>
    public static async Task<IResult> SubmitBatch(
        HttpContext http, LeadIntake intake, LandingAnswers answers, ProblemWords problems, Viewer viewer, SettingCache settings, IOptions<JsonOptions> json)
    {
        var body = await RequestBody.Read(http.Request);
        if (Items(RequestBody.As<JsonElement>(body, json.Value.SerializerOptions), out var items) is { } wrong)
        {
            return Problem.Invalid([wrong]);
        }

        var results = new LeadBatchResult[items.Count];
        List<(int Index, IntakeRequest Request)> sound = [];
        for (var i = 0; i < items.Count; i++)
        {
            try
            {
                var raw = new ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(items[i].GetRawText()));
                var submission = RequestBody.As<LeadBody>(raw, json.Value.SerializerOptions).Submission();
                sound.Add((i, new IntakeRequest { Submission = submission, ActorId = viewer.UserId, Idempotency = RequestBody.Key(http, viewer, raw, i) }));
            }
            catch (JsonException fault)
            {
                results[i] = Refused(i, JsonFault.Of(fault), problems);
            }
        }

        var landed = await intake.SubmitMany([.. sound.Select(s => s.Request)], http.RequestAborted);
        var setting = await settings.Get(http.RequestAborted);
        for (var i = 0; i < landed.Length; i++)
        {
            var index = sound[i].Index;
            results[index] = landed[i] is IntakeResult.Landed(var landing)
                ? new LeadBatchResult(index, LandingAnswers.Status(landing), answers.Of(landing, setting))
                : Refused(index, LandingAnswers.Refusal(landed[i])!, problems);
        }

        return TypedResults.Json(new LeadBatchAnswer(results));
    }

    // The key is settled with the landing itself and not by the filter that describes it elsewhere.
    private static Task DescribeKey(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.RequestBody!.Description = "The lead.";
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = Idempotency.Header,
            In = ParameterLocation.Header,
            Description = "The same key and body within 24 hours gives the first answer; another body 422.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
        });
        return Task.CompletedTask;
    }

    private static LeadBatchResult Refused(int index, Problem problem, ProblemWords problems) => new(index, problem.Status, Problem: problems.Body(problem));

    private static FieldError? Items(JsonElement body, out List<JsonElement> items)
    {
        items = [];
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new FieldError("", "wrong_type");
        }

        foreach (var member in body.EnumerateObject())
        {
            if (member.Name != "items")
            {
                return new FieldError(member.Name, "unknown_field");
            }

            if (member.Value.ValueKind != JsonValueKind.Array)
            {
                return new FieldError("items", "wrong_type");
            }

            items = [.. member.Value.EnumerateArray()];
        }

        return items.Count switch
        {
            0 => new FieldError("items", "required"),
            > Most => new FieldError("items", "too_many", "1000"),
            _ => null,
        };
    }
}
