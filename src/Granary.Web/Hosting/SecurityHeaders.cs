using Microsoft.Extensions.Primitives;

namespace Granary.Web.Hosting;

/// <summary>Headers that tell browsers what an answer of ours never does. An answer that sets one itself keeps its own.</summary>
internal static class SecurityHeaders
{
    private const string Strict =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string Framed =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors *";

    // The API's reading page brings styles within its markup.
    private const string Docs =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var framed = http.GetEndpoint()?.Metadata.GetMetadata<EmbeddableAttribute>() is not null;
            var headers = http.Response.Headers;
            Set(headers, "Content-Security-Policy", framed ? Framed : http.Request.Path.StartsWithSegments("/api/docs") ? Docs : Strict);
            Set(headers, "X-Content-Type-Options", "nosniff");
            Set(headers, "Referrer-Policy", "same-origin");
            Set(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            Set(headers, "Cross-Origin-Opener-Policy", "same-origin");
            if (!framed)
            {
                Set(headers, "X-Frame-Options", "DENY");
            }

            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Set(IHeaderDictionary headers, string name, StringValues value)
    {
        if (!headers.ContainsKey(name))
        {
            headers[name] = value;
        }
    }
}

/// <summary>Marks a page or endpoint that other sites may show in a frame.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class EmbeddableAttribute : Attribute;
