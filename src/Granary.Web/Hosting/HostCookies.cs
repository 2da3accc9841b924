namespace Granary.Web.Hosting;

/// <summary>
/// Over https every cookie is called <c>__Host-…</c>, which browsers take only from this very host, over https and for all of it: no
/// neighbouring host and no unencrypted answer can set one of ours. The rest of the product knows their plain names.
/// </summary>
internal static class HostCookies
{
    private const string Prefix = "__Host-", Secure = "; secure";

    public static void UseHostCookies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.IsHttps)
        {
            // Those without the prefix are not from us.
            http.Request.Headers.Cookie = string.Join("; ", http.Request.Headers.Cookie
                .SelectMany(header => header?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
                .Where(cookie => cookie.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(cookie => cookie[Prefix.Length..]));
            // Registered first, so that it runs last and sees the cookies of all others.
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.SetCookie = http.Response.Headers.SetCookie.Select(Named).ToArray();
                return Task.CompletedTask;
            });
        }

        return next(http);
    });

    private static string? Named(string? cookie) =>
        cookie is null || cookie.StartsWith(Prefix, StringComparison.Ordinal) ? cookie
        : Prefix + cookie + (cookie.Contains(Secure, StringComparison.OrdinalIgnoreCase) ? "" : Secure);
}
