using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Qualification;

public sealed class MergesApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_merged_lead_leads_to_the_one_that_stayed_until_it_is_undone(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var (stays, goes) = (await Lead(office, "北京纷扬科技有限公司"), await Lead(office, "上海云杉软件有限公司"));
        var preview = await Office.Get(zhang, $"/api/v1/leads/{stays}/merge?with={goes}");
        var company = preview.GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "company.name");
        Assert.Equal(("上海云杉软件有限公司", true, "survivor"), (company.GetProperty("merged").GetString(), company.GetProperty("differs").GetBoolean(), company.GetProperty("proposed").GetString()));

        var body = new { with = goes, choose = new Dictionary<string, string> { ["company.name"] = "merged" }, withVersion = preview.GetProperty("mergedVersion").GetInt32() };
        var stale = await Office.Send(zhang, HttpMethod.Post, $"/api/v1/leads/{stays}/merge", body, HttpStatusCode.Conflict, ("If-Match", "\"99\""));
        Assert.Equal(("stale", "99"), (Code(stale), stale.GetProperty("seen").GetString()));
        var merge = await Office.Post(zhang, $"/api/v1/leads/{stays}/merge", body);

        using var led = await zhang.GetAsync(new Uri($"/api/v1/leads/{goes}", UriKind.Relative), Office.Ct);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, $"/api/v1/leads/{stays}"), (led.StatusCode, led.Headers.Location!.ToString()));
        var late = await Office.Send(zhang, HttpMethod.Patch, $"/api/v1/leads/{goes}", new { requirement = "晚了一步的修改" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""));
        Assert.Equal(("lead_merged", "1", stays), (Code(late), late.GetProperty("seen").GetString(), late.GetProperty("mergedInto").GetGuid()));
        Assert.Equal("上海云杉软件有限公司", (await Office.Get(zhang, $"/api/v1/leads/{stays}")).GetProperty("company").GetProperty("name").GetString());
        Assert.DoesNotContain((await Office.Get(office.Admin, "/api/v1/leads")).GetProperty("items").EnumerateArray(), l => l.GetProperty("id").GetGuid() == goes);

        var undo = $"/api/v1/leads/{stays}/merges/{merge.GetProperty("id").GetGuid()}/undo";
        await Office.Post(zhang, undo, new { });
        Assert.Equal("merge_undone", Code(await Office.Post(zhang, undo, new { }, HttpStatusCode.Conflict)));
        Assert.Equal("上海云杉软件有限公司", (await Office.Get(zhang, $"/api/v1/leads/{goes}")).GetProperty("company").GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, Assert.Single((await Office.Get(zhang, $"/api/v1/leads/{stays}/merges")).EnumerateArray()).GetProperty("undoneAt").ValueKind);
    }

    [Theory, OnBothDatabases]
    public async Task A_merged_account_leads_to_the_one_that_stayed(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var (_, stranger) = await office.Hire("Li");
        async Task<Guid> Account(HttpClient who, string name) => (await Office.Post(who, "/api/v1/accounts", new { name })).GetProperty("id").GetGuid();
        var (stays, goes, theirs) = (await Account(zhang, "北京纷扬科技有限公司"), await Account(zhang, "上海云杉软件有限公司"), await Account(stranger, "广州白云机械有限公司"));

        Assert.Equal("with", (await Office.Post(zhang, $"/api/v1/accounts/{stays}/merge", new { with = theirs }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("with", (await Office.Post(zhang, $"/api/v1/accounts/{stays}/merge", new { }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0].GetProperty("field").GetString());
        await Office.Post(stranger, $"/api/v1/accounts/{stays}/merge", new { with = theirs }, HttpStatusCode.NotFound);
        await Office.Post(zhang, $"/api/v1/accounts/{stays}/merge", new { with = goes });

        using var led = await zhang.GetAsync(new Uri($"/api/v1/accounts/{goes}", UriKind.Relative), Office.Ct);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, $"/api/v1/accounts/{stays}"), (led.StatusCode, led.Headers.Location!.ToString()));
        Assert.Equal("account_merged", Code(await Office.Send(zhang, HttpMethod.Patch, $"/api/v1/accounts/{goes}", new { note = "晚了" }, HttpStatusCode.Conflict)));
        Assert.Single((await Office.Get(zhang, "/api/v1/accounts")).GetProperty("items").EnumerateArray());
    }

    private static async Task<Guid> Lead(Office office, string company) => (await office.Submit(office.Lead(company: company))).GetProperty("id").GetGuid();

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
