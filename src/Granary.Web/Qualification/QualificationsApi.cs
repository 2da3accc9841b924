using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A judgement that a lead has reached a stage.</summary>
/// <param name="Stage">mql or sql.</param>
/// <param name="Checks">Ids of the lines of the stage's checklist that are true.</param>
/// <param name="Note">A note, up to 500 characters.</param>
/// <param name="To">Who gets the lead with it; it stays where it is when left out.</param>
public sealed record QualificationBody(QualificationStage? Stage = null, IReadOnlyList<string>? Checks = null, string? Note = null, Guid? To = null);

/// <summary>Why a judgement is sent back.</summary>
/// <param name="Reason">In words, up to 500 characters.</param>
public sealed record RejectionBody(string? Reason = null);

/// <summary>A judgement and what the next stage says of it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Stage">mql or sql.</param>
/// <param name="Checks">Ids of the lines that were ticked.</param>
/// <param name="Note">A note.</param>
/// <param name="PolicyVersion">Version of the checklists.</param>
/// <param name="By">Who judged.</param>
/// <param name="At">When.</param>
/// <param name="Acceptance">open, accepted or rejected.</param>
/// <param name="Judge">Who accepted or rejected it.</param>
/// <param name="JudgedAt">When.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record QualificationView(
    Guid Id, QualificationStage Stage, IReadOnlyList<string> Checks, string? Note, int PolicyVersion, OwnerAnswer? By, DateTimeOffset At,
    Acceptance Acceptance, OwnerAnswer? Judge, DateTimeOffset? JudgedAt, string? Reason)
{
    /// <summary>A judgement with the names of people.</summary>
    public static QualificationView Of(LeadQualification q, Setting setting) => new(
        q.Id, q.Stage, q.Checks, q.Note, q.PolicyVersion, OwnerAnswer.Of(q.ActorId, setting), q.At, q.Acceptance, OwnerAnswer.Of(q.JudgeId, setting), q.JudgedAt, q.Reason);
}

/// <summary>MQL and SQL: judging leads, and what the next stage says of it (§12).</summary>
public static class QualificationsApi
{
    internal static void MapQualifications(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Idempotent();
        lead.MapGet("/qualifications", List).Require(Permission.ViewLeads).Produces<IReadOnlyList<QualificationView>>();
        lead.MapPost("/qualification", Qualify).Require(Permission.EditLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/qualification/acceptance", Accept).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/qualification/rejection", Reject).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
    }

    /// <summary>Lists the judgements of a lead, the latest first.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="read">The judgements.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, ReadQualifications read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Of(viewer, id, ct) is { } found
            ? TypedResults.Ok<IReadOnlyList<QualificationView>>([.. found.Select(q => QualificationView.Of(q, setting))])
            : Problem.NotFound();

    /// <summary>Judges that a lead is an MQL or SQL; every required line of its checklist must be true (criteria_not_met).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The judgement.</param>
    /// <param name="qualify">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Qualify(Guid id, QualificationBody body, QualifyLead qualify, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Stage is { } stage
            ? (await qualify.Qualify(viewer, id, new QualificationInput(stage, body.Checks ?? [], body.Note, body.To), LeadAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("stage", "required")]);

    /// <summary>Accepts the judgement that waits; not by the one who made it (own_judgement).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="judge">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Accept(Guid id, JudgeQualification judge, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await judge.Accept(viewer, id, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Sends the judgement that waits back, with a reason; the lead stands where it stood before.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="judge">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reject(Guid id, RejectionBody body, JudgeQualification judge, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await judge.Reject(viewer, id, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting);
}
