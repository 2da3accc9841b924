using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Qualification;

public sealed class AccountsApiTests
{
    [Theory, OnBothDatabases]
    public async Task An_account_is_added_changed_and_listed(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var made = await Office.Post(zhang, "/api/v1/accounts", new
        {
            name = "北京纷扬科技有限公司",
            industry = "制造业/汽车",
            tier = "ltv",
            size = "large",
            sites = new[] { "北京" },
            contacts = new[] { new { name = "李四", phone = "13911112222", roles = new[] { "decisionMaker" } } },
        });
        var path = $"/api/v1/accounts/{made.GetProperty("id").GetGuid()}";
        Assert.Equal("139****2222", made.GetProperty("contacts")[0].GetProperty("phone").GetString());

        var changed = await Office.Send(zhang, HttpMethod.Patch, path, new { tier = (string?)null, note = "重点" }, HttpStatusCode.OK, ("If-Match", "\"1\""));
        Assert.Equal((2, "重点", JsonValueKind.Null), (changed.GetProperty("version").GetInt32(), changed.GetProperty("note").GetString(), changed.GetProperty("tier").ValueKind));
        var stale = await Office.Send(zhang, HttpMethod.Patch, path, new { note = "两次" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""));
        Assert.Equal(("stale", "1", "2", "重点"), (Code(stale), stale.GetProperty("seen").GetString(), stale.GetProperty("current").GetString(), stale.GetProperty("record").GetProperty("note").GetString()));
        Assert.Single((await Office.Get(zhang, "/api/v1/accounts?industry=制造业&size=large&q=纷扬")).GetProperty("items").EnumerateArray());
        Assert.Empty((await Office.Get(zhang, "/api/v1/accounts?tier=ltv")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothDatabases]
    public async Task Contacts_are_added_changed_found_and_shown(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var account = (await Office.Post(zhang, "/api/v1/accounts", new { name = "北京纷扬科技有限公司" })).GetProperty("id").GetGuid();
        var contact = await Office.Post(zhang, "/api/v1/contacts", new { accountId = account, name = "李四", phone = "13911112222", keyPerson = true });
        var path = $"/api/v1/contacts/{contact.GetProperty("id").GetGuid()}";

        var changed = await Office.Send(zhang, HttpMethod.Patch, path, new { title = "总监", phone = "13911113333", until = "2026-06-30" }, HttpStatusCode.OK, ("If-Match", "\"1\""));
        Assert.Equal(("总监", "139****3333", "2026-06-30", true), (changed.GetProperty("title").GetString(), changed.GetProperty("phone").GetString(), changed.GetProperty("until").GetString(), changed.GetProperty("keyPerson").GetBoolean()));
        Assert.Equal("stale", Code(await Office.Send(zhang, HttpMethod.Patch, path, new { title = "经理" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""))));
        Assert.Single((await Office.Get(zhang, "/api/v1/contacts?q=13911113333")).GetProperty("items").EnumerateArray());
        Assert.Empty((await Office.Get(zhang, "/api/v1/contacts?q=13911112222")).GetProperty("items").EnumerateArray());
        var shown = await Office.Post(zhang, $"/api/v1/accounts/{account}/contact-reveals", new { });
        Assert.Equal("+8613911113333", shown[0].GetProperty("phone").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Bad_requests_say_what_is_wrong(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var (_, stranger) = await office.Hire("Li");
        var account = (await Office.Post(zhang, "/api/v1/accounts", new { name = "北京纷扬科技有限公司" })).GetProperty("id").GetGuid();

        Assert.Equal("tier", Field(await Office.Send(zhang, HttpMethod.Patch, $"/api/v1/accounts/{account}", new { tier = "gold" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("unknown_field", Code(await Office.Send(zhang, HttpMethod.Patch, $"/api/v1/accounts/{account}", new { colour = "red" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("accountId", Field(await Office.Post(zhang, "/api/v1/contacts", new { name = "李四" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("accountId", Field(await Office.Post(stranger, "/api/v1/contacts", new { accountId = account, name = "李四" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/accounts?owner=x", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_cursor", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/contacts?after=x", null, HttpStatusCode.BadRequest)));
        foreach (var (method, body) in new (HttpMethod, object?)[] { (HttpMethod.Get, null), (HttpMethod.Patch, new { note = "x" }) })
        {
            await Office.Send(stranger, method, $"/api/v1/accounts/{account}", body, HttpStatusCode.NotFound);
        }
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static string Field(JsonElement problem) => problem.GetProperty("errors")[0].GetProperty("field").GetString()!;
}
