using System.Text.Json;

namespace Granary.Web.Components.Ui;

/// <summary>A short message after an action.</summary>
public sealed record Toast(Tone Tone, string Text);

/// <summary>Carries a message over the redirect that ends a form: written as a one-time cookie, shown by the next page's ToastArea.</summary>
public static class Toasts
{
    private const string Cookie = "toast";

    /// <summary>Leaves a message for the next page.</summary>
    public static void Leave(HttpContext http, Tone tone, string text) => http.Response.Cookies.Append(
        Cookie,
        JsonSerializer.Serialize(new Toast(tone, text)),
        new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1) });

    /// <summary>Takes the message that an earlier request left, if there is one.</summary>
    public static Toast? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } value)
        {
            return null;
        }

        if (!http.Response.HasStarted)
        {
            http.Response.Cookies.Delete(Cookie);
        }

        try
        {
            return JsonSerializer.Deserialize<Toast>(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
