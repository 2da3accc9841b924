using Granary.Application.People;
using Granary.Web.Components.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>Small forms of an account; as each reads a form, only one of ours can send them.</summary>
internal static class AccountForms
{
    /// <summary>Ends one of the viewer's sessions; their own signs them out.</summary>
    public static async Task<Results<RedirectHttpResult, NotFound>> EndSession(
        Guid id, [FromForm] string? sure, HttpContext http, Viewer viewer, Sessions sessions, IStringLocalizer<AccountTexts> texts)
    {
        if (sure is null || !await sessions.End(viewer.UserId, viewer.UserId, id, http.RequestAborted))
        {
            return TypedResults.NotFound();
        }

        if (http.User.SessionId() == id)
        {
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return TypedResults.LocalRedirect(SignIn.Path);
        }

        Toasts.Leave(http, Tone.Ok, texts["sessions.ended"]);
        return TypedResults.LocalRedirect(PeopleUrls.Security + "#sessions");
    }

    /// <summary>Ends the viewer's sessions: the others, or all where they say so.</summary>
    public static async Task<RedirectHttpResult> EndOthers([FromForm] string? which, HttpContext http, Viewer viewer, Sessions sessions, IStringLocalizer<AccountTexts> texts)
    {
        if (which == "all")
        {
            await sessions.EndAll(viewer.UserId, viewer.UserId, ct: http.RequestAborted);
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return TypedResults.LocalRedirect(SignIn.Path);
        }

        await sessions.EndAll(viewer.UserId, viewer.UserId, http.User.SessionId(), http.RequestAborted);
        Toasts.Leave(http, Tone.Ok, texts["sessions.othersEnded"]);
        return TypedResults.LocalRedirect(PeopleUrls.Security + "#sessions");
    }

    /// <summary>Ends all sessions of somebody.</summary>
    public static async Task<RedirectHttpResult> EndTheirs(Guid id, [FromForm] string? sure, HttpContext http, Viewer viewer, Sessions sessions, IStringLocalizer<AccountTexts> texts)
    {
        var ended = sure is null ? 0 : await sessions.EndAll(viewer.UserId, id, ct: http.RequestAborted);
        Toasts.Leave(http, Tone.Ok, texts["access.sessionsEnded", ended]);
        return TypedResults.LocalRedirect(PeopleUrls.Person(id));
    }

    /// <summary>Takes somebody's lost authenticator app away.</summary>
    public static async Task<RedirectHttpResult> ResetFactor(Guid id, [FromForm] string? sure, HttpContext http, Viewer viewer, EnrolSecondFactor enrol, IStringLocalizer<AccountTexts> texts)
    {
        if (sure is not null && await enrol.Reset(viewer.UserId, id, http.RequestAborted))
        {
            Toasts.Leave(http, Tone.Ok, texts["access.factorReset"]);
        }

        return TypedResults.LocalRedirect(PeopleUrls.Person(id));
    }

    /// <summary>Withdraws somebody's open link.</summary>
    public static async Task<RedirectHttpResult> Withdraw(Guid id, [FromForm] string? sure, HttpContext http, Viewer viewer, InvitePerson invite, IStringLocalizer<AccountTexts> texts)
    {
        if (sure is not null && await invite.Withdraw(viewer.UserId, id, http.RequestAborted) is PeopleResult.Done)
        {
            Toasts.Leave(http, Tone.Ok, texts["access.withdrawn"]);
        }

        return TypedResults.LocalRedirect(PeopleUrls.Person(id));
    }
}
