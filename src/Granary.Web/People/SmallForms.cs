using Granary.Application.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>Posts of small forms that have no page of their own.</summary>
internal static class SmallForms
{
    /// <summary>Revokes one of the viewer's keys.</summary>
    public static async Task<Results<RedirectHttpResult, NotFound>> Revoke(Guid id, HttpContext http, CreateApiKey keys)
    {
        var viewer = http.Viewer();
        return await keys.Revoke(viewer.UserId, viewer.UserId, id, http.RequestAborted) ? TypedResults.LocalRedirect(PeopleUrls.MyKeys) : TypedResults.NotFound();
    }

    /// <summary>Ends the session, also for whoever copied its cookie.</summary>
    public static async Task<RedirectHttpResult> SignOut(HttpContext http, Sessions sessions)
    {
        if (http.User.UserId() is { } id && http.User.SessionId() is { } session)
        {
            await sessions.End(id, id, session, CancellationToken.None);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect(SignIn.Path);
    }
}
