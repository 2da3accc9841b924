using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Intake.Forms;

public sealed partial class FormDoorTests
{
    private const string Door = "/f/trial";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_visitor_without_scripts_sends_a_form_and_the_lead_tells_where_it_came_from(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var page = await Show(visitor, $"{Door}?utm_source=baidu&utm_campaign=spring&lang=en");
        Assert.Contains("<html lang=\"en\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        clock.Advance(TimeSpan.FromSeconds(20));

        using var sent = await Send(visitor, page, ("contact.name", "Zhang San"), ("contact.phones", "138 0013 8000"), ("company.size", "large"), ("contact.role", "decisionMaker"), ("budget.max", "500000"), ("consent", "true"));

        Assert.Equal((HttpStatusCode.SeeOther, "/f/trial/thanks?lang=en"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        Assert.Contains("contact you soon", await Show(visitor, "/f/trial/thanks?lang=en"), StringComparison.Ordinal);
        var lead = await office.Read(db => db.Set<Lead>().SingleAsync(Ct));
        Assert.Equal(("Zhang San", CompanySize.Large, BuyingRole.DecisionMaker, 500_000m), (lead.ContactName, lead.Size!.Value, lead.Role!.Value, lead.BudgetMax));
        var utm = Json.Read<UtmTags>(lead.Utm!);
        Assert.Equal(("baidu", "spring"), (utm.Source, utm.Campaign));
        Assert.Contains("utm_source=baidu", lead.LandingPage, StringComparison.Ordinal);
        Assert.Contains("\"textVersion\":\"7\"", lead.Consent, StringComparison.Ordinal);
        Assert.Equal(TouchKind.FormSubmitted, (await office.Read(db => db.Set<Touch>().SingleAsync(Ct))).Kind);
        Assert.Equal(0, lead.Findings);
    }

    [Theory, OnBothDatabases]
    public async Task A_form_sent_twice_lands_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var page = await Show(visitor, Door);
        clock.Advance(TimeSpan.FromSeconds(5));

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Send(visitor, page, Good)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.SeeOther, a.StatusCode));
        Assert.Equal(1, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_programs_send_looks_taken_in_and_is_held_for_a_check(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var page = await Show(visitor, Door);
        using var tooFast = await Send(visitor, page, Good);
        clock.Advance(TimeSpan.FromSeconds(5));
        using var trapped = await Send(visitor, await Later(visitor, clock), [.. Good, ("website", "http://spam.example")]);
        using var forged = await Send(visitor, "", Good);

        Assert.All(new[] { tooFast, trapped, forged }, a => Assert.Equal(HttpStatusCode.SeeOther, a.StatusCode));
        var leads = await office.Read(db => db.Set<Lead>().ToListAsync(Ct));
        var invalid = (await office.Granary.Services.GetRequiredService<SettingCache>().Get(Ct)).Pools.Invalid;
        Assert.Equal(3, leads.Count);
        Assert.All(leads, l => Assert.Equal((invalid, 8), (l.PoolId!.Value, l.Findings)));
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_form_comes_back_with_what_was_typed_and_what_is_wrong(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var page = await Later(visitor, clock);

        using var refused = await Send(visitor, page, ("contact.phones", "<b>\"x\"</b>"), ("contact.name", ""), ("lang", "en"));

        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("&lt;b&gt;", again, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>\"x", again, StringComparison.Ordinal);
        Assert.Contains("f-contact-name-error", again, StringComparison.Ordinal);
        Assert.Contains("f-consent-error", again, StringComparison.Ordinal);
        using var sent = await Send(visitor, again, Good);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(1, await office.Read(db => db.Set<Lead>().CountAsync(l => l.Findings == 0, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_page_that_stood_open_for_more_than_a_day_is_shown_again_with_what_was_typed(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var page = await Show(visitor, Door);
        clock.Advance(TimeSpan.FromHours(25));

        using var answer = await Send(visitor, page, Good);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("13800138000", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_form_may_stand_in_any_frame_and_leads_on_only_to_hosts_that_are_allowed(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Opened(kind, clock, "https://www.example.com/thanks", [("Granary:RedirectHosts:0", "example.com")]);
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        using var shown = await visitor.GetAsync(new Uri(Door, UriKind.Relative), Ct);
        var policy = shown.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors *", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self' https://www.example.com", policy, StringComparison.Ordinal);
        Assert.False(shown.Headers.Contains("X-Frame-Options"));
        clock.Advance(TimeSpan.FromSeconds(5));

        using var sent = await Send(visitor, await shown.Content.ReadAsStringAsync(Ct), Good);
        using var script = await visitor.GetAsync(new Uri($"{Door}/embed.js", UriKind.Relative), Ct);

        Assert.Equal("https://www.example.com/thanks", sent.Headers.Location!.ToString());
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_form_that_is_closed_or_unknown_takes_nothing()
    {
        await using var office = await Opened(DatabaseKind.Sqlite, new FakeClock());
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        using var shown = await visitor.GetAsync(new Uri("/f/none", UriKind.Relative), Ct);
        using var sent = await visitor.PostAsync(new Uri("/f/none", UriKind.Relative), new FormUrlEncodedContent([]), Ct);
        using var json = await visitor.PostAsync(new Uri(Door, UriKind.Relative), new StringContent("{}"), Ct);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.UnsupportedMediaType], new[] { shown, sent, json }.Select(a => a.StatusCode));
    }

    private static (string, string)[] Good => [("contact.name", "张三"), ("contact.phones", "13800138000"), ("consent", "true")];

    private static async Task<Office> Opened(DatabaseKind kind, FakeClock clock, string? redirect = null, IReadOnlyList<(string Key, string Value)>? settings = null)
    {
        var office = await Office.Open(kind, clock, settings ?? []);
        var services = office.Granary.Services;
        var setting = await services.GetRequiredService<SettingCache>().Get(Ct);
        var actor = setting.People.Keys.Single();
        FormField Field(string path, bool required = false) => new(path, required, new Dictionary<string, string>());
        var design = new FormDesign
        {
            Title = new Dictionary<string, string> { ["zh-CN"] = "免费试用", ["en"] = "Free trial" },
            Fields = [Field("contact.name", true), Field("contact.phones", true), Field("company.size"), Field("contact.role"), Field("budget.max"), Field("requirement"), Field("custom.plant")],
            ConsentText = new Dictionary<string, string> { ["zh-CN"] = "同意联系", ["en"] = "You may contact me" },
            ConsentVersion = "7",
            RedirectTo = redirect,
        };
        var saved = await services.GetRequiredService<SaveForm>().Create(actor, new FormInput("Trial", "trial", setting.Channels.All[0].Id, true, design), Ct);
        Assert.IsType<SettingResult.Done>(saved);
        return office;
    }

    private static async Task<string> Later(HttpClient visitor, FakeClock clock)
    {
        var page = await Show(visitor, Door);
        clock.Advance(TimeSpan.FromSeconds(3));
        return page;
    }

    private static async Task<string> Show(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        return page;
    }

    private static Task<HttpResponseMessage> Send(HttpClient visitor, string page, params (string Name, string Value)[] typed)
    {
        var hidden = Hidden().Matches(page).Select(m => (Name: m.Groups[1].Value, Value: WebUtility.HtmlDecode(m.Groups[2].Value)));
        var fields = hidden.Where(h => typed.All(t => t.Name != h.Name)).Concat(typed);
        return visitor.PostAsync(new Uri(Door, UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))), Ct);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)"\s*/?>""")]
    private static partial Regex Hidden();
}
