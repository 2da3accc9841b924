using System.Globalization;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Domain.Privacy;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Privacy;

/// <summary>A person's own page at <c>/privacy/{token}</c>: what they agreed to, and a button to end it. Needs no sign-in and no script.</summary>
public sealed class OwnDoor(PrivacyLinks links, SaveConsent save)
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    internal static void Map(IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/privacy/{token}").AllowAnonymous().ExcludeFromDescription().WithMetadata(new OwnGuardAttribute("The address, which nobody can guess; it is opened without a session.")).RequireRateLimiting(PublicLimit.Anonymous);
        own.MapGet("/", (string token, OwnDoor door, HttpContext http) => door.Show(token, http, null));
        own.MapPost("/", (string token, OwnDoor door, HttpContext http) => door.Withdraw(token, http));
    }

    private async Task Withdraw(string token, HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var purpose = (await http.Request.ReadFormAsync(http.RequestAborted))["purpose"].ToString();
        var done = links.Read(token) is { } lead && purpose.Length is > 0 and <= Domain.Capture.FieldLimits.Consent && await save.WithdrawOwn(lead, purpose, http.RequestAborted);
        await Show(token, http, done ? purpose : null);
    }

    private async Task Show(string token, HttpContext http, string? ended)
    {
        if (http.Request.Query["lang"].ToString() is var language && ConsentPurpose.Languages.Contains(language))
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        }

        var history = links.Read(token) is { } lead ? await save.Own(lead, http.RequestAborted) : null;
        http.Response.StatusCode = history is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        // The address is the key; it is told to nobody.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var setting = http.Features.GetRequiredFeature<Setting>();
        await new RazorComponentResult<OwnPage>(new { Token = token, History = history, Ended = ended, Organisation = setting.Organisation.Name }) { StatusCode = http.Response.StatusCode }.ExecuteAsync(http);
    }
}
