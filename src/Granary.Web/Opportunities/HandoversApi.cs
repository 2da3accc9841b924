using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>What is handed over.</summary>
/// <param name="Receiver">Who takes it over.</param>
/// <param name="Customer">Data of the customer.</param>
/// <param name="Needs">What they need.</param>
/// <param name="Terms">What was agreed.</param>
public sealed record HandoverBody(Guid? Receiver = null, string? Customer = null, string? Needs = null, string? Terms = null);

/// <summary>A handover.</summary>
/// <param name="State">waiting, accepted or returned.</param>
/// <param name="Receiver">Who takes it over.</param>
/// <param name="Customer">Data of the customer.</param>
/// <param name="Needs">What they need.</param>
/// <param name="Terms">What was agreed.</param>
/// <param name="By">Who handed it over.</param>
/// <param name="At">When.</param>
/// <param name="JudgedAt">When the receiver said something.</param>
/// <param name="Comment">What they said.</param>
public sealed record HandoverView(HandoverState State, OwnerAnswer? Receiver, string Customer, string Needs, string Terms, OwnerAnswer? By, DateTimeOffset At, DateTimeOffset? JudgedAt, string? Comment);

/// <summary>An objection.</summary>
/// <param name="Text">What the customer objects to.</param>
/// <param name="Key">Whether the team is told.</param>
public sealed record ObjectionBody(string? Text = null, bool Key = false);

/// <summary>An answer to an objection.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Reusable">Whether it serves others too.</param>
public sealed record ObjectionAnswerBody(string? Answer = null, bool Reusable = false);

/// <summary>What an answer led to.</summary>
/// <param name="Outcome">resolved, partly or unresolved.</param>
/// <param name="Note">In words.</param>
public sealed record ObjectionOutcomeBody(ObjectionOutcome? Outcome = null, string? Note = null);

/// <summary>An objection and its answer.</summary>
/// <param name="Id">Id.</param>
/// <param name="Text">What the customer objects to.</param>
/// <param name="Key">Whether it is a key one.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="DueAt">By when it is answered.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Reusable">Whether it serves others too.</param>
/// <param name="AnsweredAt">When.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="Outcome">open, resolved, partly or unresolved.</param>
/// <param name="OutcomeNote">In words.</param>
public sealed record ObjectionView(
    Guid Id, string Text, bool Key, DateTimeOffset At, OwnerAnswer? By, DateTimeOffset DueAt, string? Answer, bool Reusable, DateTimeOffset? AnsweredAt, OwnerAnswer? AnsweredBy, ObjectionOutcome Outcome,
    string? OutcomeNote)
{
    /// <summary>An objection with the names of people.</summary>
    public static ObjectionView Of(OpportunityObjection x, Setting setting) => new(
        x.Id, x.Text, x.IsKey, x.At, OwnerAnswer.Of(x.ActorId, setting), x.DueAt, x.Answer, x.Reusable, x.AnsweredAt, OwnerAnswer.Of(x.AnsweredBy, setting), x.Outcome, x.OutcomeNote);
}

/// <summary>Handing over to delivery, and objections (§13).</summary>
public static class HandoversApi
{
    internal static void MapHandovers(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/opportunities/{id:guid}").WithTags("Opportunities").Idempotent();
        one.MapGet("/handover", Get).Require(Permission.ViewOpportunities).Produces<HandoverView>();
        one.MapPost("/handover", Give).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/handover/acceptance", Accept).Require(Permission.ViewOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/handover/return", Return).Require(Permission.ViewOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapGet("/objections", Objections).Require(Permission.ViewOpportunities).Produces<IReadOnlyList<ObjectionView>>();
        one.MapPost("/objections", Raise).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/objections/{objection:guid}/answer", AnswerObjection).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/objections/{objection:guid}/outcome", Settle).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        app.MapGet("/api/v1/opportunities/answers", Answers).WithTags("Opportunities").Require(Permission.ViewOpportunities).Produces<IReadOnlyList<ObjectionView>>();
    }

    /// <summary>Gets the handover of what was won.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct) => await read.Find(viewer, id, ct) is { Handover: { } h }
        ? TypedResults.Ok(new HandoverView(h.State, OwnerAnswer.Of(h.ReceiverId, setting), h.Customer, h.Needs, h.Terms, OwnerAnswer.Of(h.ActorId, setting), h.At, h.JudgedAt, h.Comment))
        : Problem.NotFound();

    /// <summary>Hands what was won to delivery (not_won, already_accepted).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">What is handed over.</param>
    /// <param name="handOver">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Give(Guid id, HandoverBody body, HandOver handOver, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Receiver is { } receiver
            ? (await handOver.Give(viewer, id, new HandoverInput(receiver, body.Customer, body.Needs, body.Terms), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("receiver", "required")]);

    /// <summary>Takes it over; only its receiver does.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="handOver">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Accept(Guid id, HandOver handOver, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await handOver.Accept(viewer, id, ct)).Answer(http, setting);

    /// <summary>Sends it back, with a reason; only its receiver does.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">Why.</param>
    /// <param name="handOver">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Return(Guid id, OpportunityReasonBody body, HandOver handOver, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await handOver.Return(viewer, id, body.Reason, ct)).Answer(http, setting);

    /// <summary>Lists objections, the latest first.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Objections(Guid id, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct) => await read.Find(viewer, id, ct) is { } found
        ? TypedResults.Ok<IReadOnlyList<ObjectionView>>([.. found.Objections.Select(x => ObjectionView.Of(x, setting))])
        : Problem.NotFound();

    /// <summary>Records an objection; it is to be answered within the time that the rules set.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The objection.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Raise(Guid id, ObjectionBody body, HandleObjection handle, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await handle.Raise(viewer, id, body.Text, body.Key, ct)).Answer(http, setting);

    /// <summary>Answers an objection (already_answered).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="objection">The objection.</param>
    /// <param name="body">The answer.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> AnswerObjection(Guid id, Guid objection, ObjectionAnswerBody body, HandleObjection handle, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await handle.Answer(viewer, id, objection, body.Answer, body.Reusable, ct)).Answer(http, setting);

    /// <summary>Keeps what an answer led to (not_answered).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="objection">The objection.</param>
    /// <param name="body">The outcome.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Settle(Guid id, Guid objection, ObjectionOutcomeBody body, HandleObjection handle, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await handle.Settle(viewer, id, objection, body.Outcome ?? ObjectionOutcome.Open, body.Note, ct)).Answer(http, setting);

    /// <summary>Finds answers to objections that serve others too.</summary>
    /// <param name="q">Words of the objection or answer.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Answers(string? q, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<ObjectionView>>([.. (await read.Answers(viewer, q, ct)).Select(x => ObjectionView.Of(x, setting))]);
}
