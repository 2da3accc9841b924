using System.Text.Json;
using Granary.Application.Intake.Collect;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Web.Intake.Collect;

/// <summary>
/// Where pages report what visitors do: <c>POST /collect</c>, the picture <c>/collect.gif</c>, and the script that uses them. What
/// is answered with 204 is durable, or of a program, or of somebody who has not agreed; nobody is told which.
/// </summary>
public sealed class CollectDoor(CollectTouches collect, LinkBook links, MailOpens opens, VisitorPace pace, TimeProvider time)
{
    /// <summary>Most bytes of a report.</summary>
    private const int MostBytes = 64 << 10;

    // The smallest picture there is: one transparent point.
    private static readonly byte[] Point = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    internal static void Map(IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().RequireRateLimiting(PublicLimit.Collect)
            .WithMetadata(new OwnGuardAttribute("Origins that an administrator lists; it reads no cookie and gives nothing away."));
        door.MapPost("/collect", (CollectDoor collector, HttpContext http) => collector.Take(http)).LimitBody(MostBytes);
        door.MapGet("/collect.gif", (CollectDoor collector, HttpContext http) => collector.Picture(http));
        door.MapGet("/collect.js", CollectScript.Give);
        app.MapMethods("/collect", ["OPTIONS"], (CollectDoor collector, HttpContext http) => collector.Ask(http)).AllowAnonymous().ExcludeFromDescription()
            .WithMetadata(new UnlimitedAttribute("A browser asks before it reports; the answer stands in the settings."));
    }

    private static Setting Setting(HttpContext http) => http.Features.GetRequiredFeature<Setting>();

    private IResult Ask(HttpContext http)
    {
        if (!Allows(http))
        {
            return new Problem("origin_not_allowed", StatusCodes.Status403Forbidden);
        }

        http.Response.Headers.AccessControlAllowMethods = "POST";
        http.Response.Headers.AccessControlAllowHeaders = "content-type";
        http.Response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    private async Task<IResult> Take(HttpContext http)
    {
        if (!Allows(http))
        {
            return new Problem("origin_not_allowed", StatusCodes.Status403Forbidden);
        }

        if (http.Request.ContentType?.Split(';')[0].Trim() is not ("application/json" or "text/plain"))
        {
            return new Problem("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType);
        }

        IReadOnlyList<PageTouchBody> touches;
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            touches = PageTouchBody.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (JsonException)
        {
            return new Problem("broken_json", StatusCodes.Status400BadRequest);
        }

        FieldError[] errors = touches.Count is 0 or > PageTouch.Most
            ? [touches.Count == 0 ? new FieldError("", "required") : new FieldError("", "too_many", $"{PageTouch.Most}")]
            : [.. touches.Index().SelectMany(t => t.Item.Errors(touches.Count == 1 ? "" : $"[{t.Index}]."))];
        if (errors.Length > 0)
        {
            return Problem.Invalid(errors);
        }

        await Submit(touches, http);
        return TypedResults.NoContent();
    }

    // A sign-off is between what came before it and what comes after.
    private async Task Submit(IReadOnlyList<PageTouchBody> touches, HttpContext http)
    {
        var setting = Setting(http);
        if (IsProgram(http))
        {
            return;
        }

        List<Task> submitted = [];
        List<Collected> taken = [];
        Guid? signedOff = null;
        foreach (var touch in touches)
        {
            if (touch.SignOff)
            {
                Hand();
                signedOff = touch.Visitor;
            }
            else if ((touch.Consent || !setting.Tracking.AsksConsent) && pace.Takes(touch.Visitor!.Value, setting.Tracking.TouchesPerMinute))
            {
                taken.Add(touch.Read(setting, await links.Find(touch.Link, http.RequestAborted), time.Now));
            }
        }

        Hand();
        await Task.WhenAll(submitted);

        void Hand()
        {
            if (taken.Count > 0 || signedOff is not null)
            {
                submitted.Add(collect.Submit(new Report(taken, SignedOff: signedOff), http.RequestAborted));
                (taken, signedOff) = ([], null);
            }
        }
    }

    private async Task<IResult> Picture(HttpContext http)
    {
        var query = http.Request.Query;
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        http.Response.Headers.CacheControl = "no-store";
        if (query["m"].ToString() is { Length: > 0 and < 1_000 } token)
        {
            // Programs of mail fetch pictures without saying a language, so that only the token counts.
            if (opens.Read(token) is var (lead, mail))
            {
                await collect.Submit(new Report([new Collected { LeadId = lead, Kind = TouchKind.MailOpened, At = time.Now, Detail = $"{mail:N}" }]), http.RequestAborted);
            }
        }
        else if (Guid.TryParse(query["v"], out var visitor))
        {
            var page = query["u"].ToString() is { Length: > 0 } stated ? stated : http.Request.Headers.Referer.ToString();
            var touch = new PageTouchBody(visitor, Url: page, Link: query["l"], Consent: query["c"] == "1");
            if (!touch.Errors("").Any() && (http.Request.Headers.Referer.Count == 0 || AllowsPage(http)))
            {
                await Submit([touch], http);
            }
        }

        return TypedResults.Bytes(Point, "image/gif");
    }

    private static bool IsProgram(HttpContext http) => Setting(http).Tracking.IsProgram(http.Request.Headers.UserAgent, http.Request.Headers.AcceptLanguage);

    private static bool AllowsPage(HttpContext http) => Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page) && Allows(http, page.GetLeftPart(UriPartial.Authority));

    private static bool Allows(HttpContext http, string origin) => origin == $"{http.Request.Scheme}://{http.Request.Host}" || Setting(http).Tracking.AllowsOrigin(origin);

    // A browser says where a post comes from; what says nothing is no page of somebody else's.
    private static bool Allows(HttpContext http)
    {
        http.Response.Headers.Vary = "Origin";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin)
        {
            return true;
        }

        if (!Allows(http, origin))
        {
            return false;
        }

        // A beacon is sent with cookies whether it wants to or not, and is blocked where that is not said to be right; none is read.
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlAllowCredentials = "true";
        return true;
    }
}
