using System.Net;
using System.Text;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Hosting;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("/api/v1/users")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api")]
    public async Task Without_a_key_the_api_answers_401_and_never_leads_elsewhere(string path)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);

        var answer = await http.Get(path);

        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_problem_has_all_its_members()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var problem = (await office.Api.Get("/api/v1/nothing")).Body;

        Assert.Equal("urn:granary:problem:not_found", (string?)problem["type"]);
        Assert.Equal(404, (int)problem["status"]!);
        Assert.Equal("not_found", (string?)problem["code"]);
        Assert.Empty(problem["errors"]!.AsArray());
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]) || string.IsNullOrEmpty((string?)problem["detail"]) || string.IsNullOrEmpty((string?)problem["traceId"]));
    }

    [Theory]
    [InlineData("{\"nam\":\"x\"}", "unknown_field", "nam", 422)]
    [InlineData("{\"Name\":\"x\"}", "unknown_field", "Name", 422)]
    [InlineData("{\"name\":7}", "wrong_type", "name", 422)]
    [InlineData("{\"name\":null}", "wrong_type", "name", 422)]
    [InlineData("{\"name\":\"x\",\"parentId\":\"y\"}", "wrong_type", "parentId", 422)]
    [InlineData("{\"name\":", "broken_json", null, 400)]
    [InlineData("{\"name\":\"x\"} more", "broken_json", null, 400)]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}", "broken_json", null, 400)]
    [InlineData("", "bad_request", null, 400)]
    public async Task A_body_that_cannot_be_read_says_why_and_where(string body, string code, string? field, int status)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Send(HttpMethod.Post, "/api/v1/departments", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((code, field, status), (answer.Code, answer.Field, (int)answer.Status));
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Send(HttpMethod.Post, "/api/v1/departments", new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("limit=0", "bad_parameter", "limit")]
    [InlineData("limit=201", "bad_parameter", "limit")]
    [InlineData("limit=many", "bad_parameter", "limit")]
    [InlineData("after=nonsense", "bad_cursor", "after")]
    [InlineData("after=!!", "bad_cursor", "after")]
    public async Task A_page_is_asked_for_within_bounds(string query, string code, string field)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Get($"/api/v1/users?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, code, field), (answer.Status, answer.Code, answer.Field));
    }

    [Theory]
    [InlineData("/api/v1/audit?actor=me", "actor")]
    [InlineData("/api/v1/audit?from=yesterday", "from")]
    [InlineData("/api/v1/opportunities?account=theirs", "account")]
    [InlineData("/api/v1/opportunities?open=maybe", "open")]
    [InlineData("/api/v1/opportunities?owner=01a19f22-7d00-7c08-8be6-7973090a4ccd&owner=me", "owner")]
    public async Task What_cannot_be_read_of_a_query_is_named(string path, string field)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Get(path);

        Assert.Equal((HttpStatusCode.BadRequest, "bad_parameter", field), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task A_wrong_method_is_told_as_such()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Send(HttpMethod.Put, "/api/v1/me", null);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("en", "Not found")]
    [InlineData("en-US,en;q=0.9", "Not found")]
    [InlineData("zh-CN", "未找到")]
    [InlineData("de", "未找到")]
    public async Task Problems_speak_the_language_that_is_asked_for(string language, string title)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await office.Api.Send(HttpMethod.Get, "/api/v1/nothing", null, ("Accept-Language", language));

        Assert.Equal(title, (string?)answer.Body["title"]);
    }

    [Theory, OnBothDatabases]
    public async Task A_fault_of_ours_shows_none_of_its_details(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Service<Store>().Write(scope => scope.Db.Database.ExecuteSqlRawAsync("DROP TABLE api_key", Office.Ct), Office.Ct);

        var answer = await office.Api.Get("/api/v1/api-keys");

        Assert.Equal((HttpStatusCode.InternalServerError, "internal_error"), (answer.Status, answer.Code));
        Assert.DoesNotContain("api_key", answer.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused()
    {
        await using var office = await Office.Listening(DatabaseKind.Sqlite);

        var answer = await office.Api.Send(HttpMethod.Post, "/api/v1/departments", new StringContent(new string(' ', (1 << 20) + 1), Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (answer.Status, answer.Code));
    }
}
