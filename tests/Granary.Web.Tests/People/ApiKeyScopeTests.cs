using System.Net;
using Granary.Testing;

namespace Granary.Web.Tests.People;

public sealed class ApiKeyScopeTests
{
    [Theory, OnBothDatabases]
    public async Task A_narrowed_key_does_what_it_says_and_cannot_make_itself_more(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await office.Api.Post("/api/v1/api-keys", new { name = "报表", permissions = new[] { "viewLeads" } });
        using var program = office.Client((string)made.Body["key"]!);

        Assert.Equal(["viewLeads"], (await program.Get("/api/v1/me")).Body["permissions"]!.AsObject().Select(p => p.Key));
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/leads")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/api/v1/users", new { name = "x", email = "x@example.com", password = Office.Password, roles = new[] { "administrator" } })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/api/v1/api-keys", new { name = "more" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Get("/api/v1/me/sessions")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/api/v1/me/password", new { present = "a", next = "b" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Api.Post("/api/v1/api-keys", new { name = "x", permissions = Array.Empty<string>() })).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_key_ends_when_it_was_to_end(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        Assert.Equal("expiresAt", (await office.Api.Post("/api/v1/api-keys", new { name = "x", expiresAt = clock.GetUtcNow() })).Field);
        var made = await office.Api.Post("/api/v1/api-keys", new { name = "x", expiresAt = clock.GetUtcNow().AddHours(1) });
        using var program = office.Client((string)made.Body["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/me")).Status);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/me")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task After_a_rotation_both_secrets_work_until_the_overlap_ends(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var made = await office.Api.Post("/api/v1/api-keys", new { name = "x" });
        var id = (string)made.Body["id"]!;
        using var before = office.Client((string)made.Body["key"]!);
        Assert.Equal("overlapHours", (await office.Api.Post($"/api/v1/api-keys/{id}/rotation", new { overlapHours = 169 })).Field);

        var rotated = await office.Api.Post($"/api/v1/api-keys/{id}/rotation", new { overlapHours = 1 });

        Assert.Equal((HttpStatusCode.Created, id), (rotated.Status, (string?)rotated.Body["id"]));
        using var after = office.Client((string)rotated.Body["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await before.Get("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await after.Get("/api/v1/me")).Status);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.Get("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await after.Get("/api/v1/me")).Status);
        var third = await office.Api.Post($"/api/v1/api-keys/{id}/rotation", new { overlapHours = 0 });
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await after.Get("/api/v1/me")).Status);
        await office.Api.Send(HttpMethod.Delete, $"/api/v1/api-keys/{id}", null);
        using var last = office.Client((string)third.Body["key"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await last.Get("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Post($"/api/v1/api-keys/{id}/rotation", new { overlapHours = 0 })).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_key_is_marked_as_used_once_a_minute(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var made = await office.Api.Post("/api/v1/api-keys", new { name = "x" });
        using var program = office.Client((string)made.Body["key"]!);
        Assert.Null(await Used(office, made));
        await program.Get("/api/v1/me");
        var first = await Used(office, made);
        Assert.Equal(clock.GetUtcNow(), first);
        clock.Advance(TimeSpan.FromSeconds(50));
        await program.Get("/api/v1/me");
        Assert.Equal(first, await Used(office, made));
        clock.Advance(TimeSpan.FromSeconds(10));
        await program.Get("/api/v1/me");
        Assert.Equal(first!.Value.AddSeconds(60), await Used(office, made));
    }

    [Fact]
    public async Task The_page_makes_a_narrowed_key_and_changes_its_secret()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var made = await browser.Submit("/settings/me/keys", "new-key", ("KeyName", "脚本"), ("Only", "viewLeads"), ("Until", "2099-12-31"));
        Assert.Matches("gk_[A-Za-z0-9_-]{43}", made.Text);
        var listed = (await office.Api.Get("/api/v1/api-keys")).Body["items"]!.AsArray().Single(k => (string?)k!["name"] == "脚本")!;
        Assert.Equal(("2099-12-31T16:00:00Z", "viewLeads"), ((string?)listed["expiresAt"], (string?)listed["permissions"]![0]));

        var rotated = await browser.Submit("/settings/me/keys", "rotate-key", ("Rotation.Key", (string)listed["id"]!), ("Rotation.Hours", "24"));

        Assert.Matches("gk_[A-Za-z0-9_-]{43}", rotated.Text);
        Assert.NotNull((await office.Api.Get("/api/v1/api-keys")).Body["items"]!.AsArray().Single(k => (string?)k!["name"] == "脚本")!["previousUntil"]);
    }

    private static async Task<DateTimeOffset?> Used(Office office, ApiAnswer made) =>
        (DateTimeOffset?)(await office.Api.Get("/api/v1/api-keys")).Body["items"]!.AsArray().Single(k => (string?)k!["id"] == (string?)made.Body["id"])!["lastUsedAt"];
}
