using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.FollowUp;

/// <summary>What is said of a violation.</summary>
/// <param name="Text">In words, 1 to 1,000 characters.</param>
public sealed record ViolationText(string? Text = null);

/// <summary>Something said of a violation.</summary>
public sealed record ViolationWord(Guid Id, ViolationNoteKind Kind, OwnerAnswer? Author, DateTimeOffset At, string? Text);

/// <summary>A missed deadline.</summary>
/// <param name="Id">Id.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Owner">Who missed it.</param>
/// <param name="RuleId">Id of the rule.</param>
/// <param name="PolicyVersion">Version of the policy.</param>
/// <param name="StartedAt">T.</param>
/// <param name="Minutes">N.</param>
/// <param name="Clock">The clock N ran on.</param>
/// <param name="DeadlineAt">The deadline.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Evidence">What it rests on; never contact data.</param>
/// <param name="Excused">Whether a manager excused it.</param>
/// <param name="Notes">What was said, the earliest first.</param>
public sealed record ViolationAnswer(
    Guid Id, Guid LeadId, OwnerAnswer? Owner, string RuleId, int PolicyVersion, DateTimeOffset StartedAt, int Minutes, DeadlineClock Clock,
    DateTimeOffset DeadlineAt, DateTimeOffset RecordedAt, ViolationEvidence Evidence, bool Excused, IReadOnlyList<ViolationWord> Notes);

/// <summary>Missed deadlines over the API.</summary>
public static class ViolationsApi
{
    internal static void MapViolations(this IEndpointRouteBuilder app)
    {
        var violations = app.MapGroup("/api/v1/violations").WithTags("FollowUp");
        violations.MapGet("", List).Require(Permission.ViewLeads).Produces<Page<ViolationAnswer>>();
        violations.MapGet("/{id:guid}", Read).Require(Permission.ViewLeads).Produces<ViolationAnswer>();
        var one = violations.MapGroup("/{id:guid}").Idempotent();
        one.MapPost("/explanation", Explain).Require(Permission.ViewLeads).Produces<ViolationWord>(StatusCodes.Status201Created);
        one.MapPost("/excuse", Excuse).Require(Permission.AssignLeads).Produces<ViolationWord>(StatusCodes.Status201Created);
        one.MapPost("/excuse-withdrawal", Withdraw).Require(Permission.AssignLeads).Produces<ViolationWord>(StatusCodes.Status201Created);
    }

    /// <summary>Missed deadlines of those you may see, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="list">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="owner">Of one owner.</param>
    /// <param name="rule">Of one rule, by its id.</param>
    /// <param name="lead">Of one lead.</param>
    /// <param name="from">Recorded at this instant or later.</param>
    /// <param name="to">Recorded before this instant.</param>
    /// <param name="open">Only those that nobody has excused.</param>
    public static async Task<IResult> List(
        [AsParameters] PageQuery page, ListViolations list, Viewer viewer, Setting setting, CancellationToken ct,
        Guid? owner = null, string? rule = null, Guid? lead = null, DateTimeOffset? from = null, DateTimeOffset? to = null, bool open = false)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var filter = new ViolationFilter { Owner = owner, Rule = rule, Lead = lead, From = from?.ToUniversalTime(), To = to?.ToUniversalTime(), Open = open };
        var lines = await list.Page(viewer, filter, after, page.Size, ct);
        return TypedResults.Ok(Page.Cut([.. lines.Select(l => Of(l, setting))], page.Size, v => Cursor.Write<Guid?>(v.Id)));
    }

    /// <summary>One missed deadline.</summary>
    /// <param name="id">The violation.</param>
    /// <param name="list">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Read(Guid id, ListViolations list, Viewer viewer, Setting setting, CancellationToken ct) =>
        await list.Find(viewer, id, ct) is { } line ? TypedResults.Ok(Of(line, setting)) : Problem.NotFound();

    /// <summary>The owner explains how it came.</summary>
    /// <param name="id">The violation.</param>
    /// <param name="body">In words.</param>
    /// <param name="note">The use case.</param>
    /// <param name="viewer">Who explains.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Explain(Guid id, ViolationText body, NoteViolation note, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await note.Explain(viewer, id, body.Text, ct), setting);

    /// <summary>A manager excuses it; it stays on record.</summary>
    /// <param name="id">The violation.</param>
    /// <param name="body">Why.</param>
    /// <param name="note">The use case.</param>
    /// <param name="viewer">Who excuses.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Excuse(Guid id, ViolationText body, NoteViolation note, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await note.Excuse(viewer, id, body.Text, ct), setting);

    /// <summary>A manager takes the excuse back.</summary>
    /// <param name="id">The violation.</param>
    /// <param name="body">Why.</param>
    /// <param name="note">The use case.</param>
    /// <param name="viewer">Who takes it back.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(Guid id, ViolationText body, NoteViolation note, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await note.Withdraw(viewer, id, body.Text, ct), setting);

    private static IResult Answer(ViolationResult result, Setting setting) => result switch
    {
        ViolationResult.Done(var note) => TypedResults.Created($"/api/v1/violations/{note.ViolationId}", Of(note, setting)),
        ViolationResult.NotFound => Problem.NotFound(),
        ViolationResult.Forbidden => Problem.Forbidden(),
        ViolationResult.Invalid(var error) => Problem.Invalid([error]),
        ViolationResult.Refused(var code) => new Problem(code, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private static ViolationAnswer Of(ViolationLine line, Setting setting)
    {
        var v = line.Violation;
        return new ViolationAnswer(
            v.Id, v.LeadId, OwnerAnswer.Of(v.OwnerId, setting), v.RuleId, v.PolicyVersion, v.StartedAt, v.Minutes, v.Clock, v.DeadlineAt, v.At, line.Evidence, line.Excused,
            [.. line.Notes.Select(n => Of(n, setting))]);
    }

    private static ViolationWord Of(ViolationNote note, Setting setting) => new(note.Id, note.Kind, OwnerAnswer.Of(note.AuthorId, setting), note.At, note.Text);
}
