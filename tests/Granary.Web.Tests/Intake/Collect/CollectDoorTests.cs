using System.Net;
using System.Net.Http.Json;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Granary.Web.Intake.Collect;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Intake.Collect;

public sealed class CollectDoorTests
{
    private const string Site = "https://www.example.com", Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";

    private readonly Guid _visitor = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_a_listed_page_reports_is_there_when_it_is_answered(DatabaseKind kind)
    {
        await using var office = await Opened(kind);
        using var http = Visitor(office);
        using var answer = await Beacon(http, new[] { Page("https://www.example.com/price?phone=13800138000"), Page("https://www.example.com/", "downloaded") });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Site, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        var touches = await office.Read(db => db.Set<VisitorTouch>().AsNoTracking().OrderBy(t => t.Kind).ToListAsync(Ct));
        Assert.Equal([(TouchKind.PageVisited, "www.example.com/price"), (TouchKind.Downloaded, "www.example.com/")], touches.Select(t => (t.Kind, t.Detail!)));
    }

    [Fact]
    public async Task Nothing_is_kept_of_programs_of_other_sites_or_of_who_has_not_agreed()
    {
        await using var office = await Opened(DatabaseKind.Sqlite);
        using var http = Visitor(office);
        using var other = await Beacon(http, Page(), origin: "https://evil.example.org");
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        using var unasked = await Beacon(http, new { visitor = _visitor, url = Site });
        Assert.Equal(HttpStatusCode.NoContent, unasked.StatusCode);
        using var program = Visitor(office, "Mozilla/5.0 (compatible; Googlebot/2.1)");
        using var crawled = await Beacon(program, Page());
        Assert.Equal(HttpStatusCode.NoContent, crawled.StatusCode);
        using var silent = office.Granary.CreateClient();
        using var mute = await Beacon(silent, Page());
        Assert.Equal(HttpStatusCode.NoContent, mute.StatusCode);
        Assert.Equal(0, await office.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Bad_reports_are_refused_by_name()
    {
        await using var office = await Opened(DatabaseKind.Sqlite);
        using var http = Visitor(office);
        async Task<string> Code(object body)
        {
            using var answer = await Beacon(http, body);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}";
        }

        Assert.Contains("\"field\":\"kind\",\"code\":\"not_allowed\"", await Code(Page(kind: "webinarAttended")), StringComparison.Ordinal);
        Assert.Contains("\"field\":\"visitor\",\"code\":\"required\"", await Code(new { consent = true }), StringComparison.Ordinal);
        Assert.Contains("too_many", await Code(Enumerable.Repeat(Page(), 101)), StringComparison.Ordinal);
        Assert.StartsWith("400", await Code(new { nonsense = 1 }), StringComparison.Ordinal);
        using var form = await http.PostAsync("/collect", new FormUrlEncodedContent([]), Ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        using var huge = await http.PostAsync("/collect", new StringContent(new string(' ', 70_000), Encoding.UTF8, "text/plain"), Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Fact]
    public async Task A_pace_that_nobody_reads_at_is_a_programs()
    {
        await using var office = await Opened(DatabaseKind.Sqlite);
        using var http = Visitor(office);
        for (var n = 0; n < 3; n++)
        {
            using var answer = await Beacon(http, Enumerable.Repeat(Page(), 100));
        }

        Assert.Equal(120, await office.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_browser_that_asks_is_told_whether_a_page_may_report()
    {
        await using var office = await Opened(DatabaseKind.Sqlite);
        using var http = Visitor(office);
        foreach (var (origin, status) in new[] { (Site, HttpStatusCode.NoContent), ("https://evil.example.org", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/collect");
            request.Headers.Add("Origin", origin);
            using var answer = await http.SendAsync(request, Ct);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_picture_counts_a_page_and_the_opening_of_a_mail_by_its_token(DatabaseKind kind)
    {
        await using var office = await Opened(kind);
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        using var http = Visitor(office);
        using var seen = await http.GetAsync($"/collect.gif?v={_visitor}&c=1&u=https%3A%2F%2Fwww.example.com%2Fa", Ct);
        Assert.Equal("image/gif", seen.Content.Headers.ContentType!.MediaType);
        var token = office.Granary.Services.GetRequiredService<MailOpens>().Issue(lead, Guid.NewGuid());
        foreach (var m in new[] { token, token, "forged" })
        {
            using var opened = await http.GetAsync($"/collect.gif?m={Uri.EscapeDataString(m)}", Ct);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        Assert.Equal("www.example.com/a", await office.Read(db => db.Set<VisitorTouch>().Select(t => t.Detail).SingleAsync(Ct)));
        Assert.Equal(TouchKind.MailOpened, await office.Read(db => db.Set<Touch>().Where(t => t.LeadId == lead).Select(t => t.Kind).SingleAsync(Ct)));
    }

    [Fact]
    public async Task The_script_is_small_and_says_whether_it_asks()
    {
        await using var office = await Opened(DatabaseKind.Sqlite);
        using var http = Visitor(office);
        var script = await http.GetStringAsync("/collect.js", Ct);
        Assert.InRange(Encoding.UTF8.GetByteCount(script), 500, CollectScript.Most);
        Assert.Contains("ask=true", script, StringComparison.Ordinal);
        Assert.Contains("ask=false", CollectScript.Of(asks: false), StringComparison.Ordinal);
    }

    internal static async Task<Office> Opened(DatabaseKind kind, FakeClock? clock = null)
    {
        var office = await Office.Open(kind, clock);
        await office.Granary.Services.GetRequiredService<SettingCache>().Change(
            scope =>
            {
                var policy = TrackingPolicy.BuiltIn with { RedirectHosts = ["example.com"], Origins = [Site] };
                var now = office.Granary.Services.GetRequiredService<TimeProvider>().Now;
                scope.Db.Add(new PolicyVersion { Kind = PolicyKind.Tracking.Name, Version = 2, Body = Json.Write(policy), CreatedAt = now, PublishedAt = now });
                return Task.CompletedTask;
            }, Ct);
        return office;
    }

    internal static HttpClient Visitor(Office office, string agent = Browser)
    {
        var http = office.Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
        return http;
    }

    private object Page(string url = "https://www.example.com/", string kind = "pageVisited") => new { visitor = _visitor, kind, url, consent = true };

    private static async Task<HttpResponseMessage> Beacon(HttpClient http, object body, string origin = Site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/collect") { Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "text/plain") };
        request.Headers.Add("Origin", origin);
        return await http.SendAsync(request, Ct);
    }
}
