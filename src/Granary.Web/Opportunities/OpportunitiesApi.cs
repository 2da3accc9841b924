using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Intake;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>Fields of an opportunity that can be changed.</summary>
/// <param name="Name">Name.</param>
/// <param name="ProductLine">Product line.</param>
/// <param name="Amount">Amount in the organisation's currency.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
/// <param name="Custom">Custom fields by key; null takes one out.</param>
public sealed record OpportunityPatch(string? Name, string? ProductLine, decimal? Amount, DateOnly? ExpectedOn, IReadOnlyDictionary<string, JsonElement>? Custom = null);

/// <summary>A change of stage, or of what is ticked in one.</summary>
/// <param name="Stage">Id of the stage it is to be in; where it is left out, only checks are ticked.</param>
/// <param name="Reason">Why, for a step back.</param>
/// <param name="Checks">Ids of the lines of the present stage's exit checklist that are true; they are ticked first.</param>
public sealed record StageBody(string? Stage = null, string? Reason = null, IReadOnlyList<string>? Checks = null);

/// <summary>A reason in words.</summary>
/// <param name="Reason">Up to 500 characters.</param>
public sealed record OpportunityReasonBody(string? Reason = null);

/// <summary>Another owner.</summary>
/// <param name="To">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record OpportunityTransferBody(Guid? To = null, string? Reason = null);

/// <summary>Something that happened to an opportunity.</summary>
/// <param name="Position">Its position in the event log.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Data">Before, after, why.</param>
public sealed record OpportunityEventView(long Position, string Kind, DateTimeOffset At, OwnerAnswer? Actor, JsonElement Data);

/// <summary>Opportunities: lists, one, its stages (§13).</summary>
public static class OpportunitiesApi
{
    internal static void MapOpportunityRecords(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup("/api/v1/opportunities").WithTags("Opportunities").Idempotent();
        all.MapGet("/", List).Require(Permission.ViewOpportunities).Produces<Page<OpportunityView>>();
        all.MapGet("/{id:guid}", Get).Require(Permission.ViewOpportunities).Produces<OpportunityView>();
        all.MapGet("/{id:guid}/timeline", Timeline).Require(Permission.ViewOpportunities).Produces<Page<OpportunityEventView>>();
        all.MapPatch("/{id:guid}", Patch).Require(Permission.EditOpportunities).Accepts<OpportunityPatch>("application/json").Produces<OpportunityView>();
        all.MapPost("/{id:guid}/stage", Move).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/reopening", Reopen).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/transfer", Transfer).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists opportunities, the latest first; custom fields filter as <c>custom.key=value</c>.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="query">Which opportunities.</param>
    /// <param name="list">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, [AsParameters] OpportunityQuery query, ListOpportunities list, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var (filter, errors) = query.Read();
        return errors.Count > 0 ? Problem.BadParameter(errors)
            : !Cursor.TryRead<Guid?>(page.After, out var after) ? Cursor.Bad
            : TypedResults.Ok(Page.Cut<OpportunityView>(
                [.. (await list.Page(viewer, filter, after, page.Size, ct)).Select(o => OpportunityView.Of(o.Opportunity, o.Account, setting))], page.Size, o => Cursor.Write(o.Id)));
    }

    /// <summary>Gets an opportunity.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadOpportunity read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } found)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{found.Opportunity.Version}");
        return TypedResults.Ok(OpportunityView.Of(found.Opportunity, found.Account, setting));
    }

    /// <summary>Lists what happened to an opportunity, the latest first.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="after">The cursor that the page before gave as next.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Timeline(Guid id, string? after, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (!Cursor.TryRead<long?>(after, out var before))
        {
            return Cursor.Bad;
        }

        var (events, next) = await read.Timeline(viewer, id, before, ct);
        return events.Count == 0 && await read.Find(viewer, id, ct) is null ? Problem.NotFound() : TypedResults.Ok(new Page<OpportunityEventView>(
            [.. events.Select(e => new OpportunityEventView(e.Position, e.Kind, e.At, OwnerAnswer.Of(e.ActorId, setting), JsonSerializer.Deserialize<JsonElement>(e.Data)))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Changes fields (merge patch); those left out stay.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="patch">The fields.</param>
    /// <param name="edit">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Patch(Guid id, JsonObject patch, EditOpportunity edit, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await edit.Edit(viewer, id, before =>
        {
            var custom = before.Custom.ToDictionary(c => c.Key, c => JsonSerializer.SerializeToElement(c.Value));
            var after = MergePatch.Apply(new OpportunityPatch(before.Name, before.ProductLine, before.Amount, before.ExpectedOn, custom), patch);
            return new OpportunityEdit(after.Name, after.ProductLine, after.Amount, after.ExpectedOn) { Custom = LeadBodyReading.Custom(after.Custom) };
        }, OpportunityAnswers.Seen(http), ct);
        if (result is not OpportunityResult.Done(var opportunity, _))
        {
            return result.Problem(http)!;
        }

        RecordVersion.Tag(http, $"{opportunity.Version}");
        return TypedResults.Ok(OpportunityView.Of(opportunity, null, setting));
    }

    /// <summary>
    /// Moves it to another stage. Forward over several, the exit checklists of all that are left are asked (exit_checklist_not_met with the
    /// missing checks); besides plan_not_approved, loss_report_required, success_case_required, deal_rule_not_met, reason_required for a step back.
    /// </summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The move.</param>
    /// <param name="move">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Move(Guid id, StageBody body, MoveStage move, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var seen = OpportunityAnswers.Seen(http);
        if (body.Checks is { } checks)
        {
            var ticked = await move.Tick(viewer, id, null, checks, seen, ct);
            if (body.Stage is null || ticked is not OpportunityResult.Done(var o, _))
            {
                return ticked.Answer(http, setting);
            }

            seen = o.Version;
        }

        return (await move.Move(viewer, id, body.Stage, body.Reason, seen, ct)).Answer(http, setting);
    }

    /// <summary>Works on what was won or lost again, with a reason.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">Why.</param>
    /// <param name="move">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reopen(Guid id, OpportunityReasonBody body, MoveStage move, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await move.Reopen(viewer, id, body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Gives it to another owner, with a reason.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">To whom, and why.</param>
    /// <param name="edit">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Transfer(Guid id, OpportunityTransferBody body, EditOpportunity edit, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.To is { } to
            ? (await edit.Transfer(viewer, id, to, body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("to", "required")]);
}
