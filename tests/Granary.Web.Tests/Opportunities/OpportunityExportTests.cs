using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Opportunities;

public sealed class OpportunityExportTests
{
    private const string Path = "/api/v1/opportunities/export";

    private static readonly object Criteria = new { intention = true, budgetConfirmed = true, budget = 500000, decisionMaker = true, date = "2026-12-01" };

    [Theory, OnBothDatabases]
    public async Task Opportunities_are_taken_out_by_the_filters_of_their_list_by_who_may(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, sales) = await office.Hire("Zhang");
        foreach (var (company, product) in new[] { ("=HYPERLINK(1)机械有限公司", "MES"), ("上海数聚软件有限公司", "CRM") })
        {
            var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
            await Office.Post(sales, $"/api/v1/leads/{lead}/conversion", new { criteria = Criteria, account = new { name = company }, opportunity = new { productLine = product, amount = 1000 } });
        }

        await Publish(office, "fields", new { fields = new object[] { new { key = "seats", name = "席位", englishName = "Seats", owner = "opportunity", kind = "number" } } });
        await Office.Send(sales, HttpMethod.Get, Path, null, HttpStatusCode.Forbidden);
        Assert.Equal("format", (await Office.Send(office.Admin, HttpMethod.Get, $"{Path}?format=pdf", null, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("month", (await Office.Send(office.Admin, HttpMethod.Get, $"{Path}?month=soon", null, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("field").GetString());

        using var answer = await office.Admin.GetAsync(new Uri($"{Path}?productLine=MES&open=true", UriKind.Relative), Office.Ct);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        var lines = (await answer.Content.ReadAsStringAsync(Office.Ct)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Inquiry code,Name,Account,Owner,Business line,Stage,Grade,Inquiry grade,Amount,Weighted amount,Expected month,Made,Seats", lines[0]);
        Assert.Contains(",'=HYPERLINK(1)机械有限公司,Zhang,Default line,Identify pain,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("Confidential · exported by Admin at ", lines[2].Trim('"'), StringComparison.Ordinal);
        using var book = await office.Admin.GetAsync(new Uri($"{Path}?format=xlsx", UriKind.Relative), Office.Ct);
        Assert.Equal("PK"u8.ToArray(), (await book.Content.ReadAsByteArrayAsync(Office.Ct))[..2]);
        Assert.Contains("opportunity.exported", (await Office.Get(office.Admin, "/api/v1/events?kind=opportunity.exported")).ToString(), StringComparison.Ordinal);

        using var browser = office.Browse();
        await browser.SignIn(Office.AdminMail, Office.Password);
        var page = (await browser.Open("/opportunities?productLine=CRM")).Text;
        Assert.Contains("/opportunities/export?productLine=CRM&amp;format=xlsx", page, StringComparison.Ordinal);
        Assert.Contains("data-with=\"#page-actions #opportunity-views\"", page, StringComparison.Ordinal);
        Assert.Equal(3, (await browser.Open("/opportunities/export?productLine=CRM")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        await Publish(office, "exports", new { approvalAbove = 1, mostRows = 2 });
        var refused = await Office.Send(office.Admin, HttpMethod.Get, Path, null, HttpStatusCode.Conflict);
        Assert.Equal(("too_many_rows", 1), (refused.GetProperty("code").GetString(), refused.GetProperty("limit").GetInt32()));
        Assert.Equal("/exports/records?open=true&kind=opportunities", (await browser.Open("/opportunities/export?open=true")).To);
    }

    private static async Task<JsonElement> Publish(Office office, string kind, object policy)
    {
        await Office.Post(office.Admin, $"/api/v1/policies/{kind}/draft", policy);
        return await Office.Post(office.Admin, $"/api/v1/policies/{kind}/publication", new { note = "next" });
    }
}
