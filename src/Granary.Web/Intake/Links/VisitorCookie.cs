namespace Granary.Web.Intake.Links;

/// <summary>
/// The visitor's id on pages of our own, links and hosted forms. It is given only to who has agreed to be known, or where nobody is
/// asked; a form gives it with the submission in which somebody agrees.
/// </summary>
internal static class VisitorCookie
{
    private const string Name = "granary.visitor";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>The visitor of a request; null where the browser has no id.</summary>
    public static Guid? Known(HttpContext http) => Guid.TryParse(http.Request.Cookies[Name], out var id) && id != Guid.Empty ? id : null;

    /// <summary>Gives the browser an id.</summary>
    public static Guid Give(HttpContext http)
    {
        var id = new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        http.Response.Cookies.Append(Name, id.ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = Kept, Path = "/", IsEssential = false });
        return id;
    }
}
