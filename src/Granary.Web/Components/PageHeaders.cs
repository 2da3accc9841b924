using Microsoft.AspNetCore.Components.Endpoints;

namespace Granary.Web.Components;

/// <summary>
/// Security headers of every page. Scripts and styles come from this site's files only; an endpoint that is
/// meant to be framed elsewhere sets its own policy, which is left as it is.
/// </summary>
public sealed class PageHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.Count > 0 ? headers.ContentSecurityPolicy : Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                return Task.CompletedTask;
            });
        }

        return next(http);
    }
}
