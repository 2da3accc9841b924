using Granary.Application.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>Ends a session; only a form of ours can.</summary>
internal static class SignOut
{
    public static async Task<Results<RedirectHttpResult, BadRequest>> Post(HttpContext http, IAntiforgery antiforgery, SignInManager<User> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(SignIn.Path);
    }
}
