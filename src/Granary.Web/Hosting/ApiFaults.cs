using System.Text.Json;
using System.Text.RegularExpressions;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.Diagnostics;

namespace Granary.Web.Hosting;

/// <summary>Answers what goes wrong below /api as a problem: requests that cannot be read, and our own faults without their details.</summary>
internal sealed partial class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            JsonException fault => JsonFault.Of(fault),
            BadHttpRequestException { InnerException: JsonException fault } => JsonFault.Of(fault),
            BadHttpRequestException bad => Unreadable(bad),
            _ => null,
        };
        // By now the request's own path has been replaced by that of the error page.
        var path = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "";
        if (problem is null && !Faults.IsUnreadableQuery(exception))
        {
            log.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, path);
        }

        if (!ApiPaths.Holds(path))
        {
            return false;
        }

        await (problem ?? new Problem("internal_error", StatusCodes.Status500InternalServerError)).ExecuteAsync(httpContext);
        return true;
    }

    private static Problem Unreadable(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Problem("body_too_large", bad.StatusCode),
        StatusCodes.Status415UnsupportedMediaType => new Problem("unsupported_media_type", bad.StatusCode),
        _ when Parameter().Match(bad.Message) is { Success: true } found =>
            new Problem("bad_parameter", bad.StatusCode, Errors: [new FieldError(JsonNamingPolicy.CamelCase.ConvertName(found.Groups[1].Value), "wrong_type")]),
        _ => new Problem("bad_request", bad.StatusCode),
    };

    // Failed to bind parameter "int limit" from "many". / Required parameter "string company" was not provided from query string.
    [GeneratedRegex("""parameter "\S+ (\w+)" """)]
    private static partial Regex Parameter();
}
