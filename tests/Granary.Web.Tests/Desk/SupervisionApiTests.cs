using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Desk;

public sealed class SupervisionApiTests
{
    private const string Report = "/api/v1/reports/supervision";

    [Theory, OnBothDatabases]
    public async Task Follow_ups_and_held_leads_are_counted_for_those_whose_figures_somebody_may_read(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var department = (await Office.Post(office.Admin, "/api/v1/departments", new { name = "华东" })).GetProperty("id").GetGuid();
        var (zhang, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (boss, supervisor) = await office.Hire("Boss", "sales_supervisor");
        foreach (var user in new[] { zhang, boss })
        {
            await Office.Send(office.Admin, HttpMethod.Patch, $"/api/v1/users/{user}", new { departmentId = department }, HttpStatusCode.OK);
        }

        var (stranger, _) = await office.Hire("Li");
        await Office.Post(seller, $"/api/v1/leads/{lead}/follow-ups", new { method = "call", content = "客户确认预算，约周四演示" });
        var today = $"{TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")):yyyy-MM-dd}";

        var all = await Office.Get(office.Admin, $"{Report}?from={today}&to={today}");
        Assert.Equal((1, 1, 1), (all.GetProperty("total").GetProperty("followUps").GetInt32(), all.GetProperty("total").GetProperty("held").GetInt32(), all.GetProperty("total").GetProperty("unplanned").GetInt32()));
        Assert.Contains(stranger, Ids(all));
        var near = await Office.Get(supervisor, $"{Report}?from={today}&to={today}");
        Assert.Equal(new[] { zhang, boss }.Order(), Ids(near).Order());
        Assert.Equal(department, Assert.Single(near.GetProperty("departments").EnumerateArray()).GetProperty("id").GetGuid());
        await Office.Send(seller, HttpMethod.Get, $"{Report}?from={today}&to={today}", null, HttpStatusCode.Forbidden);
        using var nobody = office.Granary.CreateClient();
        await Office.Send(nobody, HttpMethod.Get, $"{Report}?from={today}&to={today}", null, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("", "from", "required")]
    [InlineData("?from=2026-11-02", "to", "required")]
    [InlineData("?from=2026-11-31&to=2026-12-01", "from", "invalid_format")]
    [InlineData("?from=2026-11-02&to=tomorrow", "to", "invalid_format")]
    [InlineData("?from=2026-11-03&to=2026-11-02", "to", "out_of_range")]
    [InlineData("?from=2025-01-01&to=2026-01-02", "to", "out_of_range")]
    public async Task Days_that_are_none_are_named(string query, string field, string code)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var problem = await Office.Send(office.Admin, HttpMethod.Get, Report + query, null, HttpStatusCode.BadRequest);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(("bad_parameter", field, code), (problem.GetProperty("code").GetString(), error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
    }

    private static IEnumerable<Guid> Ids(JsonElement report) => report.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetGuid());
}
