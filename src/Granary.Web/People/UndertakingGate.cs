using System.Text.Json.Nodes;
using Granary.Application.Settings;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Granary.Web.People;

/// <summary>
/// Until somebody has confirmed the confidentiality undertaking in force, every page leads to it and their keys are refused; afterwards
/// they go on to where they wanted to go. Who is signed in and what is in force come with the setting, so that asking costs nothing.
/// </summary>
internal sealed class UndertakingGate(RequestDelegate next, SettingCache settings)
{
    public const string Path = "/undertaking";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.ViewerOrNull() is not { } viewer || http.Features.Get<Setting>()?.Owes(viewer.UserId) != true || Open(http) || !await Owes(http, viewer.UserId))
        {
            await next(http);
        }
        else if (http.IsApi())
        {
            await new Problem("undertaking_required", StatusCodes.Status403Forbidden) { More = new Dictionary<string, JsonNode?> { ["confirmAt"] = Path } }.ExecuteAsync(http);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = HttpMethods.IsGet(http.Request.Method)
                ? Path + QueryString.Create("next", http.Request.Path + http.Request.QueryString)
                : Path;
        }
    }

    // Whoever has just confirmed on another node is not asked again by one that has yet to hear of it.
    private async Task<bool> Owes(HttpContext http, Guid userId)
    {
        var latest = await settings.Latest(http.RequestAborted);
        http.Features.Set(latest);
        return latest.Owes(userId);
    }

    // The page itself, signing out, and what nobody needs to be signed in for.
    private static bool Open(HttpContext http) =>
        http.Request.Path == Path || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
