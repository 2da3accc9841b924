using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Granary.Web.Components;

/// <summary>Language and theme, chosen by a plain link: remembered in a cookie for a year, then back to the page it came from.</summary>
public static class Preferences
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static RedirectHttpResult SetLanguage(HttpContext http, string to, string? back)
    {
        if (Interface.Languages.Any(language => language.Code == to))
        {
            var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(to));
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, value, Kept(http));
        }

        return TypedResults.LocalRedirect(Local(back));
    }

    public static RedirectHttpResult SetTheme(HttpContext http, string to, string? back)
    {
        if (Theme.Names.Contains(to))
        {
            http.Response.Cookies.Append(Theme.Cookie, to, Kept(http));
        }

        return TypedResults.LocalRedirect(Local(back));
    }

    /// <summary>A path of this site, or the start page: <c>//host</c>, <c>/\host</c> and absolute addresses lead away.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? Ascii(path) : "/";

    // Headers hold nothing else.
    private static string Ascii(string path) =>
        path.All(char.IsAscii) ? path : string.Concat(path.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())));

    private static CookieOptions Kept(HttpContext http) => new()
    {
        MaxAge = Remembered,
        IsEssential = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
    };
}
