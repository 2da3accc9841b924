using Granary.Application.People;
using Granary.Application.Settings;
using Microsoft.AspNetCore.Authorization;

namespace Granary.Web.People;

/// <summary>
/// Whose role needs a second factor comes to nothing but setting one up. A passkey is one: whoever signed in with it goes on.
/// Programs with keys are not people; a key is made by somebody who came through here.
/// </summary>
internal sealed class SecondFactorGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.SessionId() is not null && http.ViewerOrNull() is { } viewer && http.Features.Get<Setting>()?.MustEnrol(viewer.UserId) == true
            && http.Features.Get<Session>()?.Means != SignInMeans.Passkey && !Open(http))
        {
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                http.Response.Redirect(PeopleUrls.Security);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(http);
    }

    // The page itself with what it posts, the undertaking that comes before it, signing out, and what guests may see too.
    private static bool Open(HttpContext http) =>
        http.Request.Path.StartsWithSegments(PeopleUrls.Security) || http.Request.Path.StartsWithSegments(PeopleUrls.MyPasskeys)
        || http.Request.Path == UndertakingGate.Path || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
