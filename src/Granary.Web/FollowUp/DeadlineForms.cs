using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.FollowUp;

/// <summary>The form by which something is said of a violation.</summary>
internal static class DeadlineForms
{
    /// <summary>Where it posts to.</summary>
    public const string Path = "/violations/notes";

    /// <summary>Maps it.</summary>
    public static void MapDeadlineForms(this IEndpointRouteBuilder app) => app.MapPost(Path, Say).Require(Permission.ViewLeads).ExcludeFromDescription();

    private static async Task<IResult> Say(
        [FromForm] Guid id, [FromForm] string? kind, [FromForm] string? text, [FromForm] string? back, NoteViolation note, Viewer viewer, HttpContext http,
        FieldErrorText words, IStringLocalizer<DeadlineTexts> texts, CancellationToken ct)
    {
        var result = kind switch
        {
            "excuse" => await note.Excuse(viewer, id, text, ct),
            "withdraw" => await note.Withdraw(viewer, id, text, ct),
            _ => await note.Explain(viewer, id, text, ct),
        };
        Toasts.Leave(
            http,
            result is ViolationResult.Done ? Tone.Ok : Tone.Danger,
            result is ViolationResult.Done ? texts["said"] : result is ViolationResult.Invalid(var error) ? words.Of(error) : texts["refused"]);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
