using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.Opportunities;
using Granary.Web.People;
using Granary.Web.Qualification;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk.Named;

/// <summary>Forms of named accounts; each leads back to the page it came from, which says what became of it.</summary>
internal static class NamedForms
{
    public static void MapNamedForms(this IEndpointRouteBuilder app)
    {
        var list = app.MapGroup("/named-lists/{id:guid}").Require(Permission.ManageAccounts);
        list.MapPost("/accounts", Add);
        list.MapPost("/removal", RemoveList);
        list.MapGet("/export", Export).Require(Permission.ExportLeads);
        var one = app.MapGroup("/named-lists/accounts/{id:guid}").Require(Permission.ManageAccounts);
        one.MapPost("/stage", Move);
        one.MapPost("/list", ToList);
        one.MapPost("/removal", Remove);
        one.MapPost("/checks", Tick);
        one.MapPost("/unticking", Untick);
        one.MapPost("/touches", Plan);
        one.MapPost("/touches/{touch:guid}/plan", Replan);
        one.MapPost("/touches/{touch:guid}/completion", Complete);
        one.MapPost("/touches/{touch:guid}/cancellation", Cancel);
        app.MapPost("/accounts/{id:guid}/naming", Name).Require(Permission.ManageAccounts);
    }

    private static async Task<RedirectHttpResult> Add(Guid id, IFormCollection form, NameAccounts naming, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        Guid.TryParse(form["account"], out var account) && PostedForm.Text(form, "accountText") is not null
            ? say.Named(await naming.Add(viewer, id, [account], ct), NamedUrls.List(id)) : say.Refuse("add.nobody", NamedUrls.List(id));

    private static async Task<RedirectHttpResult> Name(Guid id, IFormCollection form, NameAccounts naming, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        Guid.TryParse(form["list"], out var list) ? say.Named(await naming.Add(viewer, list, [id], ct), $"/accounts/{id}") : say.Refuse("add.noList", $"/accounts/{id}");

    private static async Task<RedirectHttpResult> RemoveList(Guid id, IFormCollection form, SaveNamedList save, NamedSaying say, Viewer viewer, CancellationToken ct)
    {
        var result = await save.Remove(viewer, id, ct);
        return say.Of(result, "done.list.removed", result is AccountResult<NamedList>.Done ? NamedUrls.Lists : NamedUrls.List(id));
    }

    private static async Task<IResult> Export(Guid id, string? stage, Guid? owner, string? industry, string? q, string? format, ExportNamed export, NamedWords words, NamedSaying say, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var filter = new NamedFilter(id, Stage(stage), owner, industry, q);
        var wanted = format == "xlsx" ? ExportFormat.Xlsx : ExportFormat.Csv;
        return await export.File(viewer, filter, wanted, words.Wording(p => p is { } person ? setting.People.GetValueOrDefault(person)?.Name : null), ct) switch
        {
            AccountResult<byte[]>.Done(var file) => TypedResults.File(file, ExportWriter.TypeOf(wanted), $"named-accounts-{id}.{WireName.Of(wanted)}"),
            AccountResult<byte[]>.Refused { Code: NamedRefusal.TooManyRows } => TypedResults.LocalRedirect(NamedUrls.Ask(id, filter)),
            AccountResult<byte[]>.NotFound => TypedResults.NotFound(),
            var result => say.Of(result, "", NamedUrls.List(id)),
        };
    }

    private static async Task<RedirectHttpResult> Move(Guid id, IFormCollection form, MoveNamedAccount move, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        Stage(form["stage"]) is { } stage ? say.Of(await move.To(viewer, id, stage, PostedForm.Text(form, "reason"), PostedForm.Seen(form), ct), "done.moved", NamedUrls.Account(id)) : say.Refuse("refused.stage", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> ToList(Guid id, IFormCollection form, MoveNamedAccount move, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await move.ToList(viewer, id, Guid.TryParse(form["list"], out var list) ? list : Guid.Empty, ct), "done.list.moved", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Remove(Guid id, IFormCollection form, MoveNamedAccount move, NamedSaying say, Viewer viewer, CancellationToken ct)
    {
        var result = await move.Remove(viewer, id, ct);
        return say.Of(result, "done.removed", result is AccountResult<NamedAccount>.Done(var named) ? NamedUrls.List(named.ListId) : NamedUrls.Account(id));
    }

    private static async Task<RedirectHttpResult> Tick(Guid id, IFormCollection form, TickNamedCheck tick, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await tick.Tick(viewer, id, PostedForm.Text(form, "check"), PostedForm.Text(form, "evidence"), ct), "done.ticked", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Untick(Guid id, IFormCollection form, TickNamedCheck tick, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await tick.Untick(viewer, id, PostedForm.Text(form, "check"), ct), "done.unticked", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Plan(Guid id, IFormCollection form, TouchPlan plan, NamedSaying say, Viewer viewer, Setting setting, CancellationToken ct) =>
        say.Of(await plan.Plan(viewer, id, Touch(form, setting), ct), "done.planned", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Replan(Guid id, Guid touch, IFormCollection form, TouchPlan plan, NamedSaying say, Viewer viewer, Setting setting, CancellationToken ct) =>
        say.Of(await plan.Replan(viewer, id, touch, Touch(form, setting), ct), "done.planned", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Complete(Guid id, Guid touch, IFormCollection form, TouchPlan plan, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await plan.Done(viewer, id, touch, PostedForm.Day(form, "doneOn"), PostedForm.Text(form, "outcome"), ct), "done.touched", NamedUrls.Account(id));

    private static async Task<RedirectHttpResult> Cancel(Guid id, Guid touch, IFormCollection form, TouchPlan plan, NamedSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await plan.Cancel(viewer, id, touch, ct), "done.cancelled", NamedUrls.Account(id));

    private static TouchInput Touch(IFormCollection form, Setting setting) => new(
        PostedForm.Text(form, "instrument") is null ? null : PostedForm.Member<TouchInstrument>(form, "instrument"), PostedForm.Day(form, "plannedOn"),
        OpportunityAnswer.Colleague(setting, PostedForm.Text(form, "owner"), PostedForm.Text(form, "ownerText")) ?? (PostedForm.Text(form, "ownerText") is null ? null : Guid.Empty), PostedForm.Text(form, "note"));

    private static NamedAccountStage? Stage(string? name) => NamedAccounts.Stages.Where(s => Domain.Policies.WireName.Of(s) == name).Select(s => (NamedAccountStage?)s).FirstOrDefault();
}

/// <summary>Leads back and says what became of a verb on named accounts.</summary>
internal sealed class NamedSaying(IHttpContextAccessor http, IStringLocalizer<NamedTexts> texts, NamedWords words, FieldErrorText fields)
{
    public RedirectHttpResult Of<T>(AccountResult<T> result, string done, string back) => result switch
    {
        AccountResult<T>.Done => Say(Tone.Ok, texts[done], back),
        AccountResult<T>.Refused refused => Say(Tone.Danger, words.Refusal(refused.Code, refused.Missing), back),
        AccountResult<T>.Invalid([var error, ..]) => Say(Tone.Danger, fields.Of(error), back),
        AccountResult<T>.Stale => Refuse("stale.line", back),
        _ => Refuse("refused.not_found", NamedUrls.Lists),
    };

    /// <summary>What became of one account that was to be named.</summary>
    public RedirectHttpResult Named(AccountResult<IReadOnlyList<NamedLine>> result, string back) => result is AccountResult<IReadOnlyList<NamedLine>>.Done([var line])
        ? Say(line.Outcome is NamedOutcome.Added ? Tone.Ok : Tone.Warning, words.Outcome(line.Outcome), back) : Of(result, "", back);

    public RedirectHttpResult Refuse(string text, string back) => Say(Tone.Danger, texts[text], back);

    private RedirectHttpResult Say(Tone tone, string said, string back)
    {
        Toasts.Leave(http.HttpContext!, tone, said);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
