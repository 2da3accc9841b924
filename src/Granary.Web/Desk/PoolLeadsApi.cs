using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Granary.Web.Hosting;
using Granary.Web.Intake;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Desk;

/// <summary>Which leads of a pool are given out, and to whom.</summary>
/// <param name="Leads">The leads, 1 to 1,000; instead of a filter.</param>
/// <param name="Filter">A filter as the list of leads has it, such as <c>priority=high</c>, that selects 1,000 at the most.</param>
/// <param name="To">Who gets them.</param>
/// <param name="ByRule">Whether the assignment rules say who gets them.</param>
public sealed record PoolAssignmentBody(IReadOnlyList<Guid>? Leads = null, string? Filter = null, Guid? To = null, bool ByRule = false);

/// <summary>Which leads of a pool go to another.</summary>
/// <param name="Leads">The leads, 1 to 1,000; instead of a filter.</param>
/// <param name="Filter">A filter as the list of leads has it, that selects 1,000 at the most.</param>
/// <param name="To">The other pool.</param>
public sealed record PoolMoveBody(IReadOnlyList<Guid>? Leads = null, string? Filter = null, Guid? To = null);

/// <summary>What lies in a pool, and what its managers do with it.</summary>
public static class PoolLeadsApi
{
    internal static void MapPoolLeads(this IEndpointRouteBuilder app)
    {
        var pool = app.MapGroup("/api/v1/pools/{id:guid}").WithTags("Pools").Require(Permission.ViewLeads).Idempotent();
        pool.MapGet("/leads", List).Produces<Page<LeadView>>();
        pool.MapPost("/assignment", Assign).Produces<AssignmentsAnswer>();
        pool.MapPost("/move", Move).Produces<AssignmentsAnswer>();
    }

    /// <summary>Lists the leads of a pool with the fields that the pool shows; filters and order are those of the list of leads.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="page">Which page.</param>
    /// <param name="board">The pools.</param>
    /// <param name="leads">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="views">How leads are shown.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(
        Guid id, [AsParameters] PageQuery page, PoolBoard board, PoolLeads leads, Viewer viewer, Setting setting, Store store, LeadViews views, HttpContext http, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await board.Find(viewer, $"{id}", ct) is not { Pool: var pool })
        {
            return Problem.NotFound();
        }

        var filter = LeadFilter.Parse(http.Request.QueryString.Value, out var errors);
        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        var after = LeadCursor.Parse(page.After, filter.Sort);
        if (after is null && !string.IsNullOrEmpty(page.After))
        {
            return Cursor.Bad;
        }

        var read = await leads.Read(viewer, pool, filter, after, page.Size, ct);
        await using var db = store.Open();
        return TypedResults.Ok(new Page<LeadView>(await views.Of(db, viewer, [.. read.Items.Select(i => i.Lead)], MaskPlace.Pool, setting, ct), read.Next?.ToString()));
    }

    /// <summary>Gives leads of a pool to somebody, or out by the rules; one that cannot be given does not stop the others.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="body">Which, and to whom.</param>
    /// <param name="board">The pools.</param>
    /// <param name="leads">The list.</param>
    /// <param name="assign">The use case.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Assign(
        Guid id, PoolAssignmentBody body, PoolBoard board, PoolLeads leads, AssignPooled assign, PoolAnswers answers, Viewer viewer, CancellationToken ct)
    {
        if (body.To is null != body.ByRule)
        {
            return Problem.Invalid([new FieldError("to", body.ByRule ? "not_with_by_rule" : "required")]);
        }

        var (ids, refusal) = await Chosen(id, body.Leads, body.Filter, board, leads, viewer, ct);
        return refusal ?? answers.Of(ids, body.To is { } to ? await assign.To(viewer, id, ids, to, ct) : await assign.ByRule(viewer, id, ids, ct));
    }

    /// <summary>Moves leads of a pool to another; one that cannot be moved does not stop the others.</summary>
    /// <param name="id">The pool they lie in.</param>
    /// <param name="body">Which, and whereto.</param>
    /// <param name="board">The pools.</param>
    /// <param name="leads">The list.</param>
    /// <param name="move">The use case.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Move(
        Guid id, PoolMoveBody body, PoolBoard board, PoolLeads leads, MoveLeads move, PoolAnswers answers, Viewer viewer, CancellationToken ct)
    {
        if (body.To is not { } to)
        {
            return Problem.Invalid([new FieldError("to", "required")]);
        }

        var (ids, refusal) = await Chosen(id, body.Leads, body.Filter, board, leads, viewer, ct);
        return refusal ?? answers.Of(ids, await move.Move(viewer, id, ids, to, ct));
    }

    private static async Task<(IReadOnlyList<Guid> Ids, IResult? Refusal)> Chosen(
        Guid id, IReadOnlyList<Guid>? named, string? query, PoolBoard board, PoolLeads leads, Viewer viewer, CancellationToken ct)
    {
        if (await board.Find(viewer, $"{id}", ct) is not { } card)
        {
            return ([], Problem.NotFound());
        }

        if (!card.Manages)
        {
            return ([], Problem.Forbidden());
        }

        if (named is not null || query is null)
        {
            return named is not { Count: > 0 } ? ([], Problem.Invalid([new FieldError("leads", "required")]))
                : query is not null ? ([], Problem.Invalid([new FieldError("filter", "not_with_leads")]))
                : named.Count > MoveLeads.Most ? ([], Problem.Invalid([new FieldError("leads", "too_many", $"{MoveLeads.Most}")]))
                : (named, null);
        }

        var filter = LeadFilter.Parse(query, out var errors);
        if (errors.Count > 0)
        {
            return ([], Problem.Invalid([new FieldError("filter", "malformed")]));
        }

        var (ids, error) = await leads.Select(viewer, card.Pool, filter, ct);
        return error is null ? (ids, null) : ([], Problem.Invalid([error]));
    }
}

/// <summary>Says over the API what became of several leads of a pool.</summary>
public sealed class PoolAnswers(Setting setting, ProblemWords problems, IHttpContextAccessor http)
{
    /// <summary>One outcome for each lead.</summary>
    public IResult Of(IReadOnlyList<Guid> ids, IReadOnlyList<LeadResult> results) =>
        results.OfType<LeadResult.Invalid>().FirstOrDefault() is { } invalid ? Problem.Invalid(invalid.Errors)
        : TypedResults.Ok(new AssignmentsAnswer([.. results.Select((result, i) => Of(ids[i], result))]));

    private AssignmentOutcome Of(Guid id, LeadResult result)
    {
        if (result is LeadResult.Done(var lead))
        {
            return new AssignmentOutcome(id, StatusCodes.Status201Created, LeadState.Of(lead, setting));
        }

        var problem = result.Problem(http.HttpContext!)!;
        return new AssignmentOutcome(id, problem.Status, Problem: problems.Body(problem));
    }
}
