using Microsoft.Extensions.Primitives;

namespace Granary.Web.Hosting;

/// <summary>Headers that tell browsers what an answer of ours never does. An answer that sets one itself keeps its own.</summary>
internal static class SecurityHeaders
{
    /// <summary>Everything from here, nothing within the markup: no inline script, no style attribute, no foreign frame.</summary>
    public const string Sources =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'";

    // The API's reading page adds one style element of its own making, always the same; its hash lets in nothing else.
    private static readonly string Docs = Unframed.Replace("style-src 'self'", "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='", StringComparison.Ordinal);

    private const string Unframed = Sources + "; frame-ancestors 'none'", Framed = Sources + "; frame-ancestors *";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var framed = http.GetEndpoint()?.Metadata.GetMetadata<EmbeddableAttribute>() is not null;
            var headers = http.Response.Headers;
            Set(headers, "Content-Security-Policy", framed ? Framed : http.Request.Path.StartsWithSegments("/api/docs") ? Docs : Unframed);
            Set(headers, "X-Content-Type-Options", "nosniff");
            Set(headers, "Referrer-Policy", "same-origin");
            Set(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
            Set(headers, "Cross-Origin-Opener-Policy", "same-origin");
            Set(headers, "Cross-Origin-Resource-Policy", framed ? "cross-origin" : "same-origin");
            // Pages and answers carry people's data; what may be kept (styles, scripts) says so itself.
            Set(headers, "Cache-Control", "no-store");
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
