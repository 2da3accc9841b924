using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Ownership;

/// <summary>Who gets several leads.</summary>
/// <param name="Ids">The leads, 1 to 1,000.</param>
/// <param name="To">The user.</param>
public sealed record AssignmentsBody(IReadOnlyList<Guid>? Ids = null, Guid? To = null);

/// <summary>What became of several assignments.</summary>
/// <param name="Results">One result for each lead, in their order.</param>
public sealed record AssignmentsAnswer(IReadOnlyList<AssignmentOutcome> Results);

/// <summary>What became of one of several assignments.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Status">The status it would have had by itself.</param>
/// <param name="Lead">Where the lead stands.</param>
/// <param name="Problem">Why it was not assigned.</param>
public sealed record AssignmentOutcome(
    Guid Id,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LeadState? Lead = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Problem = null);

/// <summary>Assigning several leads at once.</summary>
public static class AssignmentsApi
{
    internal static void MapAssignments(this IEndpointRouteBuilder app) => app
        .MapPost("/api/v1/leads/assignments", AssignAll).WithTags("Leads").Require(Permission.AssignLeads).Idempotent().Produces<AssignmentsAnswer>();

    /// <summary>Assigns up to 1,000 leads to somebody; one that cannot be assigned does not stop the others.</summary>
    /// <param name="body">Which, and to whom.</param>
    /// <param name="assign">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="problems">Words of problems.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> AssignAll(
        AssignmentsBody body, AssignLead assign, Viewer viewer, Setting setting, ProblemWords problems, HttpContext http, CancellationToken ct)
    {
        FieldError? error = body.To is null ? new FieldError("to", "required")
            : body.Ids is not { Count: > 0 } ? new FieldError("ids", "required")
            : body.Ids.Count > AssignLead.Most ? new FieldError("ids", "too_many", $"{AssignLead.Most}")
            : null;
        if (error is not null)
        {
            return Problem.Invalid([error]);
        }

        var results = await assign.AssignAll(viewer, body.Ids!, body.To!.Value, ct);
        return TypedResults.Ok(new AssignmentsAnswer([.. results.Select((result, i) => Outcome(body.Ids![i], result))]));

        AssignmentOutcome Outcome(Guid id, LeadResult result) => result is LeadResult.Done(var lead)
            ? new AssignmentOutcome(id, StatusCodes.Status201Created, LeadState.Of(lead, setting))
            : result.Problem(http) is { } problem ? new AssignmentOutcome(id, problem.Status, Problem: problems.Body(problem)) : throw new InvalidOperationException();
    }
}
