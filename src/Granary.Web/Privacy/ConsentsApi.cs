using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Privacy;

/// <summary>A consent that was given.</summary>
/// <param name="Purpose">Key of the purpose, such as sales_contact, phone_call or marketing_mail.</param>
/// <param name="TextVersion">Version of the text that was shown; that in force when left out.</param>
/// <param name="GivenAt">When; now when left out.</param>
/// <param name="Channel">How it was given, up to 200 characters.</param>
/// <param name="Evidence">What shows it, up to 500 characters.</param>
public sealed record ConsentGivenBody(string? Purpose = null, string? TextVersion = null, DateTimeOffset? GivenAt = null, string? Channel = null, string? Evidence = null);

/// <summary>A consent that is withdrawn.</summary>
/// <param name="Purpose">Key of the purpose.</param>
/// <param name="Reason">Why, up to 500 characters.</param>
public sealed record ConsentWithdrawalBody(string? Purpose = null, string? Reason = null);

/// <summary>Where a person stands.</summary>
/// <param name="Purposes">By purpose.</param>
/// <param name="Entries">The ledger, the latest first.</param>
public sealed record ConsentsView(IReadOnlyList<PurposeView> Purposes, IReadOnlyList<ConsentView> Entries)
{
    /// <summary>The ledger as somebody may see it: what shows a consent is for those who keep it.</summary>
    public static ConsentsView Of(ConsentHistory history, Viewer viewer, Setting setting)
    {
        var whole = viewer.KeepsConsent(history.Lead);
        return new(
            [.. history.States.Select(s => new PurposeView(s.Purpose, s.Permitted, s.Since))],
            [.. history.Entries.Select(e => ConsentView.Of(e, setting, whole))]);
    }
}

/// <summary>Where a person stands towards a purpose.</summary>
/// <param name="Purpose">Key of the purpose.</param>
/// <param name="Permitted">Whether data may be used for it.</param>
/// <param name="Since">Since when they agreed or ended it; null where they said nothing.</param>
public sealed record PurposeView(string Purpose, bool Permitted, DateTimeOffset? Since);

/// <summary>An entry of the ledger.</summary>
/// <param name="Id">Id.</param>
/// <param name="Purpose">Key of the purpose.</param>
/// <param name="TextVersion">Version of the text.</param>
/// <param name="Channel">How it was given.</param>
/// <param name="GivenAt">When; null where somebody objected who had never agreed.</param>
/// <param name="Source">form, hand, api or import.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="RecordedBy">Who recorded it; null for public doors.</param>
/// <param name="Evidence">What shows it; only for its owner and those who manage privacy.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="WithdrawnHow">told or selfService.</param>
/// <param name="WithdrawnBy">Who recorded that.</param>
/// <param name="Reason">Why; only for its owner and those who manage privacy.</param>
public sealed record ConsentView(
    Guid Id, string Purpose, string? TextVersion, string? Channel, DateTimeOffset? GivenAt, ConsentSource Source, DateTimeOffset RecordedAt, OwnerAnswer? RecordedBy,
    ConsentEvidence? Evidence, DateTimeOffset? WithdrawnAt, WithdrawalWay? WithdrawnHow, OwnerAnswer? WithdrawnBy, string? Reason)
{
    internal static ConsentView Of(ConsentEntry entry, Setting setting, bool whole) => new(
        entry.Record.Id, entry.Record.Purpose, entry.Record.TextVersion, entry.Record.Channel, entry.Record.GivenAt, entry.Record.Source, entry.Record.RecordedAt,
        OwnerAnswer.Of(entry.Record.RecorderId, setting), whole ? entry.Evidence : null, entry.Record.WithdrawnAt, entry.Record.WithdrawnHow,
        OwnerAnswer.Of(entry.Record.WithdrawnBy, setting), whole ? entry.Reason : null);
}

/// <summary>The consent ledger of a lead's person.</summary>
public static class ConsentsApi
{
    internal static void MapConsents(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Privacy").Idempotent();
        lead.MapGet("/consents", Read).Require(Permission.ViewLeads).Produces<ConsentsView>();
        lead.MapPost("/consents", Give).Require(Permission.ViewLeads).Produces<ConsentsView>(StatusCodes.Status201Created);
        lead.MapPost("/withdrawals", Withdraw).Require(Permission.ViewLeads).Produces<ConsentsView>(StatusCodes.Status201Created);
    }

    /// <summary>Shows where the person behind a lead stands towards each purpose, and what they said when.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="consents">The ledger.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Read(Guid id, Consents consents, Viewer viewer, Setting setting, CancellationToken ct) =>
        await consents.Of(viewer, id, ct) is { } history ? TypedResults.Ok(ConsentsView.Of(history, viewer, setting)) : Problem.NotFound();

    /// <summary>Records a consent; for its owner and those who manage privacy.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The consent.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Give(Guid id, ConsentGivenBody body, SaveConsent save, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await save.Give(viewer, id, new ConsentInput(body.Purpose, body.TextVersion, body.GivenAt, body.Channel, body.Evidence), program: true, ct))
        .Answer(http, history => Created(id, history, viewer, setting));

    /// <summary>Records that the person does not want a purpose any more; all work that rests on it stops at once, on every lead of theirs.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Which, and why.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(Guid id, ConsentWithdrawalBody body, SaveConsent save, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await save.Withdraw(viewer, id, body.Purpose, body.Reason, ct)).Answer(http, history => Created(id, history, viewer, setting));

    private static Created<ConsentsView> Created(Guid id, ConsentHistory history, Viewer viewer, Setting setting) =>
        TypedResults.Created($"/api/v1/leads/{id}/consents", ConsentsView.Of(history, viewer, setting));
}
