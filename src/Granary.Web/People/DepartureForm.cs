using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>The form with which somebody departs.</summary>
internal static class DepartureForm
{
    public static async Task<RedirectHttpResult> Depart(
        Guid id, [FromForm] string? way, [FromForm] string? to, [FromForm] string? pool, DepartUser depart, Viewer viewer, FieldErrorText words, IStringLocalizer<PeopleTexts> texts, HttpContext http)
    {
        var successor = way switch
        {
            "user" => new Successor(To: Guid.TryParse(to, out var colleague) ? colleague : null),
            "pool" => new Successor(Pool: string.IsNullOrEmpty(pool) ? null : pool),
            _ => new Successor(ByRule: way == "rule"),
        };
        var (done, result) = await depart.Depart(viewer.UserId, id, successor, http.RequestAborted);
        if (result is PeopleResult.Refused { Errors: [var error, ..] })
        {
            Toasts.Leave(http, Tone.Danger, error.Code == "required" ? texts["departure.choose"] : words.Of(error));
            return TypedResults.LocalRedirect(PeopleUrls.Person(id));
        }

        if (done is not null)
        {
            Toasts.Leave(http, Tone.Ok, texts["departure.done", done.Leads, done.Accounts]);
        }

        return TypedResults.LocalRedirect(PeopleUrls.People);
    }
}
