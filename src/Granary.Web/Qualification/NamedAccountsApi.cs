using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A change of stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Reason">Why, for a step back; up to 500 characters.</param>
public sealed record NamedStageBody(NamedAccountStage? Stage = null, string? Reason = null);

/// <summary>A line of an entry checklist that somebody ticks.</summary>
/// <param name="Check">Id of the line.</param>
/// <param name="Evidence">By what it is known, 1 to 1,000 characters.</param>
public sealed record NamedCheckBody(string? Check = null, string? Evidence = null);

/// <summary>Another list.</summary>
/// <param name="ListId">The list.</param>
public sealed record NamedMoveBody(Guid? ListId = null);

/// <summary>A touch to plan.</summary>
/// <param name="Instrument">ecosystemMeeting, expo, sponsoredForum, regionalCioEvent, mailing, salon, studyTour.</param>
/// <param name="PlannedOn">The day.</param>
/// <param name="OwnerId">Who sees to it; whoever plans it when left out.</param>
/// <param name="Note">What is planned, up to 500 characters.</param>
public sealed record NamedTouchBody(TouchInstrument? Instrument = null, DateOnly? PlannedOn = null, Guid? OwnerId = null, string? Note = null)
{
    internal TouchInput Input => new(Instrument, PlannedOn, OwnerId, Note);
}

/// <summary>That a touch took place.</summary>
/// <param name="DoneOn">The day; today when left out.</param>
/// <param name="Outcome">What came of it, 1 to 1,000 characters.</param>
public sealed record NamedTouchDoneBody(DateOnly? DoneOn = null, string? Outcome = null);

/// <summary>Named accounts: their stages, checklists and touches (§12 FABM).</summary>
public static class NamedAccountsApi
{
    internal static void MapNamedAccounts(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/named-accounts/{id:guid}").WithTags("NamedAccounts").Require(Permission.ManageAccounts).Idempotent();
        one.MapGet("/", Get).Produces<NamedAccountView>();
        one.MapDelete("/", Remove).Produces(StatusCodes.Status204NoContent);
        one.MapPost("/stage", Move).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapPost("/list", ToList).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapPost("/checks", Tick).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapDelete("/checks/{check}", Untick).Produces<NamedAccountView>();
        one.MapPost("/touches", Plan).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapPost("/touches/{touch:guid}/plan", Replan).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapPost("/touches/{touch:guid}/completion", Complete).Produces<NamedAccountView>(StatusCodes.Status201Created);
        one.MapPost("/touches/{touch:guid}/cancellation", Cancel).Produces<NamedAccountView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets a named account with its checklists, touches and history, and its version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, NamedAnswer answer, CancellationToken ct) => await answer.View(id, StatusCodes.Status200OK, ct);

    /// <summary>Takes it out of its list; the account stays.</summary>
    public static async Task<IResult> Remove(Guid id, MoveNamedAccount move, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Problem(await move.Remove(viewer, id, ct)) is { } problem ? problem : TypedResults.NoContent();

    /// <summary>
    /// Moves it to a stage: forward only where its entry checklist and those before hold (entry_checklist_not_met, with the ids in <c>missing</c> and their words in the detail), back
    /// with a reason (reason_required).
    /// </summary>
    public static async Task<IResult> Move(Guid id, NamedStageBody body, MoveNamedAccount move, NamedAnswer answer, Viewer viewer, HttpContext http, CancellationToken ct) =>
        body.Stage is not { } stage ? Hosting.Problem.Invalid([new FieldError("stage", "required")]) : await answer.Of(await move.To(viewer, id, stage, body.Reason, AccountAnswers.Seen(http), ct), ct);

    /// <summary>Moves it to another list.</summary>
    public static async Task<IResult> ToList(Guid id, NamedMoveBody body, MoveNamedAccount move, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        await answer.Of(await move.ToList(viewer, id, body.ListId ?? Guid.Empty, ct), ct);

    /// <summary>Ticks a line of an entry checklist that people tell, with evidence.</summary>
    public static async Task<IResult> Tick(Guid id, NamedCheckBody body, TickNamedCheck tick, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        await answer.Of(await tick.Tick(viewer, id, body.Check, body.Evidence, ct), ct);

    /// <summary>Takes a tick away; the stage stays.</summary>
    public static async Task<IResult> Untick(Guid id, string check, TickNamedCheck tick, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        await answer.Of(await tick.Untick(viewer, id, check, ct), ct, StatusCodes.Status200OK);

    /// <summary>Plans a touch.</summary>
    public static async Task<IResult> Plan(Guid id, NamedTouchBody body, TouchPlan plan, NamedAnswer answer, Viewer viewer, CancellationToken ct) => await answer.Of(await plan.Plan(viewer, id, body.Input, ct), ct);

    /// <summary>Plans a touch anew that has not taken place; its owner is reminded again.</summary>
    public static async Task<IResult> Replan(Guid id, Guid touch, NamedTouchBody body, TouchPlan plan, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        await answer.Of(await plan.Replan(viewer, id, touch, body.Input, ct), ct);

    /// <summary>Says that a touch took place, and what came of it.</summary>
    public static async Task<IResult> Complete(Guid id, Guid touch, NamedTouchDoneBody body, TouchPlan plan, NamedAnswer answer, Viewer viewer, CancellationToken ct) =>
        await answer.Of(await plan.Done(viewer, id, touch, body.DoneOn, body.Outcome, ct), ct);

    /// <summary>Calls a planned touch off.</summary>
    public static async Task<IResult> Cancel(Guid id, Guid touch, TouchPlan plan, NamedAnswer answer, Viewer viewer, CancellationToken ct) => await answer.Of(await plan.Cancel(viewer, id, touch, ct), ct);
}

/// <summary>Answers of verbs on named accounts.</summary>
public sealed class NamedAnswer(IHttpContextAccessor http, ReadNamed read, NamedWords words, Viewer viewer, Setting setting)
{
    /// <summary>The named account as it stands, or the problem.</summary>
    public async Task<IResult> Of(AccountResult<NamedAccount> result, CancellationToken ct, int status = StatusCodes.Status201Created) =>
        Problem(result) is { } problem ? problem : await View(((AccountResult<NamedAccount>.Done)result).Record.Id, status, ct);

    /// <summary>The problem of what was not done, with what is missing in words; null when it was done.</summary>
    public Problem? Problem(AccountResult<NamedAccount> result) => result is AccountResult<NamedAccount>.Refused { Missing: [_, ..] missing } refused
        ? new Problem(refused.Code, StatusCodes.Status409Conflict, words.Refusal(refused.Code, missing))
        {
            More = new Dictionary<string, JsonNode?> { ["missing"] = new JsonArray([.. missing.Select(m => (JsonNode?)JsonValue.Create(m))]) },
        }
        : AccountAnswers.Problem(result, http.HttpContext!);

    /// <summary>The named account.</summary>
    public async Task<IResult> View(Guid id, int status, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } card)
        {
            return Hosting.Problem.NotFound();
        }

        RecordVersion.Tag(http.HttpContext!, $"{card.Named.Version}");
        var view = NamedAccountView.Of(card, setting, words);
        return status == StatusCodes.Status200OK ? TypedResults.Ok(view) : TypedResults.Created($"/api/v1/named-accounts/{id}", view);
    }
}
