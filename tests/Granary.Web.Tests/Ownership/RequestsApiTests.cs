using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Ownership;

/// <summary>What owners ask for, and who decides it, over HTTP.</summary>
public sealed class RequestsApiTests
{
    private const string Requests = "/api/v1/requests";

    [Theory, OnBothDatabases]
    public async Task A_request_is_listed_with_its_time_for_those_who_decide_and_nobody_else(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (zhang, seller) = await office.Hire("Zhang");
        var (one, two) = (await Owned(office), await Owned(office));
        var (_, stranger) = await office.Hire("Li");
        await Office.Post(seller, $"/api/v1/leads/{one}/adjustment-requests", new { reason = "不在负责区域" });
        clock.Advance(TimeSpan.FromMinutes(1));
        await Office.Post(seller, $"/api/v1/leads/{two}/invalidation", new { reason = "no_intention", note = "明确不需要" });
        await Office.Post(stranger, $"/api/v1/leads/{one}/adjustment-requests", new { reason = "想要" }, HttpStatusCode.NotFound);
        Assert.Equal("not_owner", Code(await Office.Post(office.Admin, $"/api/v1/leads/{one}/adjustment-requests", new { reason = "想要" }, HttpStatusCode.Conflict)));
        Assert.Equal("reason_required", Code(await Office.Post(seller, $"/api/v1/leads/{one}/adjustment-requests", new { }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(seller, $"/api/v1/leads/{one}/adjustment-requests", new { reason = "换人", to = Guid.NewGuid() }));

        var first = await Office.Get(office.Admin, $"{Requests}?limit=1");
        var line = Assert.Single(Items(first));
        Assert.Equal(("adjustment", one, zhang), (line.GetProperty("kind").GetString(), line.GetProperty("leadId").GetGuid(), line.GetProperty("askedBy").GetProperty("id").GetGuid()));
        Assert.Equal(line.GetProperty("askedAt").GetDateTimeOffset().AddDays(1), line.GetProperty("dueAt").GetDateTimeOffset());
        var second = Assert.Single(Items(await Office.Get(office.Admin, $"{Requests}?limit=1&after={first.GetProperty("next").GetString()}")));
        Assert.Equal("invalidation", second.GetProperty("kind").GetString());
        Assert.Empty(Items(await Office.Get(seller, Requests)));
        Assert.Empty(Items(await Office.Get(stranger, Requests)));
        Assert.Equal("bad_cursor", Code(await Office.Send(office.Admin, HttpMethod.Get, $"{Requests}?after=x", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_parameter", Code(await Office.Send(office.Admin, HttpMethod.Get, $"{Requests}?limit=0", null, HttpStatusCode.BadRequest)));
        Assert.Empty(Items(await Office.Get(office.Admin, $"{Requests}?open=false")));
    }

    [Theory, OnBothDatabases]
    public async Task It_is_decided_once_never_by_who_asked_and_a_refusal_has_a_reason(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var lead = await Owned(office);
        var (li, stranger) = await office.Hire("Li");
        var id = (await Office.Post(seller, $"/api/v1/leads/{lead}/adjustment-requests", new { reason = "不在负责区域" })).GetProperty("id").GetGuid();
        var path = $"{Requests}/{id}/decision";

        Assert.Equal("forbidden", Code(await Office.Post(seller, path, new { granted = true, to = li }, HttpStatusCode.Forbidden)));
        Assert.Equal("not_found", Code(await Office.Post(stranger, path, new { granted = true, to = li }, HttpStatusCode.NotFound)));
        Assert.Equal("not_found", Code(await Office.Post(office.Admin, $"{Requests}/{Guid.NewGuid()}/decision", new { granted = true }, HttpStatusCode.NotFound)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(office.Admin, path, new { }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(office.Admin, path, new { granted = true }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Status(office.Admin, path, new { granted = true, to = Guid.NewGuid() }));
        Assert.Equal("reason_required", Code(await Office.Post(office.Admin, path, new { granted = false }, HttpStatusCode.UnprocessableEntity)));

        Assert.Equal("granted", (await Office.Post(office.Admin, path, new { granted = true, to = li, comment = "给李" })).GetProperty("decision").GetString());
        Assert.Equal("request_decided", Code(await Office.Post(office.Admin, path, new { granted = true, to = li }, HttpStatusCode.Conflict)));
        Assert.Equal(li, (await Office.Get(office.Admin, $"/api/v1/leads/{lead}")).GetProperty("owner").GetProperty("id").GetGuid());
        Assert.Equal("给李", Assert.Single(Items(await Office.Get(office.Admin, $"{Requests}?open=false"))).GetProperty("comment").GetString());
    }

    private static async Task<Guid> Owned(Office office) => (await office.Submit(office.Lead())).GetProperty("id").GetGuid();

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static async Task<HttpStatusCode> Status(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), System.Net.Http.Json.JsonContent.Create(body), Office.Ct);
        return answer.StatusCode;
    }
}
