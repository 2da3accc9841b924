using System.Net;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Hosting;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Hosting;

public sealed class FormTokenTests
{
    [Fact]
    public async Task Whatever_changes_something_outside_the_api_is_refused_without_a_token_of_the_senders_own_session()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var browser = office.Browser();
        using var other = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        await other.SignIn("li@example.com", Office.Password);
        var (own, foreign) = ((await browser.Open("/settings/me")).Token, (await other.Open("/settings/me")).Token);
        var before = await Events(office);

        // Where the first administrator stands already, the page that makes one only leads away.
        var routes = Route.All(office.Granary).Where(r => !r.IsApi && r.Changing.Any() && r.Metadata.GetMetadata<OwnGuardAttribute>() is null && r.Path != "/setup").ToList();
        List<string> accepted = [];
        foreach (var route in routes)
        {
            foreach (var token in new[] { null, foreign, "x" })
            {
                if (await browser.Post(route.Path, token, ("Input.Name", "x"), ("reason", "x")) is { Status: not HttpStatusCode.BadRequest } answer)
                {
                    accepted.Add($"{route} with {token ?? "no token"}: {answer.Status}");
                }
            }
        }

        Assert.True(routes.Count > 60, $"{routes.Count} routes were found.");
        Assert.Empty(accepted);
        Assert.Equal(before, await Events(office));
        Assert.Equal(HttpStatusCode.Found, (await browser.Post("/leads/columns", own, ("columns", "company"))).Status);
    }

    [Fact]
    public async Task What_takes_posts_without_our_forms_says_what_guards_it()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);

        var guarded = Route.All(office.Granary).Where(r => r.Changing.Any() && r.Metadata.GetMetadata<OwnGuardAttribute>() is { Guard.Length: > 0 }).Select(r => r.Pattern.TrimEnd('/'));

        Assert.Equal(["/c/{code}", "/collect", "/f/{slug}", "/hooks/{token}", "/local/commands", "/privacy/{token}"], guarded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_cookie_opens_nothing_in_the_api()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Open("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Post("/api/v1/departments", null)).Status);
    }

    private static async Task<int> Events(Office office)
    {
        await using var db = office.Service<Store>().Open();
        return await db.Set<EventRecord>().CountAsync(Office.Ct);
    }
}
