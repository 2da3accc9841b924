using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.Extensions.DependencyInjection;
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

    [Theory, OnBothDatabases]
    public async Task A_funnel_of_ones_own_is_made_chosen_by_page_and_api_changed_and_deleted(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = office.Browse();
        await browser.SignIn(Office.AdminMail, Office.Password);
        var token = (await browser.Open("/analytics/funnel?from=2026-01-01&to=2026-03-31")).Token;
        Assert.StartsWith("/analytics/funnel?", (await browser.Post("/analytics/funnels", token, [("name", "太短"), ("steps", "received")])).To, StringComparison.Ordinal);
        Assert.Equal(0, (await Office.Get(office.Admin, "/api/v1/saved-reports")).GetArrayLength());

        var to = (await browser.Post("/analytics/funnels", token, [("name", "首触到成交"), ("steps", "order"), ("steps", "followed"), ("basis", "activity"), ("shared", "true"), ("from", "2026-01-01"), ("to", "2026-03-31")])).To!;
        Assert.StartsWith("/analytics/milestones?funnel=", to, StringComparison.Ordinal);
        var page = (await browser.Open(to)).Text;
        Assert.Contains("首触到成交", page, StringComparison.Ordinal);
        Assert.Contains("首触到成交", (await browser.Open("/analytics/funnel")).Text, StringComparison.Ordinal);
        var id = (await Office.Get(office.Admin, "/api/v1/saved-reports"))[0].GetProperty("id").GetString();
        var built = await Office.Get(office.Admin, $"/api/v1/reports/milestones?from=2026-01-01&to=2026-03-31&funnel={id}");
        Assert.Equal(["followed", "order"], built.GetProperty("tables")[0].GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("key").GetString()!));
        using var unknown = await office.Admin.GetAsync(new Uri($"/api/v1/reports/milestones?from=2026-01-01&to=2026-03-31&funnel={Guid.NewGuid()}", UriKind.Relative), Office.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var wrong = await office.Admin.PostAsync(new Uri("/api/v1/saved-reports", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { name = "x", report = "milestones", query = "steps=received&steps=nowhere" }), Office.Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        await browser.Post("/analytics/funnels", token, [("id", id!), ("name", "首触到成交"), ("steps", "received"), ("steps", "sql"), ("steps", "order")]);
        built = await Office.Get(office.Admin, $"/api/v1/reports/milestones?from=2026-01-01&to=2026-03-31&funnel={id}");
        Assert.Equal(3, built.GetProperty("tables")[0].GetProperty("rows").GetArrayLength());
        Assert.Equal("/analytics/funnel", (await browser.Post($"/analytics/saved/{id}/deletion", token, [("back", "funnel")])).To);
        var kinds = (await Office.Get(office.Admin, "/api/v1/events?size=200")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ToList();
        Assert.Equal((2, 1), (kinds.Count(k => k == "report.saved"), kinds.Count(k => k == "report.deleted")));
    }

    [Theory, OnBothDatabases]
    public async Task A_mail_of_a_report_has_its_table_and_link_as_a_page_in_both_languages_and_nothing_in_it_is_markup(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var setting = await office.Granary.Services.GetRequiredService<SettingCache>().Get(Office.Ct);
        var viewer = setting.ViewerOf(setting.People.Keys.First())!;
        var saved = new SavedReport { UserId = viewer.UserId, Name = "<b>周报</b>", Report = "funnel", Query = "from=2026-01-01&to=2026-03-31" };
        foreach (var (language, word) in new[] { ("zh-CN", "线索"), ("en", "Leads") })
        {
            var text = (await office.Granary.Services.GetRequiredService<ReportWriting>()(viewer, saved, language, DateTimeOffset.UnixEpoch, Office.Ct))!;
            Assert.Contains("&lt;b&gt;周报&lt;/b&gt;", text.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>周报", text.Html, StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", text.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", text.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("<style|class=|src=", text.Html!);
            Assert.Contains(word, text.Html!, StringComparison.Ordinal);
            Assert.True(text.Html!.Split("<tr").Length > 10);
            Assert.Equal(text.Url is not null, text.Html.Contains("<a href=", StringComparison.Ordinal));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_page_shows_two_hundred_rows_and_says_that_the_file_has_all(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var channel = (await office.Granary.Services.GetRequiredService<SettingCache>().Get(Office.Ct)).Channels.All[0].Id;
        var day = new DateOnly(2026, 3, 9);
        await new FillFacts(office.Granary.Services.GetRequiredService<Store>()).Put(
            [.. Enumerable.Range(0, 230).Select(i => new LeadFact { LeadId = Guid.CreateVersion7(), OwnerId = LeadFact.Nobody, ChannelId = channel, Keyword = $"词{i:000}", ReceivedOn = day, RecordedOn = day })], [], [], Office.Ct);
        using var browser = office.Browse();
        await browser.SignIn(Office.AdminMail, Office.Password);

        const string Asked = "level=keyword&from=2026-03-01&to=2026-03-31";
        var page = (await browser.Open($"/analytics/channels?{Asked}")).Text;
        Assert.Equal((200, true), (Keyword().Matches(page).DistinctBy(m => m.Value).Count(), page.Contains("共 230 行", StringComparison.Ordinal)));
        var file = (await browser.Open($"/analytics/channels/file?format=csv&{Asked}")).Text;
        Assert.Equal(230, Keyword().Matches(file).DistinctBy(m => m.Value).Count());
    }

    [GeneratedRegex("词[0-9]{3} ·")]
    private static partial Regex Keyword();

    // A key of a word that was not found stands where the word should.
    [GeneratedRegex(@"\b(report|option|figure|column|chart|table|head|note|outcome|acquired|verdict|loss|invalid|pool|saved|schedule|retro|alert|every|when|delivery|channel|period)\.[a-z][A-Za-z0-9.]+")]
    private static partial Regex Key();
}
