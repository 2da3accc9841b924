using Granary.Application.Intake.Collect;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Web.Hosting;
using Granary.Web.Intake.Collect;
using Granary.Web.Intake.Forms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Links;

/// <summary>Tracked links at <c>/t/{code}</c> (§3 Links): counts who comes, and leads on to listed hosts and our own forms only.</summary>
public sealed class LinkDoor(LinkBook links, CollectTouches collect, VisitorPace pace, TimeProvider time, IStringLocalizer<IntakeTexts> texts)
{
    internal static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/t/{code}", (string code, LinkDoor door, HttpContext http) => door.Open(code, http))
        .AllowAnonymous().ExcludeFromDescription().RequireRateLimiting(PublicLimit.Collect);

    private async Task Open(string code, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var tracking = http.Features.GetRequiredFeature<Setting>().Tracking;
        // A host that was taken off the list is led to no more, whatever the link was made for.
        if (await links.Find(code, http.RequestAborted) is not { Retired: false } link || !tracking.AllowsTarget(link.Target))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await new RazorComponentResult<FormMessage>(new { Title = texts["link.gone"].Value, Text = texts["link.gone.detail"].Value }) { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(http);
            return;
        }

        if (!tracking.IsProgram(http.Request.Headers.UserAgent, http.Request.Headers.AcceptLanguage))
        {
            await Count(link, tracking, http);
        }

        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = link.Address;
    }

    private async Task Count(LinkCard link, TrackingPolicy tracking, HttpContext http)
    {
        var visitor = VisitorCookie.Known(http) ?? (tracking.AsksConsent ? null : VisitorCookie.Give(http));
        Collected[] touches = visitor is { } id && pace.Takes(id, tracking.TouchesPerMinute)
            ? [new Collected { VisitorId = id, Kind = TouchKind.ModuleClicked, At = time.Now, Detail = PageOf(link.Target), ChannelId = link.ChannelId, Campaign = link.Campaign ?? link.Utm.Campaign, Keyword = link.Utm.Term, Content = link.Content ?? link.Utm.Content, LinkId = link.Id }]
            : [];
        await collect.Submit(new Report(touches, new LinkClick(link.Id, visitor)), http.RequestAborted);
    }

    private static string PageOf(string target) => PageTouch.Page(target, Application.Ownership.TouchLead.Detail) ?? target.Split('?', '#')[0];
}
