using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Privacy;

/// <summary>What a rule of retention would clear now.</summary>
/// <param name="Subject">invalid, voided, pooled, converted, keptSubmissions or notices.</param>
/// <param name="Days">Days for which it is kept.</param>
/// <param name="Enabled">Whether it is cleared by itself.</param>
/// <param name="Count">How many records are older.</param>
public sealed record RetentionView(RetentionSubject Subject, int Days, bool Enabled, int Count);

/// <summary>What a run of retention cleared.</summary>
/// <param name="Cleared">How many records.</param>
public sealed record RetentionRunView(int Cleared);

/// <summary>A legal hold.</summary>
/// <param name="On">Whether the data is held.</param>
/// <param name="Reason">Why, up to 500 characters.</param>
public sealed record LegalHoldBody(bool? On = null, string? Reason = null);

/// <summary>Whether a lead is held.</summary>
/// <param name="Id">The lead.</param>
/// <param name="On">Whether it is.</param>
public sealed record LegalHoldView(Guid Id, bool On);

/// <summary>The end of a restriction.</summary>
/// <param name="Reason">Why, up to 500 characters.</param>
public sealed record RestrictionEndBody(string? Reason = null);

/// <summary>Whether the use of a lead is restricted.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Restricted">Whether.</param>
public sealed record RestrictionView(Guid Id, bool Restricted);

/// <summary>How long data is kept.</summary>
public static class RetentionApi
{
    internal static void MapRetention(this IEndpointRouteBuilder app)
    {
        var retention = app.MapGroup("/api/v1/privacy/retention").WithTags("Privacy").Require(Permission.ManagePrivacy).Idempotent();
        retention.MapGet("/", Forecast).Produces<IReadOnlyList<RetentionView>>();
        retention.MapPost("/runs", Run).Produces<RetentionRunView>(StatusCodes.Status201Created);
        app.MapPost("/api/v1/leads/{id:guid}/legal-hold", Hold).WithTags("Privacy").Require(Permission.ViewLeads).Idempotent().Produces<LegalHoldView>(StatusCodes.Status201Created);
        app.MapPost("/api/v1/leads/{id:guid}/restriction-end", Lift).WithTags("Privacy").Require(Permission.ViewLeads).Idempotent().Produces<RestrictionView>(StatusCodes.Status201Created);
    }

    /// <summary>Shows what the next run would clear, rule by rule.</summary>
    /// <param name="retention">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Forecast(RunRetention retention, CancellationToken ct) =>
        TypedResults.Ok((await retention.Forecast(ct)).Select(f => new RetentionView(f.Rule.Subject, f.Rule.Days, f.Rule.Enabled, f.Count)).ToList());

    /// <summary>Clears what is due by rules that are switched on, without waiting for the next time. It cannot be undone.</summary>
    /// <param name="retention">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Run(RunRetention retention, CancellationToken ct) =>
        TypedResults.Created((string?)null, new RetentionRunView(await retention.Run(ct)));

    /// <summary>Sets or ends a legal hold: neither a request nor the clock erases what is held.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Whether, and why.</param>
    /// <param name="hold">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Hold(Guid id, LegalHoldBody body, HoldLead hold, Viewer viewer, HttpContext http, CancellationToken ct) =>
        (await hold.Hold(viewer, id, body.On ?? true, body.Reason, ct))
        .Answer(http, lead => TypedResults.Created($"/api/v1/leads/{id}", new LegalHoldView(lead.Id, lead.Privacy.HasFlag(LeadPrivacy.LegalHold))));

    /// <summary>Ends a restriction that a person asked for, on all of their leads (not_restricted where there is none).</summary>
    /// <param name="id">A lead of theirs.</param>
    /// <param name="body">Why.</param>
    /// <param name="lift">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Lift(Guid id, RestrictionEndBody body, LiftRestriction lift, Viewer viewer, HttpContext http, CancellationToken ct) =>
        (await lift.Lift(viewer, id, body.Reason, ct)).Answer(http, lead => TypedResults.Created($"/api/v1/leads/{id}", new RestrictionView(lead.Id, lead.Privacy.HasFlag(LeadPrivacy.Restricted))));
}
