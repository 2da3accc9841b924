using System.Net;
using System.Text.Json;
using Granary.Application.Privacy;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Privacy;

public sealed class ConsentsApiTests
{
    [Theory, OnBothDatabases]
    public async Task The_ledger_is_written_and_read_by_the_owner_and_its_withdrawal_refuses_everything_else(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var body = office.Lead();
        body["consent"] = new { purpose = "sales_contact", textVersion = "1" };
        var lead = (await office.Submit(body)).GetProperty("id").GetGuid();
        var path = $"/api/v1/leads/{lead}";

        var before = await Office.Get(seller, $"{path}/consents");
        Assert.Equal("api", before.GetProperty("entries")[0].GetProperty("source").GetString());
        Assert.True(Permitted(before, "sales_contact"));
        Assert.False(Permitted(before, "marketing_mail"));
        Assert.True(Permitted(await Office.Post(seller, $"{path}/consents", new { purpose = "marketing_mail", channel = "phone" }), "marketing_mail"));
        Assert.Equal("invalid", Code(await Office.Post(seller, $"{path}/consents", new { purpose = "nobody_knows" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("invalid", Code(await Office.Post(seller, $"{path}/withdrawals", new { purpose = "sales_contact" }, HttpStatusCode.UnprocessableEntity)));

        Assert.False(Permitted(await Office.Post(seller, $"{path}/withdrawals", new { purpose = "sales_contact", reason = "asked by phone" }), "sales_contact"));
        Assert.Equal("consent_withdrawn", Code(await Office.Post(office.Admin, $"{path}/assignment", new { to = await office.AdminId() }, HttpStatusCode.Conflict)));
        Assert.Equal("consent_withdrawn", Code(await Office.Post(seller, $"{path}/contact-reveals", null, HttpStatusCode.Conflict)));
        Assert.Equal("consent_withdrawn", Code(await Office.Post(seller, $"{path}/follow-ups", new { method = "mail", content = "a mail that was written" }, HttpStatusCode.Conflict)));
        Assert.Equal(JsonValueKind.Null, (await Office.Get(seller, path)).GetProperty("consent").ValueKind);

        var (_, stranger) = await office.Hire("Li");
        Assert.Equal("not_found", Code(await Office.Send(stranger, HttpMethod.Get, $"{path}/consents", null, HttpStatusCode.NotFound)));
    }

    [Theory, OnBothDatabases]
    public async Task A_person_ends_a_purpose_on_their_own_page_without_signing_in(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        using var person = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var own = $"/privacy/{office.Granary.Services.GetRequiredService<PrivacyLinks>().Token(lead)}?lang=en";

        var page = await person.GetAsync(new Uri(own, UriKind.Relative), Office.Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        var text = await page.Content.ReadAsStringAsync(Office.Ct);
        Assert.Contains("Contact by sales", text, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", text, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent([new("purpose", "sales_contact")]);
        var done = await person.PostAsync(new Uri(own, UriKind.Relative), form, Office.Ct);
        Assert.Contains("Ended: Contact by sales", await done.Content.ReadAsStringAsync(Office.Ct), StringComparison.Ordinal);
        Assert.Equal("consent_withdrawn", Code(await Office.Post(office.Admin, $"/api/v1/leads/{lead}/contact-reveals", null, HttpStatusCode.Conflict)));

        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(new Uri("/privacy/AAAA", UriKind.Relative), Office.Ct)).StatusCode);
    }

    private static bool Permitted(JsonElement view, string purpose) =>
        view.GetProperty("purposes").EnumerateArray().Single(p => p.GetProperty("purpose").GetString() == purpose).GetProperty("permitted").GetBoolean();

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
