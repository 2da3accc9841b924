using System.Net;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class InvitationTests
{
    private const string Chosen = "chosen by myself";

    [Theory, OnBothDatabases]
    public async Task Whoever_is_invited_sets_a_password_once_and_works_here_from_then_on(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await Invite(office);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var (id, path) = ((Guid)made.Body["userId"]!, new Uri((string)made.Body["link"]!).AbsolutePath);
        Assert.Equal((false, false), ((bool)made.Body["mailed"]!, (bool)made.Body["reset"]!));
        Assert.Equal("away", (string?)(await office.Api.Get($"/api/v1/users/{id}")).Body["status"]);
        using var browser = office.Browser();
        Assert.Null((await browser.SignIn("li@example.com", "")).To);
        Assert.Contains("li@example.com", (await browser.Open(path)).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await Accept(browser, path, "woaini1314")).Status);
        Assert.Equal("/", (await Accept(browser, path, Chosen)).To);

        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/me")).Status);
        Assert.Equal("active", (string?)(await office.Api.Get($"/api/v1/users/{id}")).Body["status"]);
        using var other = office.Browser();
        Assert.DoesNotContain("name=\"Password\"", (await other.Open(path)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await other.SignIn("li@example.com", Chosen)).To);
        await using var db = office.Service<Store>().Open();
        Assert.Equal(["user.invited", "user.joined"], await Kinds(db, id, "user.invited", "user.joined"));
        Assert.DoesNotContain(await db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Office.Ct), d => d.Contains(path.Split('/')[^1], StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_link_used_twice_at_the_same_time_works_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = new Uri((string)(await Invite(office)).Body["link"]!).AbsolutePath;
        var token = path.Split('/')[^1];

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => office.Service<AcceptInvitation>().Accept(token, $"chosen by number {i}", Office.Ct)));

        Assert.Single(results.OfType<PeopleResult.Done>());
        Assert.Equal(7, results.OfType<PeopleResult.Missing>().Count());
    }

    [Theory, OnBothDatabases]
    public async Task Seven_days_a_newer_link_and_withdrawing_end_a_link(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var made = await Invite(office);
        var id = (Guid)made.Body["userId"]!;
        var first = Token(made);
        var accept = office.Service<AcceptInvitation>();
        Assert.NotNull(await accept.Find(first, Office.Ct));
        await using (var db = office.Service<Store>().Open())
        {
            var row = await db.Set<Invitation>().SingleAsync(Office.Ct);
            Assert.Equal(row.CreatedAt.AddDays(7), row.ExpiresAt);
            row.ExpiresAt = clock.GetUtcNow().AddSeconds(10);
            await db.SaveChangesAsync(Office.Ct);
        }

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(await accept.Find(first, Office.Ct));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await accept.Find(first, Office.Ct));

        var second = Token(await office.Api.Post($"/api/v1/users/{id}/invitation", new { }));
        var third = Token(await office.Api.Post($"/api/v1/users/{id}/invitation", new { }));
        Assert.Null(await accept.Find(second, Office.Ct));
        Assert.NotNull(await accept.Find(third, Office.Ct));
        Assert.Single((await office.Api.Get("/api/v1/invitations")).Body["items"]!.AsArray());

        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{id}/invitation", null)).Status);
        Assert.Null(await accept.Find(third, Office.Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/users/{id}/invitation", null)).Status);
        Assert.Equal("departed", (string?)(await office.Api.Get($"/api/v1/users/{id}")).Body["status"]);
        Assert.NotNull(await accept.Find(Token(await office.Api.Post($"/api/v1/users/{id}/invitation", new { })), Office.Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_link_for_another_password_leaves_the_present_one_until_it_is_used_and_unlocks(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var li = await office.Hire("li@example.com");
        using var before = office.Browser();
        Assert.Equal("/", (await before.SignIn("li@example.com", Office.Password)).To);
        var made = await office.Api.Post($"/api/v1/users/{li}/invitation", new { });
        Assert.True((bool)made.Body["reset"]!);
        using var thief = office.Browser();
        for (var i = 0; i < 5; i++)
        {
            await thief.SignIn("li@example.com", $"wrong guess {i}");
        }

        Assert.Equal(HttpStatusCode.OK, (await before.Open("/settings/me")).Status);
        using var browser = office.Browser();
        Assert.Equal("/", (await Accept(browser, new Uri((string)made.Body["link"]!).AbsolutePath, Chosen)).To);
        Assert.StartsWith("/sign-in", (await before.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.Equal("/", (await before.SignIn("li@example.com", Chosen)).To);
    }

    [Fact]
    public async Task Only_who_manages_people_invites_and_nobody_who_departed_gets_a_link()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var li = await office.Hire("li@example.com");
        using var program = await office.Program("li@example.com");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post($"/api/v1/users/{office.AdministratorId}/invitation", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Post($"/api/v1/users/{Guid.NewGuid()}/invitation", new { })).Status);

        await office.Api.Patch($"/api/v1/users/{li}", new { status = "departed" });

        Assert.Equal((HttpStatusCode.Conflict, "inactive_user"), await Refusal(office.Api.Post($"/api/v1/users/{li}/invitation", new { })));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Api.Post("/api/v1/invitations", new { name = "", email = "x", roles = Array.Empty<string>() })).Status);
    }

    [Fact]
    public async Task The_pages_show_the_link_once_and_who_has_not_come_yet()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        var answer = await browser.Submit("/settings/people/invite", "invite", ("Input.Name", "李明"), ("Input.Email", "li@example.com"), ("Input.Roles", BuiltInRoles.SalesRepresentative));
        Assert.Contains("/invitation/", answer.Text, StringComparison.Ordinal);
        var people = await browser.Open("/settings/people");
        Assert.Contains("待加入", people.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/invitation/", people.Text, StringComparison.Ordinal);

        var id = (await office.Setting()).People.Values.Single(p => p.Email == "li@example.com").Id;
        var again = await browser.Submit($"/settings/people/{id}", "offer");
        Assert.Contains("/invitation/", again.Text, StringComparison.Ordinal);
        Assert.Equal($"/settings/people/{id}", (await browser.Post($"/settings/people/{id}/invitation/withdrawal", again.Token, ("sure", "yes"))).To);
        Assert.Empty(await office.Service<InvitePerson>().Open([id], Office.Ct));
    }

    private static Task<ApiAnswer> Invite(Office office) =>
        office.Api.Post("/api/v1/invitations", new { name = "李明", email = "li@example.com", roles = new[] { BuiltInRoles.SalesRepresentative } });

    private static Task<PageAnswer> Accept(Browser browser, string path, string password) => browser.Submit(path, "invitation", ("Password", password));

    private static string Token(ApiAnswer made) => ((string)made.Body["link"]!).Split('/')[^1];

    private static async Task<(HttpStatusCode, string?)> Refusal(Task<ApiAnswer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Code);
    }

    private static Task<List<string>> Kinds(GranaryDb db, Guid person, params string[] kinds) =>
        db.Set<EventRecord>().Where(e => e.SubjectId == person && kinds.Contains(e.Kind)).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Office.Ct);
}
