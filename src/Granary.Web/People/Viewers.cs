using System.Security.Claims;
using Granary.Application.People;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>
/// Who asks. Both ways of signing in leave the <see cref="Viewer"/> on the request; endpoints and pages take it as a service
/// (<c>Viewer viewer</c>, <c>@inject Viewer Viewer</c>).
/// </summary>
public static class Viewers
{
    /// <summary>Who asks; only on routes that are not open to everybody.</summary>
    public static Viewer Viewer(this HttpContext http) => http.ViewerOrNull() ?? throw new InvalidOperationException("Nobody is signed in on this route.");

    /// <summary>Who asks; null for a guest.</summary>
    public static Viewer? ViewerOrNull(this HttpContext http) => http.Features.Get<Viewer>();

    internal static void Be(this HttpContext http, Viewer viewer) => http.Features.Set(viewer);

    internal static Guid? UserId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    internal static ClaimsPrincipal Principal(this Viewer viewer, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, viewer.UserId.ToString()), new Claim(ClaimTypes.Name, viewer.Name)], scheme));
}
