using System.Net;
using System.Text.Json;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Ownership;

public sealed class ReactivationsApiTests
{
    private static readonly object Plan = new
    {
        select = new { pools = new[] { "nurture" }, idleDays = 0 },
        push = new { target = new { role = BuiltInRoles.SalesRepresentative }, perRun = 10 },
        schedule = new { every = "weekly", weekdays = new[] { "monday" }, at = "09:30:00" },
        script = "三个月前聊过",
    };

    [Theory, OnBothDatabases]
    public async Task A_plan_is_previewed_saved_run_and_measured(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var weak = office.Lead();
        weak.Remove("budget");
        Assert.Equal("nurture", (await office.Submit(weak)).GetProperty("pool").GetString());
        await office.Hire("Zhang");

        var preview = await Office.Post(office.Admin, "/api/v1/reactivations/preview", new { plan = Plan }, HttpStatusCode.OK);
        Assert.Equal(1, preview.GetProperty("selected").GetInt32());
        var made = await Office.Post(office.Admin, "/api/v1/reactivations", new { name = "秋季盘活", plan = Plan });
        var path = $"/api/v1/reactivations/{made.GetProperty("id").GetGuid()}";
        Assert.NotEqual(JsonValueKind.Null, made.GetProperty("nextAt").ValueKind);

        var run = await Office.Post(office.Admin, $"{path}/runs", null);
        Assert.Equal((1, 1), (run.GetProperty("selected").GetInt32(), run.GetProperty("figures").GetProperty("pushed").GetInt32()));
        var lead = Assert.Single((await Office.Get(office.Admin, $"{path}/leads?outcome=untouched")).GetProperty("items").EnumerateArray());
        Assert.Equal("Zhang", lead.GetProperty("lead").GetProperty("owner").GetProperty("name").GetString());
        Assert.Single((await Office.Get(office.Admin, $"{path}/runs")).GetProperty("items").EnumerateArray());

        await Office.Send(office.Admin, HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        Assert.False((await Office.Get(office.Admin, path)).GetProperty("open").GetBoolean());
    }

    [Theory, OnBothDatabases]
    public async Task Who_does_not_assign_everywhere_may_not_and_a_bad_plan_is_refused(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, supervisor) = await office.Hire("Shen", "sales_supervisor");
        await Office.Send(supervisor, HttpMethod.Get, "/api/v1/reactivations", null, HttpStatusCode.Forbidden);

        var refused = await Office.Post(office.Admin, "/api/v1/reactivations", new { name = "x", plan = new { select = new { pools = new[] { "blacklist" } } } }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["nothing_flows_out", "one_target"], refused.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()));
        await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/reactivations/{Guid.NewGuid()}", null, HttpStatusCode.NotFound);
        await Office.Post(office.Admin, $"/api/v1/reactivations/{Guid.NewGuid()}/runs", null, HttpStatusCode.NotFound);
        Assert.Empty((await Office.Get(office.Admin, "/api/v1/reactivations")).GetProperty("items").EnumerateArray());
    }
}
