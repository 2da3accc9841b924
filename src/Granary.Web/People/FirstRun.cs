using Granary.Application.Settings;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Granary.Web.People;

/// <summary>While there is no user, every page leads to the one that makes the first; afterwards that page leads away.</summary>
internal sealed class FirstRun(RequestDelegate next)
{
    public const string Path = "/setup";

    private volatile bool _over;

    public async Task InvokeAsync(HttpContext http)
    {
        _over = _over || http.Features.Get<Setting>()?.People.Count > 0;

        var setup = http.Request.Path.StartsWithSegments(Path);
        if (_over && setup)
        {
            http.Response.Redirect("/");
        }
        else if (!_over && !setup && !http.IsApi() && !Open(http))
        {
            http.Response.Redirect(Path);
        }
        else
        {
            await next(http);
        }
    }

    // What the page itself needs, and what machines ask for.
    private static bool Open(HttpContext http) =>
        http.Request.Path != SignIn.Path && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
