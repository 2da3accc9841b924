using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Review;

/// <summary>An application for review.</summary>
/// <param name="Line">Id of the business line; the one that the lead falls under when left out.</param>
/// <param name="Summary">What it says, up to 2,000 characters.</param>
public sealed record ReviewBody(string? Line = null, string? Summary = null);

/// <summary>Whether an application is complete.</summary>
/// <param name="Complete">true passes it to the committee, false returns it.</param>
/// <param name="Reason">What is missing; must be given where it is returned.</param>
/// <param name="Owner">Who should get the lead, as a proposal.</param>
public sealed record CompletenessBody(bool? Complete = null, string? Reason = null, Guid? Owner = null);

/// <summary>The elements of the grade.</summary>
/// <param name="Amount">Expected amount.</param>
/// <param name="OwnShare">Share of own products, 0 to 1.</param>
/// <param name="Customer">strategic, strategicIndustry or other.</param>
public sealed record GradeElementsBody(decimal? Amount = null, decimal? OwnShare = null, CustomerClass? Customer = null)
{
    internal GradeElements? Read(List<FieldError> errors)
    {
        errors.AddRange(new (string Field, object? Value)[] { ("amount", Amount), ("ownShare", OwnShare), ("customer", Customer) }
            .Where(f => f.Value is null).Select(f => new FieldError($"elements.{f.Field}", "required")));
        return this is { Amount: { } amount, OwnShare: { } share, Customer: { } customer } ? new GradeElements(amount, share, customer) : null;
    }
}

/// <summary>An opinion.</summary>
/// <param name="Verdict">approve, return or reject.</param>
/// <param name="Reason">Why; must be given unless it approves.</param>
/// <param name="Elements">The grade elements; must be given where it approves.</param>
/// <param name="Owner">Who should get the lead.</param>
public sealed record OpinionBody(ReviewVerdict? Verdict = null, string? Reason = null, GradeElementsBody? Elements = null, Guid? Owner = null);

/// <summary>What a status review ended with.</summary>
/// <param name="Outcome">confirm, regrade or close.</param>
/// <param name="Elements">The grade elements, where it is graded anew.</param>
/// <param name="Reason">Why; must be given unless it goes on as it is.</param>
public sealed record StatusReviewBody(LookOutcome? Outcome = null, GradeElementsBody? Elements = null, string? Reason = null);

/// <summary>A step of the plan.</summary>
/// <param name="Id">The step it changes; left out for a new one.</param>
/// <param name="Name">What is to be done.</param>
/// <param name="DueOn">By when.</param>
/// <param name="Owner">Who sees to it; the lead's owner when left out.</param>
public sealed record StepBody(Guid? Id = null, string? Name = null, DateOnly? DueOn = null, Guid? Owner = null);

/// <summary>A milestone plan.</summary>
/// <param name="Steps">Its steps in their order; what is not named is gone.</param>
public sealed record MilestonesBody(IReadOnlyList<StepBody>? Steps = null);

/// <summary>Whether a step is done.</summary>
/// <param name="Done">false takes it back; true when left out.</param>
/// <param name="On">When; today when left out.</param>
public sealed record StepDoneBody(bool? Done = null, DateOnly? On = null);

/// <summary>The review of a lead: application, completeness, opinions, milestone plan, status reviews (§7).</summary>
public static class ReviewsApi
{
    internal static void MapReviews(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}/review").WithTags("Reviews").Idempotent();
        lead.MapGet("", Get).Require(Permission.ViewLeads).Produces<ReviewView>();
        lead.MapPost("", Submit).Require(Permission.ViewLeads).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/withdrawal", Withdraw).Require(Permission.ViewLeads).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/completeness", Check).Require(Permission.CheckReviews).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/opinions", Voice).Require(Permission.ReviewLeads).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/status", Look).Require(Permission.ReviewLeads).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/milestones", Plan).Require(Permission.EditLeads).Produces<ReviewView>(StatusCodes.Status201Created);
        lead.MapPost("/milestones/{step:guid}/completion", Done).Require(Permission.ViewLeads).Produces<ReviewView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets the review of a lead: the one in force, else the latest. Its ETag is the lead's version.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Get(Guid id, ReviewAnswers answers, Viewer viewer, CancellationToken ct) => answers.Get(viewer, id, ct);

    /// <summary>
    /// Applies for review. Who recorded the lead may, and who works on it; the lead has the fields that the rule asks for. Refusals:
    /// not_reviewed, review_open.
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The application.</param>
    /// <param name="submit">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Submit(Guid id, ReviewBody body, SubmitReview submit, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await answers.Of(await submit.Submit(viewer, id, new ReviewApplication(body.Line, body.Summary), LeadAnswers.Seen(http), ct), viewer, ct);

    /// <summary>Takes the application back while it is not decided (no_review).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="submit">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(Guid id, SubmitReview submit, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await answers.Of(await submit.Withdraw(viewer, id, LeadAnswers.Seen(http), ct), viewer, ct);

    /// <summary>Looks an application through: passes it to the committee, or returns it with reasons (not_your_turn when that is done).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">What is found.</param>
    /// <param name="check">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Check(Guid id, CompletenessBody body, CheckReview check, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct) => body.Complete is { } complete
        ? await answers.Of(await check.Check(viewer, id, new CompletenessCheck(complete, body.Reason, body.Owner), LeadAnswers.Seen(http), ct), viewer, ct)
        : Problem.Invalid([new FieldError("complete", "required")]);

    /// <summary>
    /// Gives an opinion in the committee (not_a_member for others). Once the rule of the committee is satisfied the review is decided in
    /// the same transaction.
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The opinion.</param>
    /// <param name="voice">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Voice(Guid id, OpinionBody body, VoiceReview voice, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        List<FieldError> errors = body.Verdict is null ? [new FieldError("verdict", "required")] : [];
        var elements = body.Verdict == ReviewVerdict.Approve ? body.Elements?.Read(errors) : null;
        return errors.Count > 0 ? Problem.Invalid(errors)
            : await answers.Of(await voice.Voice(viewer, id, new OpinionInput(body.Verdict!.Value, body.Reason, elements, body.Owner), LeadAnswers.Seen(http), ct), viewer, ct);
    }

    /// <summary>Writes down what a status review ended with: the lead goes on, is graded anew, or is given up.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">What it ended with.</param>
    /// <param name="look">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Look(Guid id, StatusReviewBody body, LookReview look, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        List<FieldError> errors = body.Outcome is null ? [new FieldError("outcome", "required")] : [];
        var elements = body.Outcome == LookOutcome.Regrade ? body.Elements?.Read(errors) : null;
        return errors.Count > 0 ? Problem.Invalid(errors)
            : await answers.Of(await look.Look(viewer, id, new LookInput(body.Outcome!.Value, elements, body.Reason), LeadAnswers.Seen(http), ct), viewer, ct);
    }

    /// <summary>Writes the milestone plan of a lead that passed its review (no_review for others).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The plan.</param>
    /// <param name="plan">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Plan(Guid id, MilestonesBody body, PlanReview plan, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct) => body.Steps is { } steps
        ? await answers.Of(await plan.Write(viewer, id, [.. steps.Select(s => new StepInput(s?.Id, s?.Name ?? "", s?.DueOn, s?.Owner))], LeadAnswers.Seen(http), ct), viewer, ct)
        : Problem.Invalid([new FieldError("steps", "required")]);

    /// <summary>Says that a step is done; its owner may, and who works on the lead.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="step">The step.</param>
    /// <param name="body">Whether and when.</param>
    /// <param name="plan">The use case.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Done(Guid id, Guid step, StepDoneBody body, PlanReview plan, ReviewAnswers answers, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await answers.Of(await plan.Done(viewer, id, step, body.Done ?? true, body.On, LeadAnswers.Seen(http), ct), viewer, ct);
}

/// <summary>Answers of verbs on reviews.</summary>
public sealed class ReviewAnswers(ReadReviews read, Setting setting, IHttpContextAccessor http)
{
    /// <summary>201 with the review as it stands, or the problem. Who has given the lead away gets the lead's state alone.</summary>
    public async Task<IResult> Of(LeadResult result, Viewer viewer, CancellationToken ct)
    {
        if (result is not LeadResult.Done(var lead) || await read.Find(viewer, lead.Id, ct) is not { } found || ReviewView.Of(found, setting) is not { } view)
        {
            return result.Answer(http.HttpContext!, setting);
        }

        RecordVersion.Tag(http.HttpContext!, $"{view.Version}");
        return TypedResults.Created($"/api/v1/leads/{lead.Id}/review", view);
    }

    /// <summary>The review of a lead; 404 where there is none.</summary>
    public async Task<IResult> Get(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } found || ReviewView.Of(found, setting) is not { } view)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http.HttpContext!, $"{view.Version}");
        return TypedResults.Ok(view);
    }
}
