using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>The two ceremonies of passkeys, adding one and signing in with one, and the small forms beside them.</summary>
internal static class PasskeyForms
{
    public static void MapPasskeyForms(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup(PeopleUrls.MyPasskeys).ExcludeFromDescription();
        mine.MapPost("/options", CreationOptions);
        mine.MapPost("", Add);
        mine.MapPost("/{id}/name", Rename);
        mine.MapPost("/{id}/removal", Remove);
        var guests = app.MapGroup(PeopleUrls.PasskeySignIn).AllowAnonymous().RequireRateLimiting(PublicLimit.Anonymous).ExcludeFromDescription();
        guests.MapPost("/options", RequestOptions);
        guests.MapPost("", SignIn);
    }

    // What the browser is asked; the challenge goes along in a sealed cookie.
    private static async Task<ContentHttpResult> CreationOptions(SignInManager<User> signIn, Viewer viewer, Setting setting)
    {
        var person = setting.People[viewer.UserId];
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email, DisplayName = person.Name });
        return TypedResults.Text(options, "application/json");
    }

    private static async Task<RedirectHttpResult> Add(
        [FromForm] string? name, [FromForm] string? credential, HttpContext http, SignInManager<User> signIn, Passkeys passkeys, Viewer viewer, FieldErrorText words, IStringLocalizer<AccountTexts> texts)
    {
        var made = string.IsNullOrEmpty(credential) ? null : await signIn.PerformPasskeyAttestationAsync(credential);
        // Begun by one and ended by another in the same browser, it would be a key to a stranger's account.
        if (made is not { Succeeded: true } || made.UserEntity.Id != viewer.UserId.ToString())
        {
            return Say(http, Tone.Danger, texts["passkeys.failed"]);
        }

        var errors = await passkeys.Add(viewer.UserId, name, made.Passkey, http.RequestAborted);
        return errors is [var error, ..] ? Say(http, Tone.Danger, words.Of(error)) : Say(http, Tone.Ok, texts["passkeys.added"]);
    }

    private static async Task<RedirectHttpResult> Rename(
        string id, [FromForm] string? name, HttpContext http, Passkeys passkeys, Viewer viewer, FieldErrorText words, IStringLocalizer<AccountTexts> texts) =>
        await passkeys.Rename(viewer.UserId, id, name, http.RequestAborted) is PeopleResult.Refused { Errors: [var error, ..] }
            ? Say(http, Tone.Danger, words.Of(error))
            : Say(http, Tone.Ok, texts["passkeys.renamed"]);

    private static async Task<RedirectHttpResult> Remove(string id, [FromForm] string? sure, HttpContext http, Passkeys passkeys, Viewer viewer, IStringLocalizer<AccountTexts> texts)
    {
        if (sure is not null)
        {
            await passkeys.Remove(viewer.UserId, id, http.RequestAborted);
        }

        return Say(http, Tone.Ok, texts["passkeys.removed"]);
    }

    private static async Task<ContentHttpResult> RequestOptions(SignInManager<User> signIn) =>
        TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<RedirectHttpResult> SignIn(
        [FromForm] string? credential, [FromForm] string? next, HttpContext http, SignInManager<User> signIn, SignInFlow flow, Passkeys passkeys, SettingCache settings, IStringLocalizer<AccountTexts> texts)
    {
        var proved = string.IsNullOrEmpty(credential) ? null : await signIn.PerformPasskeyAssertionAsync(credential);
        if (proved is not { Succeeded: true } || (await settings.Get(http.RequestAborted)).ViewerOf(proved.User.Id) is null)
        {
            Toasts.Leave(http, Tone.Danger, texts["passkeys.signIn.failed"]);
            return TypedResults.LocalRedirect(People.SignIn.Path);
        }

        // The challenge has served.
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await passkeys.Used(proved.User.Id, proved.Passkey, http.RequestAborted);
        await flow.Begin(proved.User.Id, SignInMeans.Passkey);
        return TypedResults.LocalRedirect(Preferences.Local(next));
    }

    private static RedirectHttpResult Say(HttpContext http, Tone tone, string words)
    {
        Toasts.Leave(http, tone, words);
        return TypedResults.LocalRedirect(PeopleUrls.Security);
    }
}
