using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Opportunities;

public sealed class OpportunitiesApiTests
{
    private static readonly object Criteria = new { intention = true, budgetConfirmed = true, budget = 500000, decisionMaker = true, date = "2026-12-01" };

    [Theory, OnBothDatabases]
    public async Task A_lead_is_converted_and_undone_over_the_api(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, sales) = await office.Hire("Zhang");
        var lead = await LeadOf(office);
        var path = $"/api/v1/leads/{lead}/conversion";

        Assert.Equal("criteria", Field(await Office.Post(sales, path, new { }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("criteria_not_met", Code(await Office.Post(sales, path, new { criteria = new { intention = true } }, HttpStatusCode.Conflict)));
        Assert.Equal("unknown_field", Code(await Office.Post(sales, path, new { criteria = Criteria, account = new { nam = "x" } }, HttpStatusCode.UnprocessableEntity)));
        var made = await Office.Post(sales, path, new { criteria = Criteria, account = new { name = "北京纷扬科技有限公司" }, opportunity = new { productLine = "CRM", amount = 480000.5 } });
        Assert.Equal("already_converted", Code(await Office.Post(sales, path, new { criteria = Criteria }, HttpStatusCode.Conflict)));

        var deal = await Office.Get(sales, $"/api/v1/opportunities/{made.GetProperty("opportunityId").GetGuid()}");
        Assert.Equal((480000.5m, "identify", "b", "CRM"), (deal.GetProperty("amount").GetDecimal(), deal.GetProperty("stage").GetString(), deal.GetProperty("inquiry").GetString(), deal.GetProperty("productLine").GetString()));
        Assert.Equal("北京纷扬科技有限公司", deal.GetProperty("account").GetString());
        Assert.Contains((await Office.Post(sales, $"{path}/undo", null)).GetProperty("status").GetString(), new[] { "pending", "working" });
        Assert.Equal("not_converted", Code(await Office.Post(sales, $"{path}/undo", null, HttpStatusCode.Conflict)));
        Assert.Empty((await Office.Get(office.Admin, "/api/v1/accounts")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothDatabases]
    public async Task Opportunities_are_listed_by_pages_and_filters_and_moved_by_their_stage(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, sales) = await office.Hire("Zhang");
        List<Guid> deals = [];
        for (var i = 0; i < 3; i++)
        {
            var made = await Office.Post(sales, $"/api/v1/leads/{await LeadOf(office)}/conversion", new { criteria = Criteria, account = new { name = $"上海甲{"乙丙丁"[i]}机械有限公司" }, opportunity = new { productLine = i == 0 ? "MES" : "CRM" } });
            deals.Add(made.GetProperty("opportunityId").GetGuid());
        }

        var first = await Office.Get(sales, "/api/v1/opportunities?limit=2");
        var second = await Office.Get(sales, $"/api/v1/opportunities?limit=2&after={first.GetProperty("next").GetString()}");
        Assert.Equal(deals.Order(), Ids(first).Concat(Ids(second)).Order());
        Assert.Equal([deals[0]], Ids(await Office.Get(sales, $"/api/v1/opportunities?productLine=MES&owner={zhang}&stage=identify&month=2026-12&open=true")));
        Assert.Empty(Ids(await Office.Get(sales, "/api/v1/opportunities?month=2027-01")));
        Assert.Equal("month", Field(await Office.Send(sales, HttpMethod.Get, "/api/v1/opportunities?month=soon", null, HttpStatusCode.BadRequest)));
        Assert.Equal("bad_cursor", Code(await Office.Send(sales, HttpMethod.Get, "/api/v1/opportunities?after=x", null, HttpStatusCode.BadRequest)));

        var refused = await Office.Post(sales, $"/api/v1/opportunities/{deals[0]}/stage", new { stage = "evaluate" }, HttpStatusCode.Conflict);
        Assert.Equal(("exit_checklist_not_met", 2), (Code(refused), refused.GetProperty("missing").GetArrayLength()));
        var moved = await Office.Post(sales, $"/api/v1/opportunities/{deals[0]}/stage", new { stage = "evaluate", checks = new[] { "pain_agreed", "key_person_met" } });
        Assert.Equal("evaluate", moved.GetProperty("stage").GetString());
        Assert.Equal("stale", Code(await Office.Send(sales, HttpMethod.Patch, $"/api/v1/opportunities/{deals[0]}", new { amount = 1 }, HttpStatusCode.Conflict, ("If-Match", "\"1\""))));
        Assert.Equal(1.5m, (await Office.Send(sales, HttpMethod.Patch, $"/api/v1/opportunities/{deals[0]}", new { amount = 1.5 }, HttpStatusCode.OK)).GetProperty("amount").GetDecimal());
        Assert.Equal("loss_report_required", Code(await Office.Post(sales, $"/api/v1/opportunities/{deals[1]}/stage", new { stage = "lost" }, HttpStatusCode.Conflict)));
        await Office.Post(sales, $"/api/v1/opportunities/{deals[1]}/loss-report", new { reason = "price", account = "低价" });
        await Office.Post(sales, $"/api/v1/opportunities/{deals[1]}/stage", new { stage = "lost" });

        var forecast = await Office.Get(sales, "/api/v1/opportunities/forecast?by=grade");
        Assert.Equal((3, 300_000.90m), (forecast.GetProperty("count").GetInt32(), forecast.GetProperty("weighted").GetDecimal()));
        Assert.Equal("by", Field(await Office.Send(sales, HttpMethod.Get, "/api/v1/opportunities/forecast?by=moon", null, HttpStatusCode.BadRequest)));
        Assert.Equal("opportunity.stage_changed", (await Office.Get(sales, $"/api/v1/opportunities/{deals[1]}/timeline")).GetProperty("items")[0].GetProperty("kind").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_field_that_is_published_is_written_filtered_by_and_refused_at_its_place(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, sales) = await office.Hire("Zhang");
        var made = await Office.Post(sales, $"/api/v1/leads/{await LeadOf(office)}/conversion", new { criteria = Criteria, account = new { name = "上海数聚软件有限公司" } });
        var (id, one) = (made.GetProperty("opportunityId").GetGuid(), $"/api/v1/opportunities/{made.GetProperty("opportunityId").GetGuid()}");
        await Office.Post(office.Admin, "/api/v1/policies/fields/draft", new
        {
            fields = new object[]
            {
                new { key = "seats", name = "席位", owner = "opportunity", kind = "number", min = 1 },
                new { key = "uses", name = "用途", owner = "opportunity", kind = "multiChoice", choices = new[] { new { id = "a", name = "甲" }, new { id = "b", name = "乙" } } },
            },
        });
        await Office.Post(office.Admin, "/api/v1/policies/fields/publication", new { note = "first" });

        Assert.Equal("custom.seats", Field(await Office.Send(sales, HttpMethod.Patch, one, new { custom = new { seats = 0 } }, HttpStatusCode.UnprocessableEntity)));
        await Office.Send(sales, HttpMethod.Patch, one, new { custom = new { seats = 20, uses = new[] { "乙", "a" } } }, HttpStatusCode.OK);
        Assert.Equal("""{"seats":"20","uses":"a,b"}""", (await Office.Get(sales, one)).GetProperty("custom").GetRawText());
        Assert.Equal([id], Ids(await Office.Get(sales, "/api/v1/opportunities?custom.seats=20&custom.uses=b")));
        Assert.Empty(Ids(await Office.Get(sales, "/api/v1/opportunities?custom.seats=2")));
        await Office.Send(sales, HttpMethod.Patch, one, new { custom = new { seats = (int?)null } }, HttpStatusCode.OK);
        Assert.Equal("""{"uses":"a,b"}""", (await Office.Get(sales, one)).GetProperty("custom").GetRawText());
        Assert.Equal("custom.seats", Field(await Office.Send(sales, HttpMethod.Get, $"/api/v1/opportunities?custom.seats={new string('1', 201)}", null, HttpStatusCode.BadRequest)));

        using var browser = office.Browse();
        await browser.SignIn("zhang@example.com", Office.Password);
        Assert.Contains($"/opportunities/{id}", (await browser.Open("/opportunities?custom.uses=a")).Text, StringComparison.Ordinal);
        var back = await browser.Post($"/opportunities/{id}/edit", (await browser.Open($"/opportunities/{id}")).Token, ("name", "甲"), ("amount", "5"), ("custom", "true"), ("Input.Custom[seats]", "7"));
        Assert.Equal($"/opportunities/{id}", back.To);
        Assert.Equal("""{"seats":"7"}""", (await Office.Get(sales, one)).GetProperty("custom").GetRawText());
    }

    [Theory, OnBothDatabases]
    public async Task What_is_written_comes_back_and_what_is_wrong_is_named(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, sales) = await office.Hire("Zhang");
        var (_, legal) = await office.Hire("Legal", "legal");
        var made = await Office.Post(sales, $"/api/v1/leads/{await LeadOf(office)}/conversion", new { criteria = Criteria, account = new { name = "上海数聚软件有限公司" } });
        var one = $"/api/v1/opportunities/{made.GetProperty("opportunityId").GetGuid()}";

        Assert.Equal("painChain.links", Field(await Office.Post(sales, $"{one}/pain-chain", new
        {
            pains = new[] { new { id = "a", role = "财务", text = "回款慢" }, new { id = "b", role = "生产", text = "停工" } },
            links = new[] { new { cause = "a", effect = "b" }, new { cause = "b", effect = "a" } },
        }, HttpStatusCode.UnprocessableEntity)));
        await Office.Post(sales, $"{one}/pain-chain", new { pains = new[] { new { id = "a", role = "财务", text = "回款慢" } }, links = new object?[] { null } });
        await Office.Post(sales, $"{one}/plan", new { pains = new[] { new { text = "停工", amount = 100000 } }, priceFloor = 420000, dates = new[] { new { text = "演示", on = "2026-11-20" } } });
        Assert.Equal("advantages", Field(await Office.Post(sales, $"{one}/plan/submission", null, HttpStatusCode.UnprocessableEntity)));
        var papers = await Office.Get(legal, $"{one}/papers");
        Assert.Equal(JsonValueKind.Null, papers.GetProperty("plan").TryGetProperty("priceFloor", out var floor) ? floor.ValueKind : JsonValueKind.Null);
        Assert.Equal(420000m, (await Office.Get(sales, $"{one}/papers")).GetProperty("plan").GetProperty("priceFloor").GetDecimal());

        await Office.Post(sales, $"{one}/contract", new { amount = 1000, schedule = new[] { new { on = "2026-12-01", amount = 1000 } } });
        await Office.Post(sales, $"{one}/contract/steps", new { step = "submit" });
        await Office.Post(sales, $"{one}/contract/steps", new { step = "clear" }, HttpStatusCode.Forbidden);
        await Office.Post(legal, $"{one}/contract/steps", new { step = "clear" });
        await Office.Post(sales, $"{one}/contract/steps", new { step = "sign" });
        Assert.Equal("above_contract", Code(await Office.Post(sales, $"{one}/payments", new { amount = 1000.01 }, HttpStatusCode.Conflict)));
        await Office.Post(sales, $"{one}/payments", new { amount = 400 });
        var contract = await Office.Get(sales, $"{one}/contract");
        Assert.Equal(("signed", "partial", 600m), (contract.GetProperty("state").GetString(), contract.GetProperty("paid").GetString(), contract.GetProperty("open").GetDecimal()));
        var (_, stranger) = await office.Hire("Li");
        await Office.Send(stranger, HttpMethod.Get, $"{one}/contract", null, HttpStatusCode.NotFound);
    }

    private static async Task<Guid> LeadOf(Office office) => (await office.Submit(office.Lead())).GetProperty("id").GetGuid();

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid());

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static string Field(JsonElement problem) => problem.GetProperty("errors")[0].GetProperty("field").GetString()!;
}
