using System.Net;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Hosting;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/me")]
    [InlineData("/app.css")]
    [InlineData("/nowhere")]
    [InlineData("/api/docs/index.html")]
    public async Task Every_answer_forbids_what_we_never_do(string path)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);

        var headers = (await http.Get(path)).Response.Headers;

        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.Contains("geolocation=()", Assert.Single(headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        // What ships with the product may be kept.
        Assert.Equal(path is not ("/app.css" or "/api/docs/index.html"), headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task Forwarded_headers_count_only_from_proxies_that_are_named()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        await using var granary = new GranaryFactory(database) { Settings = new Dictionary<string, string> { ["Granary:AnonymousRequestsPerMinute"] = "3" } };
        using var http = granary.CreateClient(new() { AllowAutoRedirect = false });
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 5; i++)
        {
            answers.Add((await http.Send(HttpMethod.Get, "/setup", null, ("X-Forwarded-For", $"10.0.0.{i}"))).Status);
        }

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Machines_are_told_how_it_is(string path, string words)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);

        Assert.Equal(words, (string?)(await http.Get(path)).Body["text"]);
    }

    [Theory, OnBothDatabases]
    public async Task A_server_whose_database_fails_lives_but_is_not_ready(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var http = office.Client(null);
        await office.Service<Store>().Write(scope => scope.Db.Database.ExecuteSqlRawAsync("ALTER TABLE organisation RENAME TO elsewhere", Office.Ct), Office.Ct);

        Assert.Equal(HttpStatusCode.OK, (await http.Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.Get("/health/ready")).Status);
    }
}
