using Granary.Application.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>Posts of small forms that have no page of their own; only a form of ours can send them.</summary>
internal static class SmallForms
{
    /// <summary>Revokes one of the viewer's keys.</summary>
    public static async Task<Results<RedirectHttpResult, BadRequest, NotFound>> Revoke(Guid id, HttpContext http, IAntiforgery antiforgery, CreateApiKey keys)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var viewer = http.Viewer();
        return await keys.Revoke(viewer.UserId, viewer.UserId, id, http.RequestAborted) ? TypedResults.LocalRedirect(PeopleUrls.Me) : TypedResults.NotFound();
    }

    /// <summary>Ends the session.</summary>
    public static async Task<Results<RedirectHttpResult, BadRequest>> SignOut(HttpContext http, IAntiforgery antiforgery, SignInManager<User> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(SignIn.Path);
    }
}
