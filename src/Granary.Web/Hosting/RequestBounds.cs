using Granary.Domain.Policies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Granary.Web.Hosting;

/// <summary>How large and how slow a request may be, refused before anything of it is worked on.</summary>
internal static class RequestBounds
{
    /// <summary>Most parameters of a query string.</summary>
    public const int MostParameters = 200;

    /// <summary>Longest query string, in characters.</summary>
    public const int LongestQuery = 16 << 10;

    /// <summary>What the server itself holds to.</summary>
    public static void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = BodyLimits.Ordinary;
        // Longer than any line we take: what is too long is told in words by the bounds below.
        limits.MaxRequestLineSize = 256 << 10;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 << 10;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>Refuses what announces more than its route takes.</summary>
    public static void UseRequestBounds(this WebApplication app) => app.Use((http, next) =>
    {
        // The page that tells of it is shown in place of the same request.
        var told = http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
        return told || Refusal(http) is not { } refusal ? next(http) : Refuse(http, refusal);
    });

    private static Problem? Refusal(HttpContext http)
    {
        var query = http.Request.QueryString.Value ?? "";
        var most = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimits.Ordinary;
        return query.AsSpan().Count('&') >= MostParameters
                ? new Problem("too_many_parameters", StatusCodes.Status400BadRequest, Errors: [new FieldError("", "too_many", $"{MostParameters}")])
            : query.Length > LongestQuery ? new Problem("query_too_long", StatusCodes.Status414UriTooLong)
            : http.Request.ContentLength > most ? new Problem("body_too_large", StatusCodes.Status413PayloadTooLarge)
            : null;
    }

    private static Task Refuse(HttpContext http, Problem refusal)
    {
        if (http.IsApi())
        {
            return refusal.ExecuteAsync(http);
        }

        http.Response.StatusCode = refusal.Status;
        return Task.CompletedTask;
    }
}
