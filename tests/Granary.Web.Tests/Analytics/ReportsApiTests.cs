using System.Net;
using System.Text.Json;
using Granary.Testing;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Analytics;

public sealed class ReportsApiTests
{
    private const string Period = "from=2020-01-01&to=2027-12-31";

    [Theory, OnBothDatabases]
    public async Task A_report_says_its_figures_and_where_their_records_are(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await Office.Post(office.Admin, "/api/v1/leads", new
        {
            channel = "展会/上海",
            company = new { name = "北京纷扬科技有限公司", industry = "软件", size = "large" },
            contact = new { name = "张三", phones = new[] { "13800138000" } },
            requirement = "采购 CRM",
        });
        var names = (await Office.Get(office.Admin, "/api/v1/reports")).EnumerateArray().Select(r => r.GetProperty("name").GetString()).ToList();
        Assert.Empty(new[] { "funnel", "milestones", "channels", "attribution", "credit" }.Except(names));
        foreach (var name in names)
        {
            await Office.Get(office.Admin, $"/api/v1/reports/{name}?{Period}&compare=lastYear");
        }

        JsonElement funnel = default;
        for (var i = 0; i < 200; i++)
        {
            funnel = await Office.Get(office.Admin, $"/api/v1/reports/funnel?{Period}&by=channel&channel=展会");
            if (!funnel.GetProperty("gathering").GetBoolean() && funnel.GetProperty("figures")[0].GetProperty("value").GetDecimal() == 1)
            {
                break;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(("lead", 1m), (funnel.GetProperty("figures")[0].GetProperty("key").GetString(), funnel.GetProperty("figures")[0].GetProperty("value").GetDecimal()));
        var records = await Office.Get(office.Admin, funnel.GetProperty("figures")[0].GetProperty("records").GetString()!);
        Assert.Equal("北京纷扬科技有限公司", records.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal("展会/上海", funnel.GetProperty("tables")[1].GetProperty("rows")[0].GetProperty("label").GetString());

        Assert.Equal(["from", "to"], Fields(await Office.Send(office.Admin, HttpMethod.Get, "/api/v1/reports/funnel", null, HttpStatusCode.BadRequest)));
        Assert.Equal(["basis"], Fields(await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/reports/funnel?{Period}&basis=other", null, HttpStatusCode.BadRequest)));
        Assert.Equal(["shares"], Fields(await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/attribution?{Period}&model=u&shares=50,50,50", null, HttpStatusCode.BadRequest)));
        Assert.Equal(["key"], Fields(await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/reports/funnel/records?{Period}&key=nothing", null, HttpStatusCode.BadRequest)));
        await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/reports/nothing?{Period}", null, HttpStatusCode.NotFound);
    }

    private static List<string?> Fields(JsonElement problem) => [.. problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())];
}
