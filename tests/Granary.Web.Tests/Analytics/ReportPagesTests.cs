using System.Net;
using System.Text.RegularExpressions;
using Granary.Testing;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Analytics;

public sealed partial class ReportPagesTests
{
    private static readonly string[] Names = ["funnel", "status", "invalid", "efficiency", "kpi", "retrospective", "fluctuation", "demand", "supply", "meeting"];

    [Theory, OnBothDatabases]
    public async Task Pages_of_reports_speak_both_languages_in_all_their_choices_and_their_forms_do_what_they_say(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(Office.AdminMail, Office.Password)).Status);
        var listed = await Office.Get(office.Admin, "/api/v1/reports");
        List<string> addresses = ["/analytics", "/analytics/saved"];
        foreach (var report in listed.EnumerateArray())
        {
            var name = report.GetProperty("name").GetString();
            addresses.AddRange(report.GetProperty("options").EnumerateArray().SelectMany(o => o.GetProperty("choices").EnumerateArray().Select(c => $"/analytics/{name}?{o.GetProperty("name")}={c}&compare=previous")).DefaultIfEmpty($"/analytics/{name}"));
        }

        Assert.Empty(Names.Except(listed.EnumerateArray().Select(r => r.GetProperty("name").GetString())));
        var token = (await browser.Open("/analytics/efficiency")).Token;
        Assert.Equal("/analytics/saved", (await browser.Post("/analytics/saved", token, [("name", "本月效率"), ("report", "efficiency"), ("query", "?from=2026-01-01&to=2026-01-31&rank=response"), ("period", "lastMonth")])).To);
        var saved = (await Office.Get(office.Admin, "/api/v1/saved-reports"))[0];
        Assert.Equal("period=lastMonth&rank=response", saved.GetProperty("query").GetString());
        addresses.Add($"/analytics/saved/{saved.GetProperty("id").GetString()}/schedule");
        token = (await browser.Open("/analytics/retrospective?from=2026-01-01&to=2026-03-31")).Token;
        Assert.StartsWith("/analytics/retrospective?from=2026-01-01", (await browser.Post("/analytics/retrospective/writing", token, [("from", "2026-01-01"), ("to", "2026-03-31"), ("factors", "早接触决策人"), ("back", "?from=2026-01-01&to=2026-03-31")])).To, StringComparison.Ordinal);
        Assert.Contains("早接触决策人", (await browser.Open("/analytics/retrospective?from=2026-01-01&to=2026-03-31")).Text, StringComparison.Ordinal);

        foreach (var (language, words) in new[] { ("zh-CN", new[] { "谁跟进得又快又好", "控制图", "需求关键词", "本月效率" }), ("en", ["Who works leads fast and well", "Control chart", "Terms of requirements", "Scheduled reports"]) })
        {
            browser.Speak(language);
            var text = "";
            foreach (var address in addresses)
            {
                var page = await browser.Open(address);
                Assert.Equal((address, HttpStatusCode.OK), (address, page.Status));
                Assert.Equal((address, ""), (address, string.Join(' ', Key().Matches(page.Text).Select(m => m.Value).Distinct())));
                text += page.Text;
            }

            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Saved_and_scheduled_reports_and_retrospectives_are_kept_by_the_api(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var saved = await Office.Post(office.Admin, "/api/v1/saved-reports", new { name = "周报", report = "efficiency", query = "period=lastWeek", shared = true });
        var id = saved.GetProperty("id").GetString();
        using var changed = await office.Admin.PutAsync(new Uri($"/api/v1/saved-reports/{id}", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { name = "周报二", report = "efficiency" }), Office.Ct);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var me = (await Office.Get(office.Admin, "/api/v1/users")).GetProperty("items")[0].GetProperty("id").GetString();
        var schedule = await Office.Post(office.Admin, "/api/v1/report-schedules", new { reportId = id, every = "weekly", weekdays = new[] { "monday" }, at = "08:30:00", channel = "mail", recipients = new[] { me } });
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, schedule.GetProperty("nextAt").ValueKind);
        using var wrong = await office.Admin.PostAsync(new Uri("/api/v1/report-schedules", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { reportId = id, every = "weekly", recipients = Array.Empty<string>() }), Office.Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        const string Quarter = "/api/v1/retrospectives?from=2026-01-01&to=2026-03-31";
        Assert.Equal(0, (await Office.Get(office.Admin, Quarter)).GetProperty("version").GetInt32());
        Assert.Equal(1, (await Office.Post(office.Admin, Quarter, new { factors = "早", measures = new[] { new { text = "复核", ownerId = me } } })).GetProperty("version").GetInt32());
        using var bad = await office.Admin.GetAsync(new Uri("/api/v1/retrospectives?from=x&to=2026-03-31", UriKind.Relative), Office.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using var gone = await office.Admin.DeleteAsync(new Uri($"/api/v1/saved-reports/{id}", UriKind.Relative), Office.Ct);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(0, (await Office.Get(office.Admin, "/api/v1/report-schedules")).GetArrayLength());
    }

    // A key of a word that was not found stands where the word should.
    [GeneratedRegex(@"\b(report|option|figure|column|chart|table|head|note|outcome|acquired|verdict|loss|invalid|pool|saved|schedule|retro|alert|every|when|delivery|channel|period)\.[a-z][A-Za-z0-9.]+")]
    private static partial Regex Key();
}
