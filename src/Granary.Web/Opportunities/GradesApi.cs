using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>An evaluation.</summary>
/// <param name="Urgency">general, urgent or immediate.</param>
/// <param name="Budget">low, medium or high.</param>
/// <param name="Competition">disadvantage, even or advantage.</param>
/// <param name="Decision">complex, medium or simple.</param>
/// <param name="Reason">Why, where the grade changes.</param>
public sealed record EvaluationBody(Urgency? Urgency = null, BudgetClass? Budget = null, Competition? Competition = null, DecisionComplexity? Decision = null, string? Reason = null);

/// <summary>A comment.</summary>
/// <param name="Comment">Up to 500 characters.</param>
public sealed record OpportunityCommentBody(string? Comment = null);

/// <summary>A change of the inquiry grade.</summary>
/// <param name="Grade">a, b, c, d or e; s and f come with winning and losing.</param>
/// <param name="Reason">Why.</param>
public sealed record InquiryBody(InquiryGrade? Grade = null, string? Reason = null);

/// <summary>The grades of an opportunity and how they became what they are.</summary>
/// <param name="Grade">The confirmed grade.</param>
/// <param name="Inquiry">The inquiry grade.</param>
/// <param name="Evaluations">Evaluations, the latest first.</param>
/// <param name="InquiryChanges">Changes of the inquiry grade, the latest first.</param>
public sealed record GradesView(OpportunityGrade? Grade, InquiryGrade Inquiry, IReadOnlyList<EvaluationView> Evaluations, IReadOnlyList<InquiryChangeView> InquiryChanges);

/// <summary>An evaluation and what became of it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Budget">How much.</param>
/// <param name="Competition">Against whom.</param>
/// <param name="Decision">How it is decided.</param>
/// <param name="Total">Sum of the points.</param>
/// <param name="Grade">The grade that follows.</param>
/// <param name="Reason">Why it changed.</param>
/// <param name="By">Who evaluated.</param>
/// <param name="At">When.</param>
/// <param name="Verdict">open, confirmed, rejected or superseded.</param>
/// <param name="Judge">Who confirmed or rejected it.</param>
/// <param name="Comment">What they said.</param>
public sealed record EvaluationView(
    Guid Id, Urgency Urgency, BudgetClass Budget, Competition Competition, DecisionComplexity Decision, int Total, OpportunityGrade Grade, string? Reason, OwnerAnswer? By, DateTimeOffset At,
    EvaluationVerdict Verdict, OwnerAnswer? Judge, string? Comment);

/// <summary>A change of the inquiry grade.</summary>
/// <param name="Before">Before.</param>
/// <param name="After">After.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record InquiryChangeView(InquiryGrade Before, InquiryGrade After, string Reason, OwnerAnswer? By, DateTimeOffset At);

/// <summary>A group of the forecast.</summary>
/// <param name="Key">Month as yyyy-MM, id of the owner, product line or inquiry grade; null of what has none.</param>
/// <param name="Owner">The owner, where it is grouped by owner.</param>
/// <param name="Count">Opportunities that count.</param>
/// <param name="Amount">Their amounts.</param>
/// <param name="Weighted">Σ amount × rate.</param>
public sealed record ForecastGroupView(string? Key, OwnerAnswer? Owner, int Count, decimal Amount, decimal Weighted);

/// <summary>A weighted forecast; the groups add up to the total, to the cent.</summary>
/// <param name="By">month, owner, product or grade.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Count">Opportunities that count.</param>
/// <param name="Amount">Their amounts.</param>
/// <param name="Weighted">Σ amount × rate.</param>
public sealed record ForecastView(ForecastBy By, string Currency, IReadOnlyList<ForecastGroupView> Groups, int Count, decimal Amount, decimal Weighted);

/// <summary>Evaluation, grades and forecast of opportunities (§13).</summary>
public static class GradesApi
{
    internal static void MapGrades(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/opportunities/{id:guid}").WithTags("Opportunities").Idempotent();
        one.MapGet("/grade", Get).Require(Permission.ViewOpportunities).Produces<GradesView>();
        one.MapPost("/grade", Evaluate).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/grade/confirmation", Confirm).Require(Permission.DecideOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/grade/rejection", Reject).Require(Permission.DecideOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/inquiry-grade", Inquiry).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        app.MapGet("/api/v1/opportunities/forecast", Forecast).WithTags("Opportunities").Require(Permission.ViewOpportunities).Produces<ForecastView>();
    }

    /// <summary>Gets the grades of an opportunity with their history.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct) => await read.Find(viewer, id, ct) is not { } found
        ? Problem.NotFound()
        : TypedResults.Ok(new GradesView(
            found.Opportunity.Grade,
            found.Opportunity.Inquiry,
            [.. found.Evaluations.Select(e => new EvaluationView(
                e.Id, e.Urgency, e.Budget, e.Competition, e.Decision, e.Total, e.Grade, e.Reason, OwnerAnswer.Of(e.ActorId, setting), e.At, e.Verdict, OwnerAnswer.Of(e.JudgeId, setting), e.Comment))],
            [.. found.Inquiries.Select(i => new InquiryChangeView(i.Before, i.After, i.Reason, OwnerAnswer.Of(i.ActorId, setting), i.At))]));

    /// <summary>Evaluates it; a grade that changes needs a reason and holds once the supervisor confirmed it.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The four judgements.</param>
    /// <param name="grade">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Evaluate(Guid id, EvaluationBody body, GradeOpportunity grade, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (body is not { Urgency: { } urgency, Budget: { } budget, Competition: { } competition, Decision: { } decision })
        {
            return Problem.Invalid([.. new (string Field, object? Value)[] { ("urgency", body.Urgency), ("budget", body.Budget), ("competition", body.Competition), ("decision", body.Decision) }
                .Where(f => f.Value is null).Select(f => new FieldError(f.Field, "required"))]);
        }

        return (await grade.Evaluate(viewer, id, new Evaluation(urgency, budget, competition, decision), body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);
    }

    /// <summary>Confirms the evaluation that waits: the supervisor or director of the owner does (own_judgement for one's own).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">A comment.</param>
    /// <param name="grade">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Confirm(Guid id, OpportunityCommentBody body, GradeOpportunity grade, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await grade.Confirm(viewer, id, body.Comment, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Sends the evaluation that waits back, with a reason.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">Why.</param>
    /// <param name="grade">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reject(Guid id, OpportunityReasonBody body, GradeOpportunity grade, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await grade.Reject(viewer, id, body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Changes the inquiry grade, up or down, with a reason.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The grade, and why.</param>
    /// <param name="grade">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Inquiry(Guid id, InquiryBody body, GradeOpportunity grade, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Grade is { } to
            ? (await grade.ChangeInquiry(viewer, id, to, body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("grade", "required")]);

    /// <summary>Makes the weighted forecast of what the viewer sees.</summary>
    /// <param name="by">month, owner, product or grade; month when left out.</param>
    /// <param name="from">The first month, as 2026-11.</param>
    /// <param name="to">The last month.</param>
    /// <param name="query">Which opportunities.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Forecast(
        string? by, string? from, string? to, [AsParameters] OpportunityQuery query, OpportunityForecast forecast, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var (filter, read) = query.Read();
        List<FieldError> errors = [.. read];
        var (first, last) = (OpportunityQuery.MonthOf(from, "from", errors), OpportunityQuery.MonthOf(to, "to", errors));
        var group = by is null ? ForecastBy.Month : Enum.GetValues<ForecastBy>().Where(b => WireName.Of(b) == by).Select(b => (ForecastBy?)b).FirstOrDefault();
        if (group is null)
        {
            errors.Add(new FieldError("by", "not_a_choice"));
        }

        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        var table = await forecast.Of(viewer, group!.Value, first, last, filter, ct);
        return TypedResults.Ok(new ForecastView(
            group.Value,
            table.Currency,
            [.. table.Groups.Select(g => new ForecastGroupView(g.Key, group == ForecastBy.Owner ? OwnerAnswer.Of(Guid.Parse(g.Key!), setting) : null, g.Count, g.Amount, g.Weighted))],
            table.Total.Count,
            table.Total.Amount,
            table.Total.Weighted));
    }
}
