using System.Net;
using System.Text.Json.Nodes;
using Granary.Application.Assignment;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class UsersApiTests
{
    [Theory, OnBothDatabases]
    public async Task An_added_user_can_sign_in_be_assigned_leads_and_is_in_the_log(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var answer = await office.Api.Post("/api/v1/users", new
        {
            name = "李雷",
            email = "li@example.com",
            password = Office.Password,
            roles = new[] { "sdr" },
            profile = new { regions = new[] { "江苏" }, weight = 3, sizes = new[] { "large" }, seniority = "senior", hours = new[] { new { day = "monday", from = "09:00:00", to = "12:00:00" } } },
        });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = (Guid)answer.Body["id"]!;
        Assert.Equal($"/api/v1/users/{id}", answer.Response.Headers.Location?.OriginalString);
        Assert.Equal("senior", (string?)answer.Body["profile"]!["seniority"]);
        var profile = (await office.Setting()).Roster.Find(id)!;
        Assert.Equal((3, "江苏"), (profile.Weight, Assert.Single(profile.Regions)));
        await using var db = office.Service<Store>().Open();
        Assert.NotNull(await db.Set<UserLoad>().SingleOrDefaultAsync(l => l.UserId == id, Office.Ct));
        var created = await db.Set<EventRecord>().SingleAsync(e => e.SubjectId == id, Office.Ct);
        Assert.Equal(("user.created", office.AdministratorId), (created.Kind, created.ActorId!.Value));
        Assert.DoesNotContain("li@example.com", created.Data, StringComparison.Ordinal);
        using var browser = office.Browser();
        Assert.Equal("/", (await browser.SignIn("LI@example.com", Office.Password)).To);
    }

    [Fact]
    public async Task Each_refused_field_is_named_with_a_code_and_words()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Post(
            "/api/v1/users",
            new { name = " ", email = "nonsense", password = "short", roles = Array.Empty<string>(), profile = new { weight = 5000, regions = new[] { "Atlantis" } } },
            ("Accept-Language", "en"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid"), (answer.Status, answer.Code));
        var errors = answer.Body["errors"]!.AsArray();
        Assert.Equal(
            [("name", "required"), ("email", "email_syntax"), ("roles", "required"), ("profile.weight", "out_of_range"), ("profile.regions[0]", "unknown"), ("password", "too_short")],
            errors.Select(e => ((string)e!["field"]!, (string)e["code"]!)));
        Assert.All(errors, e => Assert.Matches("[A-Za-z]{3}", (string)e!["message"]!));
    }

    [Theory, OnBothDatabases]
    public async Task An_address_belongs_to_one_user_however_it_is_written(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var answer = await office.Api.Post("/api/v1/users", new { name = "x", email = "WANG@Example.com", password = Office.Password, roles = new[] { "sdr" } });

        Assert.Equal(("email", HttpStatusCode.UnprocessableEntity), (answer.Field, answer.Status));
    }

    [Theory, OnBothDatabases]
    public async Task A_patch_changes_what_it_names_and_leaves_the_rest(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var id = await office.Hire("li@example.com");

        var answer = await office.Api.Patch($"/api/v1/users/{id}", new { status = "away", profile = new { weight = 7 } });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("away", "li@example.com", 7, 150), ((string?)answer.Body["status"], (string?)answer.Body["email"], (int)answer.Body["profile"]!["weight"]!, (int)answer.Body["profile"]!["holdingCap"]!));
        var cleared = await office.Api.Patch($"/api/v1/users/{id}", JsonNode.Parse("""{"profile":{"holdingCap":null}}""")!);
        Assert.Null(cleared.Body["profile"]!["holdingCap"]);
    }

    [Fact]
    public async Task A_patch_with_an_unknown_member_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Patch($"/api/v1/users/{office.AdministratorId}", new { profile = new { wieght = 7 } });

        Assert.Equal(("unknown_field", "profile.wieght"), (answer.Code, answer.Field));
    }

    [Theory, OnBothDatabases]
    public async Task Who_writes_on_a_version_that_is_gone_is_told_both(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = $"/api/v1/users/{await office.Hire("li@example.com")}";
        var seen = (await office.Api.Get(path)).Response.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await office.Api.Patch(path, new { name = "一" }, ("If-Match", seen))).Status);

        var late = await office.Api.Patch(path, new { name = "二" }, ("If-Match", seen));

        Assert.Equal((HttpStatusCode.Conflict, "stale"), (late.Status, late.Code));
        Assert.Equal(seen, $"\"{late.Body["seen"]}\"");
        Assert.NotEqual((string?)late.Body["seen"], (string?)late.Body["current"]);
        Assert.Equal("一", (string?)late.Body["record"]!["name"]);
    }

    [Theory, OnBothDatabases]
    public async Task The_last_who_manages_people_cannot_go(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = $"/api/v1/users/{office.AdministratorId}";

        Assert.Equal("status", (await office.Api.Patch(path, new { status = "departed" })).Field);
        Assert.Equal("roles", (await office.Api.Patch(path, new { roles = new[] { "sdr" } })).Field);
        await office.Hire("second@example.com", "system_administrator");
        Assert.Equal(HttpStatusCode.OK, (await office.Api.Patch(path, new { roles = new[] { "sdr" } })).Status);
    }

    [Fact]
    public async Task Who_does_not_manage_people_sees_names_but_changes_nothing()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var id = await office.Hire("li@example.com");
        using var program = await office.Program("li@example.com");

        var refused = await program.Patch($"/api/v1/users/{id}", new { roles = new[] { "system_administrator" } });
        var list = (await program.Get("/api/v1/users")).Body["items"]!.AsArray();

        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/api/v1/users", new { name = "x" })).Status);
        Assert.Null(list.Single(u => (string?)u!["email"] == Office.Administrator)!["profile"]);
        Assert.NotNull(list.Single(u => (string?)u!["email"] == "li@example.com")!["profile"]);
    }

    [Theory, OnBothDatabases]
    public async Task Pages_of_the_list_show_everybody_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        for (var i = 0; i < 4; i++)
        {
            await office.Hire($"p{i}@example.com");
        }

        List<string> seen = [];
        for (string? path = "/api/v1/users?limit=2"; path is not null;)
        {
            var page = (await office.Api.Get(path)).Body;
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            seen.AddRange(page["items"]!.AsArray().Select(u => (string)u!["email"]!));
            path = (string?)page["next"] is { } next ? $"/api/v1/users?limit=2&after={Uri.EscapeDataString(next)}" : null;
        }

        Assert.Equal([Office.Administrator, "p0@example.com", "p1@example.com", "p2@example.com", "p3@example.com"], seen);
        Assert.Equal("p2@example.com", (string?)Assert.Single((await office.Api.Get("/api/v1/users?q=P2%40")).Body["items"]!.AsArray())!["email"]);
    }

    [Fact]
    public async Task Another_password_ends_the_sessions_that_the_old_one_began()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var id = await office.Hire("li@example.com");
        await office.Api.Patch($"/api/v1/users/{id}", new { password = "an entirely new one" });
        using var browser = office.Browser();

        Assert.Null((await browser.SignIn("li@example.com", Office.Password)).To);
        Assert.Equal("/", (await browser.SignIn("li@example.com", "an entirely new one")).To);
    }

    [Fact]
    public async Task An_unknown_user_is_missing() =>
        await Missing("/api/v1/users/01900000-0000-7000-8000-000000000000");

    [Fact]
    public async Task What_is_not_an_id_is_missing_too() => await Missing("/api/v1/users/zhang");

    private static async Task Missing(string path)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Get(path);
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.Code));
    }
}
