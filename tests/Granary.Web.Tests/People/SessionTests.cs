using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class SessionTests
{
    [Theory, OnBothDatabases]
    public async Task A_session_is_listed_and_ended_and_its_cookie_is_dead_at_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var here = office.Browser();
        using var there = office.Browser();
        await here.SignIn(Office.Administrator, Office.Password);
        await there.SignIn(Office.Administrator, Office.Password);
        var listed = (await office.Api.Get("/api/v1/me/sessions")).Body["items"]!.AsArray();
        Assert.Equal(2, listed.Count);
        Assert.All(listed, s => Assert.Equal("password", (string?)s!["means"]));

        var page = await here.Open("/settings/me/security");
        Assert.Single(Regex.Matches(page.Text, "class=\"badge ok\""));
        var mine = await Ids(office);
        Assert.Equal("/settings/me/security#sessions", (await here.Post("/settings/me/sessions/end", page.Token, ("which", "others"))).To);

        Assert.Equal(HttpStatusCode.OK, (await here.Open("/settings/me")).Status);
        Assert.StartsWith("/sign-in", (await there.Open("/settings/me")).To, StringComparison.Ordinal);
        var left = Assert.Single(mine.Intersect(await Ids(office)));
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/me/sessions/{left}", null)).Status);
        Assert.StartsWith("/sign-in", (await here.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/me/sessions/{left}", null)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task An_administrator_ends_somebodys_sessions_and_nobody_else_does(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var li = await office.Hire("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);
        using var program = await office.Program("li@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await program.Send(HttpMethod.Delete, $"/api/v1/users/{office.AdministratorId}/sessions", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{Guid.NewGuid()}/sessions", null)).Status);
        Assert.Equal(1, (int?)(await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{li}/sessions", null)).Body["count"]);

        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.SignIn("li@example.com", Office.Password)).To);
    }

    [Fact]
    public async Task Somebody_elses_session_cannot_be_ended()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        using var program = await office.Program("li@example.com");

        Assert.Equal(HttpStatusCode.NotFound, (await program.Send(HttpMethod.Delete, $"/api/v1/me/sessions/{(await Ids(office)).Single()}", null)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_session_is_marked_as_seen_once_a_minute_and_ends_after_a_fortnight_without_a_visit(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var began = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(50));
        await browser.Open("/settings/me");
        Assert.Equal(began, (await Row(office)).SeenAt);
        clock.Advance(TimeSpan.FromSeconds(20));
        await browser.Open("/settings/me");
        Assert.Equal(began.AddSeconds(70), (await Row(office)).SeenAt);

        // Two weeks of every background job would take longer than the test is worth.
        await using (var db = office.Service<Store>().Open())
        {
            (await db.Set<Session>().SingleAsync(s => s.UserId == office.AdministratorId, Office.Ct)).SeenAt -= Sessions.Idle;
            await db.SaveChangesAsync(Office.Ct);
        }

        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Empty(await office.Service<Sessions>().Of(office.AdministratorId, Office.Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Signing_out_is_the_end_also_for_a_copy_of_the_cookie(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        await browser.Post("/sign-out", (await browser.Open("/settings/me")).Token);
        Assert.NotNull((await Row(office)).EndedAt);
    }

    [Theory, OnBothDatabases]
    public async Task Another_password_asks_for_the_present_one_and_ends_the_other_sessions(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var here = office.Browser();
        using var there = office.Browser();
        await here.SignIn(Office.Administrator, Office.Password);
        await there.SignIn(Office.Administrator, Office.Password);

        Assert.Equal(HttpStatusCode.OK, (await Change(here, "not the password", "a new one for me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Change(here, Office.Password, "password123")).Status);
        Assert.Equal("/settings/me/security", (await Change(here, Office.Password, "a new one for me")).To);

        Assert.Equal(HttpStatusCode.OK, (await here.Open("/settings/me")).Status);
        Assert.StartsWith("/sign-in", (await there.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Null((await there.SignIn(Office.Administrator, Office.Password)).To);
        Assert.Equal("/", (await there.SignIn(Office.Administrator, "a new one for me")).To);
        var refused = await office.Api.Post("/api/v1/me/password", new { present = Office.Password, next = "yet another one" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "present"), (refused.Status, refused.Field));
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Post("/api/v1/me/password", new { present = "a new one for me", next = "yet another one" })).Status);
        Assert.StartsWith("/sign-in", (await here.Open("/settings/me")).To, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Who_departs_is_out_within_a_minute_on_every_node_with_page_stream_and_key(DatabaseKind kind)
    {
        Assert.SkipWhen(kind == DatabaseKind.Postgres && PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var office = await Office.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? new GranaryFactory(office.Granary.Database) : null;
        var node = second ?? office.Granary;
        var li = await office.Hire("li@example.com");
        using var http = node.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        var browser = new Browser(http);
        Assert.Equal("/", (await browser.SignIn("li@example.com", Office.Password)).To);
        using var stream = await http.GetAsync(new Uri("/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Office.Ct);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        using var key = node.CreateClient();
        key.DefaultRequestHeaders.Authorization = new("Bearer", (await office.Service<CreateApiKey>().ForEmail("li@example.com", "x", Office.Ct))!.Key);
        Assert.Equal(HttpStatusCode.OK, (await key.Get("/api/v1/me")).Status);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await office.Api.Patch($"/api/v1/users/{li}", new { status = "departed" });

        // The stream ends by itself; reading to its end would last five minutes otherwise.
        await (await stream.Content.ReadAsStreamAsync(Office.Ct)).CopyToAsync(Stream.Null, Office.Ct).WaitAsync(TimeSpan.FromSeconds(60), Office.Ct);
        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await key.Get("/api/v1/me")).Status);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_session_ended_on_one_node_is_dead_on_the_other_within_half_a_minute()
    {
        await using var office = await Office.Open(DatabaseKind.Postgres);
        await using var second = new GranaryFactory(office.Granary.Database);
        using var http = second.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        var browser = new Browser(http);
        await browser.SignIn(Office.Administrator, Office.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/me")).Status);

        await office.Api.Send(HttpMethod.Delete, "/api/v1/me/sessions", null);
        await Task.Delay(TimeSpan.FromSeconds(11), Office.Ct);

        Assert.StartsWith("/sign-in", (await browser.Open("/settings/me")).To, StringComparison.Ordinal);
    }

    private static Task<PageAnswer> Change(Browser browser, string present, string next) =>
        browser.Submit("/settings/me/security", "password", ("Input.Present", present), ("Input.Next", next));

    private static async Task<IReadOnlyList<string>> Ids(Office office) =>
        [.. (await office.Api.Get("/api/v1/me/sessions")).Body["items"]!.AsArray().Select(s => (string)s!["id"]!)];

    private static async Task<Session> Row(Office office)
    {
        await using var db = office.Service<Store>().Open();
        return await db.Set<Session>().AsNoTracking().SingleAsync(s => s.UserId == office.AdministratorId, Office.Ct);
    }
}
