using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.FollowUp;

/// <summary>What the pages of this room post and download.</summary>
internal static class FollowUpForms
{
    public static void MapFollowUpForms(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/leads/{id:guid}").Require(Permission.ViewLeads).ExcludeFromDescription();
        forms.MapPost("/next-step-completion", Finish);
        forms.MapPost("/follow-ups/{followUp:guid}/attachments/{file:guid}/removal", Remove);
        forms.MapGet("/follow-ups/{followUp:guid}/attachments/{file:guid}", Download);
    }

    private static async Task<RedirectHttpResult> Finish(
        Guid id, [FromForm] int? seen, HttpContext http, FinishNextStep finish, Viewer viewer, RefusalWords refusals, IStringLocalizer<FollowUpTexts> texts, CancellationToken ct) =>
        Say(http, id, await finish.Finish(viewer, id, seen, ct), texts["step.finished"], refusals);

    private static async Task<RedirectHttpResult> Remove(
        Guid id, Guid followUp, Guid file, IFormCollection form, HttpContext http, AttachFiles attach, Viewer viewer, RefusalWords refusals,
        IStringLocalizer<FollowUpTexts> texts, CancellationToken ct) =>
        Say(http, id, await attach.Remove(viewer, id, followUp, file, ct), texts["file.removed"], refusals);

    private static async Task<IResult> Download(Guid id, Guid followUp, Guid file, ReadAttachment read, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await read.Open(viewer, id, followUp, file, ct) is ({ } opened, _) ? opened.Answer(http) : TypedResults.NotFound();

    /// <summary>A file to be saved, never shown within our origin, and kept by no cache.</summary>
    public static FileContentHttpResult Answer(this OpenedFile file, HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(file.Content, file.Type, file.Name);
    }

    private static RedirectHttpResult Say(HttpContext http, Guid id, LeadResult result, string done, RefusalWords refusals)
    {
        var went = result is LeadResult.Done;
        Toasts.Leave(http, went ? Tone.Ok : Tone.Danger, went ? done : refusals.Of(result, 0));
        return TypedResults.LocalRedirect(FollowUpUrls.Lead(id));
    }
}
