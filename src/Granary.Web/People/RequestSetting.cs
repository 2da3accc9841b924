using Granary.Application.Settings;

namespace Granary.Web.People;

/// <summary>Gives each request one setting from start to end; endpoints and pages take it as a service (<c>Setting setting</c>).</summary>
internal sealed class RequestSetting(RequestDelegate next, SettingCache settings)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Whether the process lives is answered also while the database does not.
        if (!http.Request.Path.StartsWithSegments("/health"))
        {
            http.Features.Set(await settings.Get(http.RequestAborted));
        }

        await next(http);
    }
}
