using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Ownership;

/// <summary>Who gets a lead.</summary>
/// <param name="To">The user.</param>
public sealed record AssignmentBody(Guid? To = null);

/// <summary>Why a lead is invalid.</summary>
/// <param name="Reason">wrong_contact, no_intention, unreachable, competitor, not_target_industry, no_budget, test, other, or a reason of your own.</param>
/// <param name="Note">A note, up to 500 characters.</param>
public sealed record InvalidationBody(string? Reason = null, string? Note = null);

/// <summary>Why a lead is promoted.</summary>
/// <param name="Reason">In words, up to 500 characters.</param>
public sealed record PromotionBody(string? Reason = null);

/// <summary>A touch.</summary>
/// <param name="Kind">Touch kind.</param>
/// <param name="At">When; now when left out.</param>
/// <param name="Detail">What it was about, up to 200 characters.</param>
/// <param name="Channel">The channel it came by, one level or two as in 官网/百度搜索, up to 100 characters; one that nobody knows is noted and waits to be confirmed. Else <c>invalid_channel</c>.</param>
/// <param name="Campaign">The campaign it came from, up to 200 characters.</param>
public sealed record TouchBody(TouchKind? Kind = null, DateTimeOffset? At = null, string? Detail = null, string? Channel = null, string? Campaign = null);

/// <summary>Why somebody looks.</summary>
/// <param name="Reason">In words, up to 200 characters; needed where the policy asks for it.</param>
public sealed record ContactRevealBody(string? Reason = null);

/// <summary>Contact data in plain text.</summary>
/// <param name="Contacts">The contact points in their order.</param>
/// <param name="Left">How many more records the caller may look at today; null without a limit. A record looked at today does not count again.</param>
/// <param name="RenewsAt">When the count begins anew.</param>
public sealed record ContactReveal(IReadOnlyList<RevealedContact> Contacts, int? Left, DateTimeOffset RenewsAt);

/// <summary>Verbs on one lead. Each creates the fact that it happened and answers 201 with where the lead stands.</summary>
public static class LeadVerbsApi
{
    internal static void MapLeadVerbs(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Idempotent();
        lead.MapPost("/assignment", Assign).Require(Permission.AssignLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/invalidation", Invalidate).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/promotion", Promote).Require(Permission.AssignLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/touches", Touch).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        // Not kept for a repeated key: the answer is contact data, and each look counts.
        app.MapPost("/api/v1/leads/{id:guid}/contact-reveals", Reveal).WithTags("Leads").Require(Permission.ViewLeads).Produces<ContactReveal>(StatusCodes.Status201Created);
    }

    /// <summary>Assigns a lead to somebody by hand.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Who gets it.</param>
    /// <param name="assign">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Assign(Guid id, AssignmentBody body, AssignLead assign, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.To is { } to
            ? (await assign.Assign(viewer, id, to, LeadAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("to", "required")]);

    /// <summary>Finds a lead invalid, with a reason; confirms a held one.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="invalidate">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Invalidate(
        Guid id, InvalidationBody body, InvalidateLead invalidate, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await invalidate.Invalidate(viewer, id, body.Reason, body.Note, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Promotes a lead whatever its score; one that nobody owns is assigned at once.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="promote">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Promote(Guid id, PromotionBody body, PromoteLead promote, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await promote.Promote(viewer, id, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Records a touch and scores the lead anew.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">What happened.</param>
    /// <param name="touch">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Touch(Guid id, TouchBody body, TouchLead touch, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Kind is { } kind
            ? (await touch.Touch(viewer, id, kind, body.At, body.Detail, LeadAnswers.Seen(http), new TouchOrigin(body.Channel, body.Campaign), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("kind", "required")]);

    /// <summary>Shows the contact data of a lead; each look is logged, and so many records a day are shown as the caller's role allows.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why; may be left out.</param>
    /// <param name="reveal">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reveal(Guid id, ContactRevealBody? body, RevealContacts reveal, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var (contacts, result) = await reveal.Reveal(viewer, id, body?.Reason, ct);
        if (result.Problem(http) is { } problem)
        {
            return problem;
        }

        var quota = await reveal.Quota(viewer, ct);
        return TypedResults.Created((string?)null, new ContactReveal(contacts, quota.Left, quota.RenewsAt));
    }
}
