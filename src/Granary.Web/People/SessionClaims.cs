using System.Security.Claims;
using Granary.Application.People;
using Granary.Application.Settings;

namespace Granary.Web.People;

/// <summary>The session that a request or a stream belongs to.</summary>
internal static class SessionClaims
{
    /// <summary>The claim with the session's id.</summary>
    public const string Session = "sid";

    /// <summary>The id of the session; null for a program with a key.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}

/// <summary>Tells of what stays open for long whether it still may.</summary>
internal sealed class StillSignedIn(SettingCache settings, Sessions sessions)
{
    /// <summary>What whoever signed in may do; null when the session was ended or its user may no longer act.</summary>
    public async ValueTask<Viewer?> ViewerOf(ClaimsPrincipal? user, CancellationToken ct) => (await Of(user, ct))?.Viewer;

    /// <summary>The same with the session.</summary>
    public async ValueTask<(Viewer Viewer, Session Session)?> Of(ClaimsPrincipal? user, CancellationToken ct)
    {
        if (user?.UserId() is not { } id || user.SessionId() is not { } session || (await settings.Get(ct)).ViewerOf(id) is not { } viewer)
        {
            return null;
        }

        return await sessions.Find(session, ct) is { } found && found.UserId == id ? (viewer, found) : null;
    }
}
