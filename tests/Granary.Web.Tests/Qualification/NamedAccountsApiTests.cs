using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Qualification;

public sealed class NamedAccountsApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_list_is_filled_worked_on_and_its_goals_are_told(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var list = await Office.Post(zhang, "/api/v1/named-lists", new { name = "制造业百强", source = "ranking", premium = true });
        var path = $"/api/v1/named-lists/{list.GetProperty("id").GetGuid()}";
        var lines = await Office.Post(zhang, $"{path}/accounts", new { companies = new[] { "北京纷扬科技有限公司", "无" } });
        Assert.Equal(["made", "invalid"], lines.EnumerateArray().Select(l => l.GetProperty("outcome").GetString()));
        var row = (await Office.Get(zhang, $"{path}/accounts?stage=stranger&q=纷扬")).GetProperty("items")[0];
        Assert.Empty((await Office.Get(zhang, $"{path}/accounts?stage=named")).GetProperty("items").EnumerateArray());
        var (named, account) = ($"/api/v1/named-accounts/{row.GetProperty("id").GetGuid()}", $"/api/v1/accounts/{row.GetProperty("accountId").GetGuid()}");

        var missing = await Office.Post(zhang, $"{named}/stage", new { stage = "named" }, HttpStatusCode.Conflict);
        Assert.Equal("entry_checklist_not_met", Code(missing));
        Assert.Equal(["target_industry", "contact"], missing.GetProperty("missing").EnumerateArray().Select(m => m.GetString()));
        Assert.Contains("At least one contact", missing.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await Office.Send(zhang, HttpMethod.Patch, account, new { industry = "制造业" }, HttpStatusCode.OK);
        await Office.Post(zhang, "/api/v1/contacts", new { accountId = row.GetProperty("accountId").GetGuid(), name = "李四" });
        Assert.Equal("named", (await Office.Post(zhang, $"{named}/stage", new { stage = "named" })).GetProperty("stage").GetString());
        Assert.Equal("reason_required", Code(await Office.Post(zhang, $"{named}/stage", new { stage = "stranger" }, HttpStatusCode.UnprocessableEntity)));

        var ticked = await Office.Post(zhang, $"{named}/checks", new { check = "it_status", evidence = "八年前的 ERP" });
        Assert.Equal("八年前的 ERP", ticked.GetProperty("entry").EnumerateArray().Single(e => e.GetProperty("id").GetString() == "it_status").GetProperty("evidence").GetString());
        await Office.Send(zhang, HttpMethod.Delete, $"{named}/checks/it_status", null, HttpStatusCode.OK);
        var planned = await Office.Post(zhang, $"{named}/touches", new { instrument = "studyTour", plannedOn = "2026-12-01" });
        var touch = planned.GetProperty("touches")[0].GetProperty("id").GetGuid();
        await Office.Post(zhang, $"{named}/touches/{touch}/plan", new { instrument = "studyTour", plannedOn = "2026-12-08", note = "改期" });
        await Office.Post(zhang, $"{named}/touches/{touch}/completion", new { outcome = "总经理参加" });
        Assert.Equal("touch_closed", Code(await Office.Post(zhang, $"{named}/touches/{touch}/cancellation", new { }, HttpStatusCode.Conflict)));

        var goals = await Office.Get(zhang, $"{path}/goals");
        var quarter = goals[0].GetProperty("quarter").GetString();
        goals = await Office.Post(zhang, $"{path}/goals", new { quarter, goals = new { named = 3 } });
        Assert.Equal((3, 1), (goals[0].GetProperty("goal").GetInt32(), goals[0].GetProperty("actual").GetInt32()));
        Assert.True((await Office.Get(zhang, "/api/v1/named-lists/ratio")).GetProperty("off").GetBoolean());
        using (var file = await office.Admin.GetAsync(new Uri($"{path}/export", UriKind.Relative), Office.Ct))
        {
            Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
            Assert.Contains("北京纷扬科技有限公司", await file.Content.ReadAsStringAsync(Office.Ct), StringComparison.Ordinal);
        }

        await Office.Send(zhang, HttpMethod.Get, $"{path}/export", null, HttpStatusCode.Forbidden);
        Assert.Equal("list_not_empty", Code(await Office.Send(zhang, HttpMethod.Delete, path, null, HttpStatusCode.Conflict)));
        await Office.Send(zhang, HttpMethod.Delete, named, null, HttpStatusCode.NoContent);
        await Office.Send(zhang, HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
    }

    [Theory, OnBothDatabases]
    public async Task Bad_requests_say_what_is_wrong_and_strangers_see_nothing(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var (_, stranger) = await office.Hire("Li");
        var list = (await Office.Post(zhang, "/api/v1/named-lists", new { name = "制造业百强", source = "ranking" })).GetProperty("id").GetGuid();

        Assert.Equal("source", Field(await Office.Post(zhang, "/api/v1/named-lists", new { name = "x", source = "moon" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("name", Field(await Office.Post(zhang, "/api/v1/named-lists", new { name = "制造业百强", source = "expo" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("companies", Field(await Office.Post(zhang, $"/api/v1/named-lists/{list}/accounts", new { companies = new[] { "a" }, accountIds = new[] { list } }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("accountIds", Field(await Office.Post(zhang, $"/api/v1/named-lists/{list}/accounts", new { }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("quarter", Field(await Office.Post(zhang, $"/api/v1/named-lists/{list}/goals", new { quarter = "2026Q5", goals = new { named = 1 } }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, $"/api/v1/named-lists/{list}/accounts?stage=x", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, $"/api/v1/named-lists/{list}/goals?quarter=x", null, HttpStatusCode.BadRequest)));
        await Office.Send(stranger, HttpMethod.Get, $"/api/v1/named-lists/{list}", null, HttpStatusCode.NotFound);
        await Office.Send(stranger, HttpMethod.Patch, $"/api/v1/named-lists/{list}", new { note = "x" }, HttpStatusCode.NotFound);

        // Who sees a list only by an account of theirs does not change it.
        var account = (await Office.Post(office.Admin, "/api/v1/accounts", new { name = "北京纷扬科技有限公司", ownerId = (await Office.Get(stranger, "/api/v1/me")).GetProperty("id").GetGuid() })).GetProperty("id").GetGuid();
        await Office.Post(office.Admin, $"/api/v1/named-lists/{list}/accounts", new { accountIds = new[] { account } });
        await Office.Send(stranger, HttpMethod.Get, $"/api/v1/named-lists/{list}", null, HttpStatusCode.OK);
        await Office.Send(stranger, HttpMethod.Patch, $"/api/v1/named-lists/{list}", new { note = "x" }, HttpStatusCode.Forbidden);
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static string Field(JsonElement problem) => problem.GetProperty("errors")[0].GetProperty("field").GetString()!;
}
