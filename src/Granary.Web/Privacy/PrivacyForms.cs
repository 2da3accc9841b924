using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Privacy;

/// <summary>Forms of the consent card; each leads back to the lead, which says what became of it.</summary>
internal static class PrivacyForms
{
    public static void MapPrivacyForms(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/leads/{id:guid}").Require(Permission.ViewLeads).ExcludeFromDescription();
        lead.MapPost("/consents", Give);
        lead.MapPost("/withdrawals", Withdraw);
        lead.MapPost("/legal-hold", Hold);
        lead.MapPost("/restriction-end", Lift);
    }

    private static async Task<RedirectHttpResult> Give(
        Guid id, [FromForm] string? purpose, [FromForm] string? channel, [FromForm] string? evidence, SaveConsent save, PrivacyAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await save.Give(viewer, id, new ConsentInput(purpose, null, null, channel, evidence), ct: ct), "done.consent", PrivacyUrls.Lead(id));

    private static async Task<RedirectHttpResult> Withdraw(
        Guid id, [FromForm] string? purpose, [FromForm] string? reason, SaveConsent save, PrivacyAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await save.Withdraw(viewer, id, purpose, reason, ct), "done.withdrawn", PrivacyUrls.Lead(id));

    private static async Task<RedirectHttpResult> Hold(
        Guid id, [FromForm] bool? on, [FromForm] string? reason, HoldLead hold, PrivacyAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await hold.Hold(viewer, id, on ?? false, reason, ct), on == true ? "done.held" : "done.released", PrivacyUrls.Lead(id));

    private static async Task<RedirectHttpResult> Lift(
        Guid id, [FromForm] string? reason, LiftRestriction lift, PrivacyAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await lift.Lift(viewer, id, reason, ct), "done.lifted", PrivacyUrls.Lead(id));
}

/// <summary>Says what became of something, on the page that a form leads back to.</summary>
internal sealed class PrivacyAnswer(IHttpContextAccessor http, IStringLocalizer<PrivacyTexts> texts, FieldErrorText fields)
{
    public RedirectHttpResult Of<T>(PrivacyResult<T> result, string done, string back)
    {
        var (tone, words) = Words(result, done);
        Toasts.Leave(http.HttpContext!, tone, words);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }

    /// <summary>What became of it, in words.</summary>
    public (Tone Tone, string Words) Words<T>(PrivacyResult<T> result, string done) => result switch
    {
        PrivacyResult<T>.Done => (Tone.Ok, texts[done]),
        PrivacyResult<T>.Refused(var code) => (Tone.Danger, texts[$"refused.{code}"]),
        PrivacyResult<T>.Invalid(var errors) => (Tone.Danger, fields.Of(errors[0])),
        PrivacyResult<T>.Stale => (Tone.Danger, texts["refused.stale"]),
        PrivacyResult<T>.Forbidden => (Tone.Danger, texts["refused.forbidden"]),
        _ => (Tone.Danger, texts["refused.not_found"]),
    };
}
