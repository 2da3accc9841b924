using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Desk;

/// <summary>Forms that change who owns a lead, and those that decide what owners ask for.</summary>
internal static class OwnershipForms
{
    public static void MapOwnershipForms(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/leads/{id:guid}").Require(Permission.ViewLeads);
        lead.MapPost("/claim", Claim);
        lead.MapPost("/return", Return);
        lead.MapPost("/transfer", Transfer);
        lead.MapPost("/withdrawal", Withdraw);
        lead.MapPost("/voiding", Void);
        lead.MapPost("/reopening", Reopen);
        lead.MapPost("/protection", Protect);
        lead.MapPost("/adjustment-request", Ask);
        lead.MapPost("/qualification", Qualify).Require(Permission.EditLeads);
        lead.MapPost("/merges/{merge:guid}/undo", Unmerge).Require(Permission.EditLeads);
        lead.MapPost("/qualification/acceptance", Accept);
        lead.MapPost("/qualification/rejection", Reject);
        app.MapPost("/requests/{id:guid}/decision", Decide).Require(Permission.ViewLeads);
    }

    private static async Task<RedirectHttpResult> Unmerge(
        Guid id, Guid merge, [FromForm] int? seen, UnmergeLeads unmerge, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of((await unmerge.Undo(viewer, id, merge, seen, ct)).Result, "done.unmerged", Urls.Lead(id));

    // Who lost a race no longer sees the lead, so they are led back to where they came from.
    private static async Task<RedirectHttpResult> Claim(
        Guid id, [FromForm] int? seen, [FromForm] string? back, ClaimLead claim, VerbAnswer answer, Viewer viewer, CancellationToken ct)
    {
        var result = await claim.Claim(viewer, id, seen, ct);
        return answer.Of(result, "done.claimed", back ?? (result is LeadResult.Refused(LeadRefusal.AlreadyOwned) ? Urls.Leads() : Urls.Lead(id)));
    }

    private static async Task<RedirectHttpResult> Return(
        Guid id, [FromForm] string? reason, [FromForm] int? seen, ReturnLead giveBack, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        Away(await giveBack.Return(viewer, id, reason, seen, ct), "done.returned", id, viewer, answer);

    private static async Task<RedirectHttpResult> Transfer(
        Guid id, [FromForm] string? to, [FromForm] string? toText, [FromForm] string? reason, [FromForm] int? seen, TransferLead transfer, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct) =>
        answer.Colleague(setting, to, toText) is { } colleague
            ? Away(await transfer.Transfer(viewer, id, colleague, reason, seen, ct), "done.transferred", id, viewer, answer, setting.People[colleague].Name)
            : answer.Refuse("refused.nobody", Urls.Lead(id));

    private static async Task<RedirectHttpResult> Withdraw(
        Guid id, [FromForm] string? reason, [FromForm] string? pool, [FromForm] int? seen, WithdrawLead withdraw, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        Away(await withdraw.Withdraw(viewer, id, reason, string.IsNullOrEmpty(pool) ? null : pool, seen, ct), "done.withdrawn", id, viewer, answer);

    private static async Task<RedirectHttpResult> Void(
        Guid id, [FromForm] string? reason, [FromForm] int? seen, VoidLead makeVoid, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        Away(await makeVoid.Void(viewer, id, reason, seen, ct), "done.voided", id, viewer, answer);

    private static async Task<RedirectHttpResult> Reopen(
        Guid id, [FromForm] string? reason, [FromForm] int? seen, ReopenLead reopen, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await reopen.Reopen(viewer, id, reason, seen, ct), "done.reopened", Urls.Lead(id));

    private static async Task<RedirectHttpResult> Protect(
        Guid id, [FromForm] bool? locked, [FromForm] string? days, [FromForm] int? seen, ProtectLead protect, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await protect.Protect(viewer, id, locked ?? false, string.IsNullOrWhiteSpace(days) ? null : int.TryParse(days, out var more) ? more : 0, seen, ct), "done.protected", Urls.Lead(id));

    private static async Task<RedirectHttpResult> Ask(
        Guid id, [FromForm] string? to, [FromForm] string? toText, [FromForm] string? reason, [FromForm] int? seen, RequestAdjustment request, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var colleague = answer.Colleague(setting, to, toText);
        return colleague is null && !string.IsNullOrWhiteSpace(toText)
            ? answer.Refuse("refused.nobody", Urls.Lead(id))
            : answer.Of((await request.Ask(viewer, id, reason, colleague, seen, ct)).Result, "done.requested", Urls.Lead(id));
    }

    private static async Task<RedirectHttpResult> Decide(
        Guid id, [FromForm] bool? granted, [FromForm] string? comment, [FromForm] string? to, [FromForm] string? toText, [FromForm] string? back, DecideRequest decide, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct) =>
        answer.Of((await decide.Decide(viewer, id, new RequestVerdict(granted ?? false, comment, answer.Colleague(setting, to, toText)), ct)).Result, "done.decided", back ?? Urls.Requests);

    private static async Task<RedirectHttpResult> Qualify(
        Guid id, [FromForm] string? stage, [FromForm] string? note, [FromForm] string? to, [FromForm] string? toText, [FromForm] int? seen,
        IFormCollection form, QualifyLead qualify, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var colleague = answer.Colleague(setting, to, toText);
        return colleague is null && !string.IsNullOrWhiteSpace(toText)
            ? answer.Refuse("refused.nobody", Urls.Lead(id))
            : Away(await qualify.Qualify(viewer, id, new QualificationInput(Enum.TryParse<QualificationStage>(stage, true, out var reached) ? reached : QualificationStage.Raw, [.. form["checks"].OfType<string>()], note, colleague), seen, ct), "done.qualified", id, viewer, answer);
    }

    private static async Task<RedirectHttpResult> Accept(Guid id, [FromForm] int? seen, JudgeQualification judge, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await judge.Accept(viewer, id, seen, ct), "done.accepted", Urls.Lead(id));

    private static async Task<RedirectHttpResult> Reject(Guid id, [FromForm] string? reason, [FromForm] int? seen, JudgeQualification judge, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await judge.Reject(viewer, id, reason, seen, ct), "done.rejected", Urls.Lead(id));

    // A lead that somebody gave away may be out of their sight by now.
    private static RedirectHttpResult Away(LeadResult result, string done, Guid id, Viewer viewer, VerbAnswer answer, params object[] names) =>
        answer.Of(result, done, result is LeadResult.Done && viewer.Owners(Permission.ViewLeads) is not null ? Urls.Leads() : Urls.Lead(id), names);
}
