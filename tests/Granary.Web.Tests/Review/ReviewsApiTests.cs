using System.Net;
using System.Text.Json;
using Granary.Testing;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Review;

public sealed class ReviewsApiTests
{
    private static readonly object Elements = new { amount = 5_000_000, ownShare = 0.5, customer = "other" };

    private static readonly object Criteria = new { intention = true, budgetConfirmed = true, budget = 500000, decisionMaker = true, date = "2026-12-01" };

    [Theory, OnBothDatabases]
    public async Task A_lead_is_reviewed_and_converted_over_the_api(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (members, chair) = await Committee(office);
        var (zhang, sales) = await office.Hire("Zhang");
        var lead = await LeadOf(office, zhang);
        var path = $"/api/v1/leads/{lead}/review";

        Assert.Equal("review_required", Code(await Office.Post(sales, $"/api/v1/leads/{lead}/conversion", new { criteria = Criteria }, HttpStatusCode.Conflict)));
        await Office.Send(sales, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        Assert.Equal("unknown_field", Code(await Office.Post(sales, path, new { sumary = "x" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("checking", (await Office.Post(sales, path, new { summary = "三期产线改造" })).GetProperty("state").GetString());
        Assert.Equal("review_open", Code(await Office.Post(sales, path, new { }, HttpStatusCode.Conflict)));
        await Office.Post(sales, $"{path}/completeness", new { complete = true }, HttpStatusCode.Forbidden);
        Assert.Equal("complete", Field(await Office.Post(office.Admin, $"{path}/completeness", new { }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("reason_required", Code(await Office.Post(office.Admin, $"{path}/completeness", new { complete = false }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("opinions", (await Office.Post(office.Admin, $"{path}/completeness", new { complete = true, owner = zhang })).GetProperty("state").GetString());

        Assert.Equal("elements.ownShare", Field(await Office.Post(chair, $"{path}/opinions", new { verdict = "approve", elements = new { amount = 1, customer = "other" } }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("not_a_member", Code(await Office.Post(office.Admin, $"{path}/opinions", new { verdict = "approve", elements = Elements }, HttpStatusCode.Forbidden)));
        Assert.Equal("stale", Code(await Office.Send(chair, HttpMethod.Post, $"{path}/opinions", new { verdict = "approve", elements = Elements }, HttpStatusCode.Conflict, ("If-Match", "\"1\""))));
        var first = await Office.Post(chair, $"{path}/opinions", new { verdict = "approve", elements = Elements });
        Assert.Equal(("opinions", 2), (first.GetProperty("state").GetString(), first.GetProperty("missing").GetArrayLength()));
        var decided = await Office.Post(members[1], $"{path}/opinions", new { verdict = "approve", elements = Elements });
        Assert.Equal("a", (await Office.Get(sales, $"/api/v1/leads/{lead}")).GetProperty("projectGrade").GetString());
        Assert.Equal(("approved", "a", 5), (decided.GetProperty("state").GetString(), decided.GetProperty("grade").GetString(), decided.GetProperty("milestones").GetArrayLength()));
        Assert.Equal("not_your_turn", Code(await Office.Post(members[2], $"{path}/opinions", new { verdict = "reject", reason = "x" }, HttpStatusCode.Conflict)));

        Assert.Equal("steps[0].dueOn", Field(await Office.Post(sales, $"{path}/milestones", new { steps = new[] { new { name = "走访" } } }, HttpStatusCode.UnprocessableEntity)));
        var planned = await Office.Post(sales, $"{path}/milestones", new { steps = new[] { new { name = "走访", dueOn = "2027-01-15" } } });
        var step = planned.GetProperty("milestones")[0];
        Assert.Equal(("走访", zhang), (step.GetProperty("name").GetString(), step.GetProperty("owner").GetProperty("id").GetGuid()));
        var done = await Office.Post(sales, $"{path}/milestones/{step.GetProperty("id").GetGuid()}/completion", new { });
        Assert.NotNull(done.GetProperty("milestones")[0].GetProperty("doneOn").GetString());
        Assert.Equal("reason_required", Code(await Office.Post(chair, $"{path}/status", new { outcome = "close" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("c", (await Office.Post(chair, $"{path}/status", new { outcome = "regrade", reason = "缩减", elements = new { amount = 1, ownShare = 0, customer = "other" } })).GetProperty("grade").GetString());

        await Office.Post(sales, $"/api/v1/leads/{lead}/pain-chain", new { pains = new[] { new { id = "p1", role = "财务", text = "回款慢" } } });
        await Office.Post(sales, $"/api/v1/leads/{lead}/interest", new { items = new[] { new { kind = "successCase", text = "样板产线", painId = "p1" } } });
        Assert.Equal("interest.items[0].painId", Field(await Office.Post(sales, $"/api/v1/leads/{lead}/interest", new { items = new[] { new { kind = "product", text = "x", painId = "p9" } } }, HttpStatusCode.UnprocessableEntity)));
        var opportunity = (await Office.Post(sales, $"/api/v1/leads/{lead}/conversion", new { criteria = Criteria, account = new { name = "北京纷扬科技有限公司" } })).GetProperty("opportunityId").GetGuid();
        var papers = await Office.Get(sales, $"/api/v1/opportunities/{opportunity}/papers");
        Assert.Equal(("回款慢", "样板产线"), (papers.GetProperty("painChain").GetProperty("pains")[0].GetProperty("text").GetString(), papers.GetProperty("interest").GetProperty("items")[0].GetProperty("text").GetString()));

        var today = DateTime.Parse((await Office.Get(sales, path)).GetProperty("submittedAt").GetString()!, System.Globalization.CultureInfo.InvariantCulture).Year;
        var report = await Office.Get(office.Admin, $"/api/v1/reports/reviews?from={today}-01-01&to={today}-12-31&by=owner");
        Assert.Equal((1, 1, 1, 1m), (report.GetProperty("total").GetInt32(), report.GetProperty("valid").GetInt32(), report.GetProperty("opportunities").GetInt32(), report.GetProperty("conversion").GetDecimal()));
        var compared = await Office.Get(office.Admin, $"/api/v1/reports/reviews?from={today}-01-01&to={today}-12-31&by=month&basis=activity&compare=lastYear");
        Assert.Equal(($"{today - 1}-01-01", 0, 12), (compared.GetProperty("before").GetProperty("from").GetString(), compared.GetProperty("before").GetProperty("total").GetInt32(), compared.GetProperty("groups").GetArrayLength()));
        Assert.Equal("Zhang", report.GetProperty("groups")[0].GetProperty("name").GetString());
        Assert.Equal("by", Field(await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/reports/reviews?from={today}-01-01&to={today}-12-31&by=moon", null, HttpStatusCode.BadRequest)));
    }

    [Theory, OnBothDatabases]
    public async Task The_register_is_filtered_paged_and_taken_out_with_formulas_neutralised(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (members, _) = await Committee(office);
        var (zhang, sales) = await office.Hire("Zhang");
        for (var i = 0; i < 3; i++)
        {
            var lead = await LeadOf(office, zhang, i == 0 ? "=HYPERLINK(1)科技" : null);
            await Office.Post(sales, $"/api/v1/leads/{lead}/review", new { });
            if (i == 0)
            {
                await Office.Post(office.Admin, $"/api/v1/leads/{lead}/review/completeness", new { complete = true });
            }
        }

        var first = await Office.Get(office.Admin, "/api/v1/reviews?limit=2");
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        Assert.Single((await Office.Get(office.Admin, $"/api/v1/reviews?limit=2&after={first.GetProperty("next").GetString()}")).GetProperty("items").EnumerateArray());
        Assert.Single((await Office.Get(members[0], "/api/v1/reviews?turn=opinion")).GetProperty("items").EnumerateArray());
        Assert.Equal(2, (await Office.Get(office.Admin, "/api/v1/reviews?turn=check&state=checking")).GetProperty("items").GetArrayLength());
        Assert.Equal("state", Field(await Office.Send(office.Admin, HttpMethod.Get, "/api/v1/reviews?state=moon", null, HttpStatusCode.BadRequest)));

        using var browser = office.Browse();
        await browser.SignIn(Office.AdminMail, Office.Password);
        var csv = (await browser.Open("/reviews/register.csv?turn=all")).Text;
        Assert.Contains("'=HYPERLINK(1)科技", csv, StringComparison.Ordinal);
        Assert.Equal(5, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("review.exported", (await Office.Get(office.Admin, "/api/v1/events?kind=review.exported")).ToString(), StringComparison.Ordinal);
    }

    internal static async Task<(HttpClient[] Members, HttpClient Chair)> Committee(Office office)
    {
        List<(Guid Id, HttpClient Client)> members = [];
        foreach (var name in new[] { "Chair", "Second", "Third" })
        {
            members.Add(await office.Hire(name, "review_committee"));
        }

        var policy = new { lines = new[] { new { line = "default", members = members.Select(m => m.Id), chair = members[0].Id, requiredFields = new[] { "company.name" } } } };
        await Office.Post(office.Admin, "/api/v1/policies/review/draft", policy);
        await Office.Post(office.Admin, "/api/v1/policies/review/publication", new { note = "committee" });
        return ([.. members.Select(m => m.Client)], members[0].Client);
    }

    internal static async Task<Guid> LeadOf(Office office, Guid owner, string? company = null)
    {
        var lead = (await office.Submit(office.Lead(company: company ?? "北京纷扬科技有限公司"))).GetProperty("id").GetGuid();
        await Office.Send(office.Admin, HttpMethod.Post, $"/api/v1/leads/{lead}/assignment", new { to = owner }, (await Office.Get(office.Admin, $"/api/v1/leads/{lead}")).GetProperty("owner") is { ValueKind: JsonValueKind.Object } had && had.GetProperty("id").GetGuid() == owner ? HttpStatusCode.Conflict : HttpStatusCode.Created);
        return lead;
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static string Field(JsonElement problem) => problem.GetProperty("errors")[0].GetProperty("field").GetString()!;
}
