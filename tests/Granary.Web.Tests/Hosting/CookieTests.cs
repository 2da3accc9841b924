using System.Net;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Hosting;

public sealed class CookieTests
{
    [Fact]
    public async Task Over_https_every_cookie_belongs_to_this_host_alone_and_the_session_works_with_them()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:AllowedHosts", "crm.example.com")]);
        var jar = new Jar();
        using var http = office.Granary.CreateDefaultClient(new Uri("https://crm.example.com"), jar);
        using var browser = new People.Browser(http);

        Assert.Equal("/", (await browser.SignIn(Office.AdminMail, Office.Password)).To);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/people")).Status);
        await browser.Open("/language?to=en");
        Assert.Contains("lang=\"en\"", (await browser.Open("/settings/people")).Text, StringComparison.Ordinal);
        await browser.Open("/theme?to=dark");

        Assert.True(jar.Set.Count > 3);
        Assert.All(jar.Set, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("max-age=31536000", jar.Transport);
    }

    [Fact]
    public async Task Over_https_a_cookie_without_the_prefix_is_nobodys()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:AllowedHosts", "crm.example.com")]);
        using var http = office.Granary.CreateDefaultClient(new Uri("https://crm.example.com"));

        async Task<string> Page(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
            request.Headers.Add("Cookie", cookie);
            using var answer = await http.SendAsync(request, Office.Ct);
            return await answer.Content.ReadAsStringAsync(Office.Ct);
        }

        Assert.Contains("data-theme=\"auto\"", await Page("theme=dark"), StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", await Page("x=y; __Host-theme=dark"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_https_no_cookie_claims_it_and_nothing_is_promised_about_transport()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:AllowedHosts", "crm.example.com")]);
        var jar = new Jar();
        using var http = office.Granary.CreateDefaultClient(new Uri("http://crm.example.com"), jar);
        using var browser = new People.Browser(http);

        Assert.Equal("/", (await browser.SignIn(Office.AdminMail, Office.Password)).To);

        Assert.All(jar.Set, cookie =>
        {
            Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Null(jar.Transport);
    }

    /// <summary>Keeps cookies as a browser does, and what was set word for word.</summary>
    private sealed class Jar : DelegatingHandler
    {
        private readonly CookieContainer _kept = new();

        public List<string> Set { get; } = [];

        public string? Transport { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_kept.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
            {
                request.Headers.Add("Cookie", header);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            Transport = answer.Headers.TryGetValues("Strict-Transport-Security", out var promised) ? promised.Single() : Transport;
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                Set.Add(cookie);
                _kept.SetCookies(request.RequestUri!, cookie);
            }

            return answer;
        }
    }
}
