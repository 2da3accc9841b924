using System.Net;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Hosting;

public sealed class IdempotencyTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "order-1");

    [Theory, OnBothDatabases]
    public async Task The_same_key_and_body_get_the_first_answer_and_write_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var first = await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key);
        var again = await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Single((await office.Setting()).Departments);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_key_with_another_body_is_refused(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key);
        var other = await office.Api.Post("/api/v1/departments", new { name = "华南" }, Key);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.Single((await office.Setting()).Departments);
    }

    [Theory, OnBothDatabases]
    public async Task Of_many_that_arrive_together_one_writes(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => office.Api.Post("/api/v1/departments", new { name = "华东" }, Key)));

        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.Created || a.Code == "idempotency_in_progress", $"{a.Status} {a.Code}"));
        Assert.Single((await office.Setting()).Departments);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var first = await office.Api.Post("/api/v1/departments", new { name = "" }, Key);
        var again = await office.Api.Post("/api/v1/departments", new { name = "" }, Key);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (first.Status, again.Status));
        Assert.Equal((string?)first.Body["traceId"], (string?)again.Body["traceId"]);
        Assert.Equal("application/problem+json", again.Response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_fault_is_no_answer_so_the_request_may_be_tried_again()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var store = office.Service<Store>();
        await store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync("ALTER TABLE department RENAME TO elsewhere", Office.Ct), Office.Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, (await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key)).Status);
        await store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync("ALTER TABLE elsewhere RENAME TO department", Office.Ct), Office.Ct);

        Assert.Equal(HttpStatusCode.Created, (await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key)).Status);
    }

    [Fact]
    public async Task Two_callers_may_use_the_same_key()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("second@example.com", "system_administrator");
        using var second = await office.Program("second@example.com");

        Assert.Equal(HttpStatusCode.Created, (await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key)).Status);
        Assert.Equal(HttpStatusCode.Created, (await second.Post("/api/v1/departments", new { name = "华南" }, Key)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task After_a_day_a_key_is_free_again(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Api.Post("/api/v1/departments", new { name = "华东" }, Key);
        var yesterday = TimeProvider.System.GetUtcNow().AddHours(-24).AddMinutes(-1);
        await office.Service<Store>().Write(
            scope => scope.Db.Set<IdempotencyRecord>().ExecuteUpdateAsync(r => r.SetProperty(x => x.At, Clock.Truncate(yesterday)), Office.Ct), Office.Ct);

        Assert.Equal(HttpStatusCode.Created, (await office.Api.Post("/api/v1/departments", new { name = "华南" }, Key)).Status);
    }

    [Fact]
    public async Task A_kept_answer_is_sealed()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Api.Post("/api/v1/departments", new { name = "secret-name" }, Key);
        await using var db = office.Service<Store>().Open();

        var stored = await db.Database.SqlQueryRaw<byte[]>("SELECT answer AS \"Value\" FROM idempotency_record").SingleAsync(Office.Ct);
        var kept = (await db.Set<IdempotencyRecord>().SingleAsync(Office.Ct)).Answer!.Value;

        Assert.DoesNotContain("secret-name", System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        Assert.Contains("secret-name", office.Service<Vault>().Open(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_key_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Post("/api/v1/departments", new { name = "x" }, ("Idempotency-Key", new string('k', 256)));

        Assert.Equal("bad_idempotency_key", answer.Code);
    }
}
