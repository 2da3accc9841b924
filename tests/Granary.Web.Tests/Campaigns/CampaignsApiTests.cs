using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Campaigns;

public sealed class CampaignsApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_campaign_lives_from_charter_to_tracking_over_the_api(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock());
        var (_, mei) = await office.Hire("Mei", "marketing_specialist");
        var (zhangId, zhang) = await office.Hire("Zhang");
        var (_, lan) = await office.Hire("Lan", "marketing_manager");
        var path = await Running(mei, lan, "EXPO-1");

        Assert.Equal("stale", Code(await Office.Send(mei, HttpMethod.Patch, path, new { place = "x" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""))));
        await Office.Send(zhang, HttpMethod.Patch, path, new { place = "x" }, HttpStatusCode.Forbidden);
        Assert.Equal(33, (await Office.Get(zhang, $"{path}/items")).GetArrayLength());
        var team = await Office.Post(mei, $"{path}/teams", new { name = "一队", captainId = zhangId, goal = 10 });
        await Office.Send(mei, HttpMethod.Put, $"{path}/members/{zhangId}", new { teamId = team.GetProperty("id").GetGuid(), goal = 4 }, HttpStatusCode.OK);
        var link = await Office.Post(zhang, $"{path}/links", new { company = "南通海润纺织有限公司", person = "陈总", phone = office.NewPhone(), keyPerson = true, intent = true });
        Assert.Equal("not_in_team", Code(await Office.Post(office.Admin, $"{path}/links", new { company = "南通海润纺织有限公司", person = "陈总" }, HttpStatusCode.Conflict)));
        var lead = await Office.Get(zhang, $"/api/v1/leads/{link.GetProperty("leadId").GetGuid()}");
        Assert.Equal(("EXPO-1", zhangId), (lead.GetProperty("campaign").GetString(), lead.GetProperty("owner").GetProperty("id").GetGuid()));
        var site = await Office.Get(mei, $"{path}/site");
        Assert.Equal((1, 25), (site.GetProperty("total").GetProperty("companies").GetInt32(), site.GetProperty("members")[0].GetProperty("completion").GetInt32()));
        Assert.Equal("reason_required", Code(await Office.Post(zhang, $"{path}/links/{link.GetProperty("id").GetGuid()}/correction", new { intent = false }, HttpStatusCode.UnprocessableEntity)));

        var invited = await Office.Post(lan, $"{path}/invitations", new { leadIds = new[] { lead.GetProperty("id").GetGuid() }, channel = "call" });
        Assert.Equal(1, invited.GetProperty("added").GetInt32());
        var invitation = (await Office.Get(zhang, $"{path}/invitations?q=陈总")).GetProperty("items")[0];
        Assert.Equal("attended", (await Office.Post(zhang, $"{path}/invitations/{invitation.GetProperty("id").GetGuid()}/check-in", new { })).GetProperty("state").GetString());
        var task = await Office.Post(mei, $"{path}/tasks", new { title = "转发", goal = 1, people = new[] { zhangId } });
        Assert.Equal($"/c/EXPO-1?by={zhangId}", task.GetProperty("parts")[0].GetProperty("link").GetString());
        Assert.Equal(1, (await Office.Post(zhang, $"{path}/tasks/{task.GetProperty("id").GetGuid()}/forward", new { })).GetProperty("parts")[0].GetProperty("forwards").GetInt32());

        await Office.Send(mei, HttpMethod.Get, $"{path}/split/preview", null, HttpStatusCode.Forbidden);
        Assert.Equal(1, (await Office.Get(lan, $"{path}/split/preview")).GetProperty("counts").GetProperty("holdings").GetInt32());
        var split = await Office.Post(lan, $"{path}/split", new { });
        Assert.Equal((1, "linked_on_site"), (split.GetProperty("total").GetInt32(), split.GetProperty("leads")[0].GetProperty("explanation")[0].GetProperty("code").GetString()));
        Assert.Equal("nothing_to_split", Code(await Office.Post(lan, $"{path}/split", new { }, HttpStatusCode.Conflict)));
        Assert.Equal(0, (await Office.Get(zhang, $"{path}/reports")).GetArrayLength());
        Assert.Single((await Office.Get(zhang, "/api/v1/campaigns?stage=run&type=expo")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothDatabases]
    public async Task Bad_requests_say_what_is_wrong_and_one_key_makes_one_campaign(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        Assert.Equal(["code", "name", "type"], Fields(await Office.Post(office.Admin, "/api/v1/campaigns", new { name = " " }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("bad_parameter", Code(await Office.Send(office.Admin, HttpMethod.Get, "/api/v1/campaigns?stage=x", null, HttpStatusCode.BadRequest)));
        var body = new { code = "EXPO-1", name = "展会", type = "expo" };
        var first = await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/campaigns", body, HttpStatusCode.Created, ("Idempotency-Key", "k1"));
        var again = await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/campaigns", body, HttpStatusCode.Created, ("Idempotency-Key", "k1"));
        Assert.Equal(Id(first), Id(again));
        var path = $"/api/v1/campaigns/{Id(first)}";
        var refused = await Office.Post(office.Admin, $"{path}/stage", new { stage = "charter" }, HttpStatusCode.Conflict);
        Assert.Equal(("stage_not_ready", "budget", "targets"), (Code(refused), refused.GetProperty("missing")[0].GetString(), refused.GetProperty("missing")[1].GetString()));
        Assert.Equal("stage_not_reachable", Code(await Office.Post(office.Admin, $"{path}/stage", new { stage = "run" }, HttpStatusCode.Conflict)));
        Assert.Equal(["category", "planned"], Fields(await Office.Post(office.Admin, $"{path}/costs", new { }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("campaign_not_running", Code(await Office.Post(office.Admin, $"{path}/split", new { }, HttpStatusCode.Conflict)));
        await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/campaigns/{Guid.NewGuid()}", null, HttpStatusCode.NotFound);
    }

    /// <summary>A campaign that is on; its address in the API.</summary>
    internal static async Task<string> Running(HttpClient planner, HttpClient approver, string code)
    {
        var today = new DateOnly(2026, 3, 2);
        var made = await Office.Post(planner, "/api/v1/campaigns", new { code, name = "上海工业展", type = "expo", startsOn = today, endsOn = today.AddDays(2), targets = new { companies = 20 }, expectedAmount = 300_000 });
        var path = $"/api/v1/campaigns/{Id(made)}";
        await Office.Post(planner, $"{path}/costs", new { category = "stand", planned = 100_000, actual = 90_000 });
        await Office.Post(planner, $"{path}/stage", new { stage = "charter" });
        await Office.Post(planner, $"{path}/decision", new { approve = true }, HttpStatusCode.Forbidden);
        await Office.Post(approver, $"{path}/decision", new { approve = true });
        var running = await Office.Post(planner, $"{path}/stage", new { stage = "run" });
        Assert.Equal(("run", 3m), (running.GetProperty("campaign").GetProperty("stage").GetString(), running.GetProperty("expectedReturn").GetDecimal()));
        return path;
    }

    private static Guid Id(JsonElement detail) => detail.GetProperty("campaign").GetProperty("id").GetGuid();

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static IEnumerable<string?> Fields(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString());
}
