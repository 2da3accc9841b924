using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Ownership;

/// <summary>What is asked about the assignment of a lead.</summary>
/// <param name="Reason">Why, up to 500 characters.</param>
/// <param name="To">Who should get it; left to whoever decides when left out.</param>
public sealed record AdjustmentBody(string? Reason = null, Guid? To = null);

/// <summary>What is decided about a request.</summary>
/// <param name="Granted">Whether it is granted.</param>
/// <param name="Comment">What is said, up to 500 characters; must be given to refuse.</param>
/// <param name="To">Who gets the lead, where an adjustment is granted; whom the asker named when left out.</param>
public sealed record DecisionBody(bool? Granted = null, string? Comment = null, Guid? To = null);

/// <summary>A request about a lead.</summary>
/// <param name="Id">Id.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Kind">invalidation or adjustment.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="To">Who should get the lead.</param>
/// <param name="DueAt">By when it is to be decided; null for what was asked before such times were kept.</param>
/// <param name="Decision">granted, refused or dropped; null while it is open.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Comment">What they say.</param>
public sealed record RequestView(
    Guid Id, Guid LeadId, LeadRequestKind Kind, OwnerAnswer? AskedBy, DateTimeOffset AskedAt, string Reason, OwnerAnswer? To, DateTimeOffset? DueAt,
    LeadRequestDecision? Decision, OwnerAnswer? DecidedBy, DateTimeOffset? DecidedAt, string? Comment)
{
    /// <summary>A request with the names of people.</summary>
    public static RequestView Of(LeadRequest request, Setting setting) => new(
        request.Id, request.LeadId, request.Kind, OwnerAnswer.Of(request.AskedBy, setting), request.AskedAt, request.Reason, OwnerAnswer.Of(request.To, setting), request.DueAt,
        request.Decision, OwnerAnswer.Of(request.DecidedBy, setting), request.DecidedAt, request.Comment);
}

/// <summary>Requests about leads: asking for another assignment, and deciding.</summary>
public static class RequestsApi
{
    internal static void MapRequests(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/leads/{id:guid}/adjustment-requests", Ask).WithTags("Leads").Require(Permission.ViewLeads).Idempotent().Produces<RequestView>(StatusCodes.Status201Created);
        var requests = app.MapGroup("/api/v1/requests").WithTags("Leads").Idempotent();
        requests.MapGet("/", List).Require(Permission.ViewLeads).Produces<Page<RequestView>>();
        requests.MapPost("/{id:guid}/decision", Decide).Require(Permission.ViewLeads).Produces<RequestView>(StatusCodes.Status201Created);
    }

    /// <summary>Asks that a lead be assigned to somebody else; only its owner.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why, and to whom.</param>
    /// <param name="request">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Ask(Guid id, AdjustmentBody body, RequestAdjustment request, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var (asked, result) = await request.Ask(viewer, id, body.Reason, body.To, LeadAnswers.Seen(http), ct);
        return (IResult?)result.Problem(http) ?? TypedResults.Created($"/api/v1/requests/{asked!.Id}", RequestView.Of(asked, setting));
    }

    /// <summary>Lists requests that the caller may decide: the open ones, the oldest first, or with open=false the decided ones, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="open">Whether those that are open; they are when left out.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, bool? open, LeadRequests requests, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var read = open == false ? await requests.Decided(viewer, after, page.Size + 1, ct) : await requests.OpenRequests(viewer, after, page.Size + 1, ct);
        return TypedResults.Ok(Page.Cut(read.Select(r => RequestView.Of(r.Request, setting)).ToList(), page.Size, r => Cursor.Write(r.Id)));
    }

    /// <summary>Decides a request; never one's own.</summary>
    /// <param name="id">The request.</param>
    /// <param name="body">What is decided.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Decide(Guid id, DecisionBody body, DecideRequest decide, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (body.Granted is not { } granted)
        {
            return Problem.Invalid([new("granted", "required")]);
        }

        var (decided, result) = await decide.Decide(viewer, id, new RequestVerdict(granted, body.Comment, body.To), ct);
        return (IResult?)result.Problem(http) ?? TypedResults.Created($"/api/v1/requests/{id}", RequestView.Of(decided!, setting));
    }
}
