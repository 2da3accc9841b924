using Microsoft.AspNetCore.Diagnostics;

namespace Granary.Web.Hosting;

/// <summary>What is answered when something goes wrong: a problem below /api, a page everywhere else.</summary>
internal static class Faults
{
    public static void UseFaultAnswers(this WebApplication app)
    {
        // A page that failed has used up its scope; the one that tells of it gets its own.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            // A form that cannot be read, or comes without its token, is the sender's fault.
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : IsUnreadableQuery(fault) ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError,
        });
        // Outermost, so that it finds the API's answers already written; a branch of its own would not find the routes.
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.UseWhen(
            ApiPaths.IsApi,
            api => api.UseStatusCodePages(context => Describe(context.HttpContext).ExecuteAsync(context.HttpContext)));
        app.Use((http, next) =>
        {
            // The page that tells of a failed form is only shown, whatever the form wanted.
            if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                http.Request.Method = HttpMethods.Get;
            }

            return next(http);
        });
    }

    /// <summary>Whether a page could not read its query string, as where a word stands for an id; the framework has no exception of its own for it.</summary>
    public static bool IsUnreadableQuery(Exception fault) =>
        fault is InvalidOperationException { TargetSite.DeclaringType: { IsGenericType: true, Namespace: "Microsoft.AspNetCore.Components.Routing" } place }
        && place.Name.Contains("UrlValueConstraint", StringComparison.Ordinal);

    private static Problem Describe(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status400BadRequest && UnreadParameters.Of(http) is { Count: > 0 } errors
            ? Problem.BadParameter(errors)
            : Describe(http.Response.StatusCode);

    private static Problem Describe(int status) => new(
        status switch
        {
            StatusCodes.Status401Unauthorized => "unauthenticated",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            StatusCodes.Status413PayloadTooLarge => "body_too_large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            StatusCodes.Status429TooManyRequests => "too_many_requests",
            >= 500 => "internal_error",
            _ => "bad_request",
        },
        status);
}
