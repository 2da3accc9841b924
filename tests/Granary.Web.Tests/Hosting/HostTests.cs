using System.Net;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Hosting;
using Granary.Web.Tests.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Granary.Web.Tests.Hosting;

/// <summary>Under which names we answer, and whose word counts about where a request comes from.</summary>
public sealed class HostTests
{
    private const string Proxy = "203.0.113.9";

    [Fact]
    public async Task Only_names_of_ours_are_answered()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:AllowedHosts", "crm.example.com, *.granary.example")]);
        string[] known = ["localhost", "localhost:8080", "127.0.0.1", "[::1]:5080", "crm.example.com", "CRM.example.com:443", "east.granary.example", "198.51.100.4"];
        string[] unknown = ["", "granary.example", "evil.example", "crm.example.com.evil.example", "evilgranary.example", "localhost.evil.example", "198.51.100.5"];

        foreach (var host in known.Concat(unknown))
        {
            foreach (var path in new[] { "/sign-in", "/health/live", "/app.css" })
            {
                var answer = await office.Granary.Server.SendAsync(http =>
                {
                    http.Connection.LocalIpAddress = IPAddress.Parse("198.51.100.4");
                    (http.Request.Path, http.Request.Host) = (path, new HostString(host));
                }, Office.Ct);
                Assert.True(answer.Response.StatusCode == (known.Contains(host) ? 200 : 400), $"{host} {path}: {answer.Response.StatusCode}");
                Assert.True(known.Contains(host) || answer.Response.ContentType == "text/plain; charset=utf-8");
            }
        }
    }

    [Fact]
    public async Task The_api_tells_of_an_unknown_name_by_its_code()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var problem = await Office.Send(office.Admin, HttpMethod.Get, "http://evil.example/api/v1/me", null, HttpStatusCode.BadRequest);
        Assert.Equal("unknown_host", problem.GetProperty("code").GetString());
    }

    [Fact]
    public void A_name_that_the_addresses_name_is_ours_and_one_that_is_none_is_told_at_the_start()
    {
        Assert.True(Names(("urls", "http://crm.example.com:80;https://+:443")).Knows(Asking("crm.example.com")));
        Assert.False(Names(("urls", "https://+:443")).Knows(Asking("crm.example.com")));
        Assert.True(Names(("Granary:AllowedHosts", "*")).Knows(Asking("anything.example")));
        Assert.Throws<UnusableConfigurationException>(object? () => Names(("Granary:AllowedHosts", "http://crm.example.com")));

        static HostNames Names(params (string Key, string Value)[] settings) =>
            new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        static DefaultHttpContext Asking(string host) => new() { Request = { Host = new HostString(host) } };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_said_to_be_forwarded_counts_only_from_a_proxy_that_is_named(bool named)
    {
        await using var office = await Office.Open(
            DatabaseKind.Sqlite,
            settings: [("Granary:TrustedProxies", named ? $"10.0.0.0/8, {Proxy}" : "10.0.0.0/8"), ("Granary:AllowedHosts", "crm.example.com"), ("Granary:AnonymousRequestsPerMinute", "2")]);

        List<int> answers = [];
        for (var i = 1; i <= 3; i++)
        {
            answers.Add((await Forwarded(office.Granary, "/sign-in", $"192.0.2.{i}, 10.1.1.1")).Response.StatusCode);
        }

        Assert.Equal(named ? [200, 200, 200] : [200, 200, 429], answers);
        var cookie = (await Forwarded(office.Granary, "/language?to=en", "192.0.2.77", "10.9.9.9")).Response.Headers.SetCookie.ToString();
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        cookie = named ? (await Forwarded(office.Granary, "/language?to=en", "192.0.2.88")).Response.Headers.SetCookie.ToString() : (await Forwarded(office.Granary, "/language?to=en", "192.0.2.88", "198.51.100.1")).Response.Headers.SetCookie.ToString();
        Assert.Equal(named, cookie.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Equal(named, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        var led = (await Forwarded(office.Granary, "/settings/me", "192.0.2.99", named ? Proxy : "198.51.100.2")).Response.Headers;
        Assert.StartsWith(named ? "https://crm.example.com/" : "http://localhost/", led.Location.ToString(), StringComparison.Ordinal);
        Assert.Equal(named, led.StrictTransportSecurity.Count > 0);
    }

    [Fact]
    public async Task A_name_that_a_proxy_forwards_is_held_to_the_list_as_well()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:TrustedProxies", Proxy)]);
        Assert.Equal(400, (await Forwarded(office.Granary, "/sign-in", "192.0.2.1")).Response.StatusCode);
    }

    private static Task<HttpContext> Forwarded(GranaryFactory granary, string path, string client, string from = Proxy) => granary.Server.SendAsync(http =>
    {
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        var at = path.IndexOf('?', StringComparison.Ordinal);
        (http.Request.Path, http.Request.QueryString) = at < 0 ? (path, QueryString.Empty) : (path[..at], new QueryString(path[at..]));
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("localhost"));
        http.Request.Headers["X-Forwarded-For"] = client;
        http.Request.Headers["X-Forwarded-Proto"] = client.Contains(',', StringComparison.Ordinal) ? "https, https" : "https";
        http.Request.Headers["X-Forwarded-Host"] = client.Contains(',', StringComparison.Ordinal) ? "crm.example.com, crm.example.com" : "crm.example.com";
    }, Office.Ct);
}
