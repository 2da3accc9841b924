using System.Net;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.People;

public sealed class ApiKeyTests
{
    [Theory, OnBothDatabases]
    public async Task A_key_opens_the_api_until_it_is_revoked(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await office.Api.Post("/api/v1/api-keys", new { name = "官网" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var key = (string)made.Body["key"]!;
        Assert.Matches("^gk_[A-Za-z0-9_-]{43}$", key);
        using var program = office.Client(key);
        Assert.Equal(Office.Administrator, (string?)(await program.Get("/api/v1/me")).Body["email"]);

        var listed = (await office.Api.Get("/api/v1/api-keys")).Body["items"]!.AsArray().Single(k => (string?)k!["name"] == "官网")!;
        Assert.Equal(key[..8], (string?)listed["prefix"]);
        Assert.Null(listed["key"]);
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/api-keys/{listed["id"]}", null)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/me")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Only_the_hash_of_a_key_is_kept(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await office.Service<CreateApiKey>().For(null, office.AdministratorId, "x", Office.Ct);
        await using var db = office.Service<Store>().Open();

        var row = await db.Set<ApiKey>().SingleAsync(k => k.Id == made!.Id, Office.Ct);

        Assert.Equal(32, row.Hash.Length);
        Assert.DoesNotContain(made!.Key, row.Prefix, StringComparison.Ordinal);
        Assert.DoesNotContain(await db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Office.Ct), d => d.Contains(made.Key, StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task The_keys_of_a_departed_user_are_dead_at_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var id = await office.Hire("li@example.com");
        using var program = await office.Program("li@example.com");
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/me")).Status);

        await office.Api.Patch($"/api/v1/users/{id}", new { status = "departed" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/me")).Status);
    }

    [Theory]
    [InlineData("Bearer gk_short")]
    [InlineData("Bearer gk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer")]
    [InlineData("Basic d2FuZzp4")]
    public async Task What_is_not_a_key_opens_nothing(string header)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);

        var answer = await http.Send(HttpMethod.Get, "/api/v1/me", null, ("Authorization", header));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("unauthenticated", answer.Code);
    }

    [Fact]
    public async Task A_cookie_opens_no_api_and_a_key_opens_no_page()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Open("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Api.Get("/settings/people")).Status);
    }

    [Fact]
    public async Task Somebody_elses_key_cannot_be_revoked()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var program = await office.Program("li@example.com");
        var theirs = (await office.Api.Get("/api/v1/api-keys")).Body["items"]![0]!["id"];

        Assert.Equal(HttpStatusCode.NotFound, (await program.Send(HttpMethod.Delete, $"/api/v1/api-keys/{theirs}", null)).Status);
    }

    [Fact]
    public async Task A_key_revoked_on_one_node_is_dead_on_the_other_within_a_second_and_a_bit()
    {
        await using var office = await Office.Open(DatabaseKind.Postgres);
        await using var second = new GranaryFactory(office.Granary.Database);
        var made = await office.Service<CreateApiKey>().For(null, office.AdministratorId, "x", Office.Ct);
        using var program = second.CreateClient();
        program.DefaultRequestHeaders.Authorization = new("Bearer", made!.Key);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/me")).Status);

        Assert.True(await office.Service<CreateApiKey>().Revoke(office.AdministratorId, office.AdministratorId, made.Id, Office.Ct));
        await Task.Delay(TimeSpan.FromSeconds(1.1), Office.Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/me")).Status);
    }
}
