using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Qualification;

public sealed class AccountPoolsApiTests
{
    [Theory, OnBothDatabases]
    public async Task An_account_is_given_to_a_pool_and_seen_there_by_who_reaches_all(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var account = (await Office.Post(zhang, "/api/v1/accounts", new { name = "北京纷扬科技有限公司" })).GetProperty("id").GetGuid();
        var path = $"/api/v1/accounts/{account}";

        Assert.Equal("not_in_pool", Code(await Office.Post(zhang, $"{path}/claim", new { }, HttpStatusCode.Conflict)));
        Assert.Equal("reason_required", Code(await Office.Post(zhang, $"{path}/return", new { pool = "general" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("pool", (await Office.Post(zhang, $"{path}/return", new { pool = "moon", reason = "x" }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0].GetProperty("field").GetString());
        var pooled = await Office.Post(zhang, $"{path}/return", new { pool = "general", reason = "行业不符" });
        Assert.Equal(("general", JsonValueKind.Null), (pooled.GetProperty("pool").GetString(), pooled.GetProperty("owner").ValueKind));
        await Office.Send(zhang, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        Assert.Empty((await Office.Get(zhang, "/api/v1/pooled-accounts")).GetProperty("items").EnumerateArray());
        Assert.Equal(account, (await Office.Get(office.Admin, "/api/v1/pooled-accounts?limit=1")).GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal("not_a_member", Code(await Office.Post(office.Admin, $"{path}/claim", new { }, HttpStatusCode.Forbidden)));
        Assert.Equal("bad_cursor", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/pooled-accounts?after=x", null, HttpStatusCode.BadRequest)));
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
