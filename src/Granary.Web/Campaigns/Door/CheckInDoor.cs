using System.Globalization;
using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Intake.Forms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Campaigns.Door;

/// <summary>
/// The public page of a campaign at <c>/c/{code}</c> (§14 check-in page): for everybody, on a phone, without JavaScript. Before the event it
/// registers, while it is on it checks in. It shows the same to those who are known and those who are not.
/// </summary>
public sealed class CheckInDoor(CheckInPeople door, FormTickets tickets, TimeProvider time, IStringLocalizer<CampaignTexts> texts)
{
    /// <summary>Fields of the page.</summary>
    internal static readonly string[] Fields = ["name", "phone", "company", "title"];

    internal static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/c/{code}").AllowAnonymous().ExcludeFromDescription().WithMetadata(new OwnGuardAttribute("The page's signed ticket; nobody is signed in here.")).RequireRateLimiting(PublicLimit.Anonymous);
        pages.MapGet("/", (string code, CheckInDoor door, HttpContext http) => door.Show(code, http));
        pages.MapPost("/", (string code, CheckInDoor door, HttpContext http) => door.Take(code, http));
        pages.MapGet("/thanks", (string code, CheckInDoor door, HttpContext http) => door.Thank(code, http));
    }

    private async Task Show(string code, HttpContext http)
    {
        Speak(http.Request.Query["lang"]);
        if (await Find(code, http) is { } campaign)
        {
            await Page(http, campaign, new Dictionary<string, string> { ["by"] = Employee(http.Request.Query["by"]) ?? "" }, []);
        }
    }

    private async Task Take(string code, HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = Fields.Append("by").ToDictionary(f => f, f => form[f].ToString().Trim());
        Speak(form["lang"]);
        if (await Find(code, http) is not { } campaign)
        {
            return;
        }

        var ticket = tickets.Read(campaign.Id, form["ticket"]);
        List<FieldError> errors = form[FormEntry.ConsentBox] == "true" ? [] : [new FieldError(FormEntry.ConsentBox, "required")];
        if (ticket.State == TicketState.Expired || errors.Count > 0)
        {
            await Page(http, campaign, typed, errors, ticket.State == TicketState.Expired ? "door.expired" : null);
            return;
        }

        var suspicion = form[FormEntry.Trap].ToString().Length > 0 ? "honeypot" : ticket.State == TicketState.TooFast ? "too_fast" : ticket.State == TicketState.Forged ? "no_ticket" : null;
        var input = new CheckInInput(typed["name"], typed["phone"], Some(typed["company"]), Some(typed["title"]), Employee(typed["by"]), new Consent(FormEntry.Purpose, "1", time.GetUtcNow()));
        var setting = http.Features.GetRequiredFeature<Setting>();
        errors.AddRange(await door.Arrive(campaign, input, setting.Campaigns.Channel, FormEntry.Key(ticket), suspicion, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted));
        if (errors.Count > 0)
        {
            await Page(http, campaign, typed, errors, kept: ticket.State is TicketState.Good or TicketState.TooFast ? form["ticket"].ToString() : null);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{CampaignUrls.Door(campaign.Code)}/thanks?lang={CultureInfo.CurrentUICulture.Name}";
    }

    private async Task Thank(string code, HttpContext http)
    {
        Speak(http.Request.Query["lang"]);
        if (await Find(code, http) is { } campaign)
        {
            await Say(http, campaign.Name, texts[campaign.Running ? "door.thanks" : "door.registered"]);
        }
    }

    private async Task<PublicCampaign?> Find(string code, HttpContext http)
    {
        if (code.Length <= 60 && await door.Find(code, http.RequestAborted) is { } campaign)
        {
            return campaign;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        await Say(http, texts["door.closed"], texts["door.closed.line"]);
        return null;
    }

    private async Task Page(HttpContext http, PublicCampaign campaign, IReadOnlyDictionary<string, string> typed, List<FieldError> errors, string? notice = null, string? kept = null)
    {
        http.Response.StatusCode = errors.Count > 0 || notice is not null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        await new RazorComponentResult<CheckInPage>(new { Campaign = campaign, Typed = typed, Ticket = kept ?? tickets.Issue(campaign.Id), Errors = errors, Notice = notice }).ExecuteAsync(http);
    }

    private static Task Say(HttpContext http, string title, string text) => new RazorComponentResult<FormMessage>(new { Title = title, Text = text, OwnWindow = true }) { StatusCode = http.Response.StatusCode }.ExecuteAsync(http);

    private static string? Some(string text) => text.Length == 0 ? null : text;

    // What an address carries is nobody's word: only an id of ours is kept.
    private static string? Employee(string? by) => Guid.TryParse(by, out var id) ? id.ToString() : null;

    private static void Speak(string? language)
    {
        if (language is not null && FormRules.Languages.Contains(language))
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        }
    }
}
