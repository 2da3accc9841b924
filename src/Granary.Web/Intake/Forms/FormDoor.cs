using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Intake.Collect;
using Granary.Web.Intake.Links;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Forms;

/// <summary>Hosted forms at <c>/f/{form}</c> (§3 Forms): for everybody, in any frame, without JavaScript.</summary>
public sealed class FormDoor(Store store, LeadIntake intake, FormTickets tickets, RedirectHosts redirects, LinkBook links, FormCampaign campaigns, TimeProvider time, IStringLocalizer<IntakeTexts> texts)
{
    private const string Policy = $"frame-ancestors *; {SecurityHeaders.Sources}";

    internal static void Map(IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/f/{slug}").AllowAnonymous().ExcludeFromDescription().WithMetadata(new EmbeddableAttribute(), new OwnGuardAttribute("The form's signed ticket; frames of other sites send no cookie of ours.")).RequireRateLimiting(PublicLimit.Anonymous);
        forms.MapGet("/", (string slug, FormDoor door, HttpContext http) => door.Show(slug, http));
        forms.MapPost("/", (string slug, FormDoor door, HttpContext http) => door.Take(slug, http));
        forms.MapGet("/thanks", (string slug, FormDoor door, HttpContext http) => door.Thank(slug, http));
        forms.MapGet("/embed.js", FormEmbed.Script);
    }

    private async Task Show(string slug, HttpContext http)
    {
        Speak(http.Request.Query["lang"]);
        if (await Find(slug, http) is { } form)
        {
            await Page(http, form, FormEntry.Opened(http.Request), []);
        }
    }

    private async Task Take(string slug, HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var entry = FormEntry.Posted(await http.Request.ReadFormAsync(http.RequestAborted));
        Speak(entry["lang"]);
        if (await Find(slug, http) is not { } form)
        {
            return;
        }

        var design = Json.Read<FormDesign>(form.Design);
        var setting = http.Features.GetRequiredFeature<Setting>();
        var ticket = tickets.Read(form.Id, entry["ticket"]);
        var (submission, errors) = entry.Read(design, setting.Channels.Path(form.ChannelId), FormWords.Say(design.ConsentText).Length > 0, time.Now, setting.Calendar.Zone);
        if (ticket.State == TicketState.Expired || submission is null)
        {
            await Page(http, form, entry, errors, ticket.State == TicketState.Expired ? "form.expired" : null);
            return;
        }

        var link = await links.Find(entry[LinkAddress.Parameter], http.RequestAborted);
        var credited = Credit(submission, link, setting);
        var request = new IntakeRequest
        {
            Submission = credited with { Campaign = credited.Campaign ?? await campaigns(form.Id, http.RequestAborted), RemoteAddress = http.Connection.RemoteIpAddress?.ToString() },
            VisitorId = entry.Visitor ?? VisitorCookie.Known(http) ?? (entry.Consents || !setting.Tracking.AsksConsent ? VisitorCookie.Give(http) : null),
            LinkId = link?.Id,
            Idempotency = FormEntry.Key(ticket),
            Suspicion = Suspicion(entry, ticket),
        };
        if (await intake.Submit(request, http.RequestAborted) is IntakeResult.Refused(var refused))
        {
            await Page(http, form, entry, refused);
            return;
        }

        var next = design.RedirectTo is { } address && redirects.Allows(address) ? new Uri(address).AbsoluteUri : $"/f/{form.Slug}/thanks?lang={CultureInfo.CurrentUICulture.Name}";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = next;
    }

    private async Task Thank(string slug, HttpContext http)
    {
        Speak(http.Request.Query["lang"]);
        if (await Find(slug, http) is { } form)
        {
            var design = Json.Read<FormDesign>(form.Design);
            await Say(http, FormWords.Say(design.Title), FormWords.Say(design.ThankYou) is { Length: > 0 } own ? own : texts["form.thanks"]);
        }
    }

    // What a link says of itself counts for who comes by it; what the address said besides stays.
    private static LeadSubmission Credit(LeadSubmission submission, LinkCard? link, Setting setting) => link is null ? submission : submission with
    {
        Channel = link.ChannelId is { } channel && setting.Channels.Path(channel) is { Length: > 0 } path ? path : submission.Channel,
        Campaign = link.Campaign ?? submission.Campaign,
        Content = link.Content ?? submission.Content,
        Utm = new UtmTags(
            submission.Utm.Source ?? link.Utm.Source, submission.Utm.Medium ?? link.Utm.Medium, submission.Utm.Campaign ?? link.Utm.Campaign,
            submission.Utm.Term ?? link.Utm.Term, submission.Utm.Content ?? link.Utm.Content),
        // Who has left is credited with nothing new.
        ReferredBy = link.UserId is { } sharer && setting.People.GetValueOrDefault(sharer) is { Status: not PersonStatus.Departed } ? sharer.ToString() : submission.ReferredBy,
    };

    // What gives a machine away. It sees what a person sees; the lead is held for a check, never dropped (§4).
    private static string? Suspicion(FormEntry entry, FormTicket ticket) =>
        entry[FormEntry.Trap].Length > 0 ? "honeypot"
        : ticket.State == TicketState.TooFast ? "too_fast"
        : ticket.State == TicketState.Forged ? "no_ticket"
        : null;

    private async Task<Form?> Find(string slug, HttpContext http)
    {
        await using var db = store.Open();
        if (await db.Set<Form>().AsNoTracking().SingleOrDefaultAsync(f => f.Slug == slug && f.Open, http.RequestAborted) is { } form)
        {
            return form;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        await Say(http, texts["form.closed"], texts["form.closed.detail"]);
        return null;
    }

    private async Task Page(HttpContext http, Form form, FormEntry entry, IReadOnlyList<FieldError> errors, string? notice = null)
    {
        var design = Json.Read<FormDesign>(form.Design);
        http.Response.StatusCode = errors.Count > 0 || notice is not null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        // Browsers hold the address that a sent form leads on to against this as well.
        http.Response.Headers.ContentSecurityPolicy = design.RedirectTo is { } address && redirects.Allows(address) ? $"{Policy} {new Uri(address).GetLeftPart(UriPartial.Authority)}" : Policy;
        await new RazorComponentResult<FormPage>(new
        {
            form.Slug,
            Design = design,
            Entry = entry,
            Ticket = errors.Count > 0 && tickets.Read(form.Id, entry["ticket"]).State is TicketState.Good or TicketState.TooFast ? entry["ticket"] : tickets.Issue(form.Id),
            Errors = errors,
            Notice = notice,
        }).ExecuteAsync(http);
    }

    private static Task Say(HttpContext http, string title, string text) =>
        new RazorComponentResult<FormMessage>(new { Title = title, Text = text }) { StatusCode = http.Response.StatusCode }.ExecuteAsync(http);

    private static void Speak(string? language)
    {
        if (language is not null && FormRules.Languages.Contains(language))
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        }
    }
}
