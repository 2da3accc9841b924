using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Qualification;

public sealed class QualificationsApiTests
{
    private static readonly string[] Mql = ["fits_profile", "not_private", "verified", "willing"];

    [Theory, OnBothDatabases]
    public async Task A_lead_becomes_an_mql_and_sales_accept_it(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, sdr) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var path = $"/api/v1/leads/{lead}/qualification";

        Assert.Equal("criteria_not_met", Code(await Office.Post(sdr, path, new { stage = "mql", checks = new[] { "willing" } }, HttpStatusCode.Conflict)));
        Assert.Equal("stage", Field(await Office.Post(sdr, path, new { }, HttpStatusCode.UnprocessableEntity)));
        await Office.Post(sdr, path, new { stage = "mql", checks = Mql, note = "周五方便" });
        Assert.Equal("own_judgement", Code(await Office.Post(sdr, path + "/acceptance", new { }, HttpStatusCode.Conflict)));
        await Office.Post(office.Admin, path + "/acceptance", new { });
        Assert.Equal("nothing_to_judge", Code(await Office.Post(office.Admin, path + "/rejection", new { reason = "晚了" }, HttpStatusCode.Conflict)));

        Assert.Equal("mql", (await Office.Get(sdr, $"/api/v1/leads/{lead}")).GetProperty("qualification").GetString());
        var judged = Assert.Single((await Office.Get(sdr, $"/api/v1/leads/{lead}/qualifications")).EnumerateArray());
        Assert.Equal(("accepted", "Zhang"), (judged.GetProperty("acceptance").GetString(), judged.GetProperty("by").GetProperty("name").GetString()));
        Assert.Equal(lead, Assert.Single((await Office.Get(office.Admin, "/api/v1/leads?qualification=mql")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Empty((await Office.Get(office.Admin, "/api/v1/leads?qualification=sql")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_elses_lead_is_judged_by_nobody_and_shown_to_nobody(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (_, stranger) = await office.Hire("Li");

        await Office.Post(stranger, $"/api/v1/leads/{lead}/qualification", new { stage = "mql", checks = Mql }, HttpStatusCode.NotFound);
        await Office.Send(stranger, HttpMethod.Get, $"/api/v1/leads/{lead}/qualifications", null, HttpStatusCode.NotFound);
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static string Field(JsonElement problem) => problem.GetProperty("errors")[0].GetProperty("field").GetString()!;
}
