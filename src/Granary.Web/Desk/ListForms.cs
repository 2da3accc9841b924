using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Forms beside the lists: columns, saved views, what was seen.</summary>
internal static class ListForms
{
    public static void MapListForms(this IEndpointRouteBuilder app)
    {
        app.MapPost(Urls.Columns, ChooseColumns);
        app.MapPost(Urls.Views, SaveView).Require(Permission.ViewLeads);
        app.MapPost("/leads/views/{id:guid}/sharing", ShareView).Require(Permission.ViewLeads);
        app.MapPost("/leads/views/{id:guid}/deletion", DeleteView).Require(Permission.ViewLeads);
        app.MapPost(Urls.NoticesSeen, See);
    }

    private static RedirectHttpResult ChooseColumns(IFormCollection form, HttpContext http, Setting setting)
    {
        LeadColumns.Choose(http, setting.Fields.Of(CustomFieldOwner.Lead), form["columns"].OfType<string>());
        return TypedResults.LocalRedirect(Preferences.Local(form["back"]));
    }

    private static async Task<RedirectHttpResult> SaveView(
        [FromForm] string? name, [FromForm] string? query, [FromForm] bool? shared, SavedViews views, Viewer viewer, VerbAnswer answer, FieldErrorText fields, IStringLocalizer<DeskTexts> texts, CancellationToken ct)
    {
        var filter = LeadFilter.Parse(query);
        var errors = await views.Save(viewer, name, filter, shared == true, ct);
        return errors is [var error, ..] ? answer.Say(Tone.Danger, fields.Of(error), Urls.Leads(filter)) : answer.Say(Tone.Ok, texts["done.viewSaved", name!.Trim()], Urls.Leads(filter));
    }

    private static async Task<RedirectHttpResult> ShareView(Guid id, [FromForm] bool? shared, SavedViews views, Viewer viewer, VerbAnswer answer, IStringLocalizer<DeskTexts> texts, CancellationToken ct) =>
        await views.Share(viewer, id, shared == true, ct)
            ? answer.Say(Tone.Ok, texts[shared == true ? "done.viewShared" : "done.viewUnshared"], Urls.Leads())
            : answer.Refuse("refused.not_found", Urls.Leads());

    private static async Task<RedirectHttpResult> DeleteView(Guid id, IFormCollection form, SavedViews views, Viewer viewer, VerbAnswer answer, IStringLocalizer<DeskTexts> texts, CancellationToken ct) =>
        await views.Delete(viewer, id, ct) ? answer.Say(Tone.Ok, texts["done.viewDeleted"], Urls.Leads()) : answer.Refuse("refused.not_found", Urls.Leads());

    private static async Task<RedirectHttpResult> See([FromForm] Guid? subject, [FromForm] string? kind, [FromForm] string? back, Notices notices, Viewer viewer, CancellationToken ct)
    {
        await notices.See(viewer, subject, NoticeWords.Kind(kind), ct);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
