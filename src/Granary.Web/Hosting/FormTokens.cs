using Microsoft.AspNetCore.Antiforgery;

namespace Granary.Web.Hosting;

/// <summary>
/// Whatever changes something outside the API is sent by a form of ours: it carries the token of the reader's own session, or is refused.
/// The API needs none, since it counts keys and no cookies.
/// </summary>
internal static class FormTokens
{
    /// <summary>Refuses what comes without its token; after <c>UseAntiforgery</c>, which looks at those forms the framework binds.</summary>
    public static void UseFormTokens(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.IsApi() || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
            || http.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<OwnGuardAttribute>() is not null)
        {
            await next(http);
        }
        else if (await Refusal(http) is { } status)
        {
            http.Response.StatusCode = status;
        }
        else
        {
            await next(http);
        }
    });

    private static async Task<int?> Refusal(HttpContext http)
    {
        try
        {
            return http.Features.Get<IAntiforgeryValidationFeature>() switch
            {
                { IsValid: true } => null,
                { Error: { } error } => Status(error),
                _ => await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http) ? null : StatusCodes.Status400BadRequest,
            };
        }
        catch (AntiforgeryValidationException e)
        {
            return Status(e);
        }
    }

    // The token could not be read because the form itself could not be: that is what the sender should hear.
    private static int Status(Exception fault) => fault.InnerException is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
}

/// <summary>Marks a route outside the API that takes posts without a form of ours, and says what guards it instead.</summary>
/// <param name="guard">What guards it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OwnGuardAttribute(string guard) : Attribute
{
    /// <summary>What guards it.</summary>
    public string Guard => guard;
}
