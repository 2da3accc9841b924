using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Privacy;

public sealed class PersonRequestsApiTests
{
    private const string Requests = "/api/v1/privacy/requests";

    [Theory, OnBothDatabases]
    public async Task A_person_is_found_asks_gets_a_copy_and_is_erased(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var (_, legal) = await office.Hire("Zhou", "legal");
        var phone = office.NewPhone();
        var lead = (await office.Submit(office.Lead(phone))).GetProperty("id").GetGuid();
        Assert.Equal("forbidden", Code(await Office.Post(seller, "/api/v1/privacy/searches", new { person = new[] { phone } }, HttpStatusCode.Forbidden)));
        Assert.Equal("invalid", Code(await Office.Post(legal, "/api/v1/privacy/searches", new { }, HttpStatusCode.UnprocessableEntity)));
        var found = await Office.Post(legal, "/api/v1/privacy/searches", new { person = new[] { phone } });
        Assert.Equal(lead, found.GetProperty("leads")[0].GetProperty("id").GetGuid());

        var copy = (await Office.Post(legal, Requests, new { kind = "export", person = new[] { phone }, identity = "called back" })).GetProperty("request").GetProperty("id").GetGuid();
        await Office.Post(legal, $"{Requests}/{copy}/answers", new { state = "done" });
        Assert.Equal("张三", (await Office.Get(legal, $"{Requests}/{copy}/file")).GetProperty("data").GetProperty("lead")[0].GetProperty("name").GetString());

        var erase = (await Office.Post(legal, Requests, new { kind = "erase", person = new[] { phone } })).GetProperty("request").GetProperty("id").GetGuid();
        Assert.Equal("identity_unchecked", Code(await Office.Post(legal, $"{Requests}/{erase}/answers", new { state = "done" }, HttpStatusCode.Conflict)));
        Assert.Equal("stale", Code(await Office.Send(legal, HttpMethod.Post, $"{Requests}/{erase}/answers", new { state = "done" }, HttpStatusCode.Conflict, ("If-Match", "\"7\""))));
        await Office.Post(legal, $"/api/v1/leads/{lead}/legal-hold", new { on = true, reason = "dispute" });
        Assert.Equal("legal_hold", Code(await Office.Post(legal, $"{Requests}/{erase}/answers", new { state = "done", identity = "called back" }, HttpStatusCode.Conflict)));
        await Office.Post(legal, $"/api/v1/leads/{lead}/legal-hold", new { on = false, reason = "settled" });
        var done = await Office.Post(legal, $"{Requests}/{erase}/answers", new { state = "done", identity = "called back" });
        Assert.Equal("erase", done.GetProperty("proofs")[0].GetProperty("act").GetString());

        Assert.Equal("request_decided", Code(await Office.Post(legal, $"{Requests}/{erase}/answers", new { state = "refused", note = "x" }, HttpStatusCode.Conflict)));
        Assert.Equal(JsonValueKind.Null, (await Office.Get(seller, $"/api/v1/leads/{lead}")).GetProperty("contact").GetProperty("name").ValueKind);
        Assert.Equal("anonymised", Code(await Office.Post(seller, $"/api/v1/leads/{lead}/contact-reveals", null, HttpStatusCode.Conflict)));
        Assert.Equal(2, (await Office.Get(legal, $"{Requests}?open=false")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await Office.Get(legal, Requests)).GetProperty("items").GetArrayLength());
        Assert.Equal("not_found", Code(await Office.Send(legal, HttpMethod.Get, $"{Requests}/{Guid.NewGuid()}", null, HttpStatusCode.NotFound)));
    }

    [Theory, OnBothDatabases]
    public async Task Retention_says_rule_by_rule_what_it_would_clear_and_a_run_clears_nothing_before_its_time(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        await Office.Post(office.Admin, $"/api/v1/leads/{lead}/invalidation", new { reason = "no_intention" });
        var rules = (await Office.Get(office.Admin, "/api/v1/privacy/retention")).EnumerateArray().ToList();
        Assert.Equal(["invalid", "voided", "keptSubmissions", "visitorTouches"], rules.Where(r => r.GetProperty("enabled").GetBoolean()).Select(r => r.GetProperty("subject").GetString()));
        Assert.Equal(0, (await Office.Post(office.Admin, "/api/v1/privacy/retention/runs", null)).GetProperty("cleared").GetInt32());
        Assert.Equal("forbidden", Code(await Office.Send(seller, HttpMethod.Get, "/api/v1/privacy/retention", null, HttpStatusCode.Forbidden)));
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
