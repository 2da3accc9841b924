using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Opportunities;

public sealed class PartnersApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_partner_registers_a_deal_and_somebody_else_decides(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var (_, stranger) = await office.Hire("Li");
        var partner = await Office.Post(zhang, "/api/v1/partners", new { name = "华东渠道", kind = "dealer", region = "上海" });
        var path = $"/api/v1/partners/{partner.GetProperty("id").GetGuid()}";
        Assert.Equal("重点", (await Office.Send(zhang, HttpMethod.Patch, path, new { note = "重点" }, HttpStatusCode.OK, ("If-Match", "\"1\""))).GetProperty("note").GetString());
        Assert.Equal("stale", Code(await Office.Send(zhang, HttpMethod.Patch, path, new { note = "x" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""))));
        await Office.Send(stranger, HttpMethod.Get, path, null, HttpStatusCode.NotFound);

        var asked = await Office.Post(zhang, "/api/v1/partner-registrations", new { partnerId = partner.GetProperty("id").GetGuid(), kind = "deal", company = "北京纷扬科技有限公司", need = "MES 一期", amount = 300000 });
        var one = $"/api/v1/partner-registrations/{asked.GetProperty("id").GetGuid()}";
        Assert.Equal(("asked", 0), (asked.GetProperty("state").GetString(), asked.GetProperty("conflicts").GetArrayLength()));
        Assert.Equal("already_registered", Code(await Office.Post(zhang, "/api/v1/partner-registrations", new { partnerId = partner.GetProperty("id").GetGuid(), kind = "referral", company = "北京纷扬", need = "MES" }, HttpStatusCode.Conflict)));
        await Office.Send(zhang, HttpMethod.Post, $"{one}/acceptance", new { }, HttpStatusCode.Forbidden);
        Assert.Equal("reason_required", Code(await Office.Post(office.Admin, $"{one}/refusal", new { }, HttpStatusCode.UnprocessableEntity)));
        var accepted = await Office.Post(office.Admin, $"{one}/acceptance", new { });
        Assert.Equal("accepted", accepted.GetProperty("state").GetString());
        Assert.Equal("registration_decided", Code(await Office.Post(office.Admin, $"{one}/acceptance", new { }, HttpStatusCode.Conflict)));
        Assert.Equal("other_company", Code(await Office.Post(zhang, $"{one}/opportunity", new { opportunityId = Guid.NewGuid() }, HttpStatusCode.Conflict)));

        var conflicts = await Office.Get(zhang, "/api/v1/partner-registrations/conflicts?company=北京纷扬");
        Assert.Equal("protected", conflicts[0].GetProperty("kind").GetString());
        Assert.Single((await Office.Get(zhang, "/api/v1/partner-registrations?state=accepted&company=北京纷扬科技有限公司")).GetProperty("items").EnumerateArray());
        Assert.Equal(1, (await Office.Get(zhang, "/api/v1/partners?kind=dealer&q=华东")).GetProperty("items")[0].GetProperty("protected").GetInt32());
        Assert.Equal("withdrawn", (await Office.Post(zhang, $"{one}/withdrawal", new { })).GetProperty("state").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Bad_requests_say_what_is_wrong(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");

        Assert.Equal(["name", "kind"], Fields(await Office.Post(zhang, "/api/v1/partners", new { name = " " }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(["partnerId", "kind", "company", "need"], Fields(await Office.Post(zhang, "/api/v1/partner-registrations", new { company = "无" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/partners?kind=x", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/partner-registrations?state=x", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_parameter", Code(await Office.Send(zhang, HttpMethod.Get, "/api/v1/partner-registrations/conflicts?company=", null, HttpStatusCode.BadRequest)));
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static IEnumerable<string?> Fields(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString());
}
