using System.Net;
using Granary.Testing;
using Granary.Web.Tests.People;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Desk;

public sealed class LeadPageTests
{
    [Theory, OnBothDatabases]
    public async Task What_a_deadline_did_to_a_lead_is_told_in_the_readers_language_and_never_by_a_key(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        await office.Hire("Zhang");
        var rule = new { id = "business_idle", name = "business_idle", minutes = 60, clock = "workingHours", outcome = "recycle", reminders = new[] { 50 } };
        await Office.Post(office.Admin, "/api/v1/policies/sla/draft", new { rules = new[] { rule } });
        await Office.Post(office.Admin, "/api/v1/policies/sla/publication", new { note = "within the hour" });
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        await Patiently(clock, async () => (await Office.Get(office.Admin, $"/api/v1/leads/{lead}")).GetProperty("pool").GetString() == "nurture");

        Assert.Equal("business_idle", (await Office.Get(office.Admin, $"/api/v1/leads/{lead}/ownerships")).GetProperty("items")[0].GetProperty("reason").GetString());
        using var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(Office.AdminMail, Office.Password)).Status);
        foreach (var (language, words) in new[] { ("zh-CN", new[] { "规则「企业客户未跟进」", "超时违规", "已提醒" }), ("en", ["rule &quot;Company without follow-up&quot;", "Deadline missed", "Reminded of a deadline"]) })
        {
            browser.Speak(language);
            var page = (await browser.Open($"/leads/{lead}")).Text;
            Assert.All(words, word => Assert.Contains(word, page, StringComparison.Ordinal));
            Assert.All(new[] { "business_idle", "lead.recycled", "lead.violated", "lead.reminded" }, key => Assert.DoesNotContain(key, page, StringComparison.Ordinal));
        }
    }

    // The clock moves as days do: the log is followed every second, and what is due is swept every five.
    private static async Task Patiently(FakeClock clock, Func<Task<bool>> holds)
    {
        for (var patience = 0; !await holds(); patience++)
        {
            Assert.True(patience < 300, "It never happened.");
            await Task.Delay(50, Office.Ct);
            clock.Advance(TimeSpan.FromSeconds(30));
        }
    }
}
