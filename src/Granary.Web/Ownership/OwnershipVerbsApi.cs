using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Ownership;

/// <summary>Why something is done with a lead.</summary>
/// <param name="Reason">In words, up to 500 characters.</param>
public sealed record ReasonBody(string? Reason = null);

/// <summary>To whom a lead goes, and why.</summary>
/// <param name="To">The user.</param>
/// <param name="Reason">In words, up to 500 characters.</param>
public sealed record TransferBody(Guid? To = null, string? Reason = null);

/// <summary>Into which pool a lead is withdrawn.</summary>
/// <param name="Reason">In words, up to 500 characters; its owner reads it.</param>
/// <param name="Pool">Key of the pool; by the policy when left out.</param>
public sealed record WithdrawalBody(string? Reason = null, string? Pool = null);

/// <summary>How a lead is kept with its owner.</summary>
/// <param name="Locked">Whether no clock takes it away; stays as it is when left out.</param>
/// <param name="Days">Days of protection more, 1 to 365.</param>
public sealed record ProtectionBody(bool? Locked = null, int? Days = null);

/// <summary>Verbs that change who owns a lead. Each creates the fact that it happened and answers 201 with where the lead stands.</summary>
public static class OwnershipVerbsApi
{
    internal static void MapOwnershipVerbs(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Idempotent();
        lead.MapPost("/claim", Claim).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/return", Return).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/transfer", Transfer).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/withdrawal", Withdraw).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/voiding", Void).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/reopening", Reopen).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/protection", Protect).Require(Permission.ViewLeads).Produces<LeadState>(StatusCodes.Status201Created);
    }

    /// <summary>Claims a lead from a pool. Of many who claim at once one owns it; the others get already_owned.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="claim">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Claim(Guid id, ClaimLead claim, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await claim.Claim(viewer, id, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Returns a lead to a pool; only its owner.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="giveBack">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Return(Guid id, ReasonBody body, ReturnLead giveBack, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await giveBack.Return(viewer, id, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Transfers a lead from its owner to a colleague.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">To whom, and why.</param>
    /// <param name="transfer">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Transfer(Guid id, TransferBody body, TransferLead transfer, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.To is { } to
            ? (await transfer.Transfer(viewer, id, to, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("to", "required")]);

    /// <summary>Takes a lead from its owner, or out of a tray, into a pool.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why, and into which pool.</param>
    /// <param name="withdraw">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(Guid id, WithdrawalBody body, WithdrawLead withdraw, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await withdraw.Withdraw(viewer, id, body.Reason, body.Pool, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Voids a lead that was entered by mistake.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="makeVoid">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Void(Guid id, ReasonBody body, VoidLead makeVoid, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await makeVoid.Void(viewer, id, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Works on an invalid or voided lead again.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Why.</param>
    /// <param name="reopen">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reopen(Guid id, ReasonBody body, ReopenLead reopen, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await reopen.Reopen(viewer, id, body.Reason, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Locks or unlocks a lead for its owner, or extends their protection.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">How.</param>
    /// <param name="protect">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Protect(Guid id, ProtectionBody body, ProtectLead protect, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await protect.Protect(viewer, id, body.Locked, body.Days, LeadAnswers.Seen(http), ct)).Answer(http, setting);
}
