using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Campaigns;

public sealed partial class CampaignPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Pages_of_campaigns_speak_both_languages_and_their_forms_do_what_they_say(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock());
        var (_, lan) = await office.Hire("Lan", "marketing_manager");
        var (_, mei) = await office.Hire("Mei", "marketing_specialist");
        var path = await CampaignsApiTests.Running(mei, lan, "EXPO-1");
        var page = path.Replace("/api/v1", "", StringComparison.Ordinal);
        using var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(Office.AdminMail, Office.Password)).Status);
        var admin = await office.AdminId();

        async Task Post(string from, string verb, params (string Name, string Value)[] fields)
        {
            var answer = await browser.Post($"{page}/{verb}", (await browser.Open($"{page}/{from}")).Token, fields);
            Assert.Equal($"{page}/{from}", answer.To);
        }

        browser.Speak("zh-CN");
        await Post("costs", "costs", ("category", "travel"), ("planned", "5000"), ("actual", "4200"));
        await Post("checklist", "items", ("step", "prepare"), ("name", "预订包车"), ("owner", $"{admin}"), ("dueOn", "2026-03-05"));
        await Post("site", "teams", ("name", "先锋队"), ("captain", $"{admin}"), ("goal", "10"));
        await Post("door", "links", ("company", "南通海润纺织有限公司"), ("person", "陈总"), ("keyPerson", "true"), ("intent", "true"));
        await Post("tasks", "tasks", ("title", "转发邀请"), ("goal", "3"), ("people", $"{admin}"));
        await Post("invitations", "invitations", ("whom", "leads"), ("channel", "call"));
        await Post("split", "split");
        Assert.Equal(1, await office.Read(db => db.Set<CampaignSplit>().CountAsync(Ct)));
        var made = await browser.Post("/campaigns/new", (await browser.Open("/campaigns/new")).Token, ("_handler", "campaign"), ("Input.Name", "春季沙龙"), ("Input.Code", "SALON-1"), ("Input.Type", "salon"), ("Input.Owner", $"{admin}"), ("Input.OwnerText", "Admin"));
        Assert.StartsWith("/campaigns/", made.To, StringComparison.Ordinal);

        foreach (var (language, words) in new[]
        {
            ("zh-CN", new[] { "市场活动", "执行", "预订包车", "核对参会人群与目标客户是否匹配", "展位搭建", "先锋队", "转发邀请", "销售客保", "活动当月", "关键人 KP", "春季沙龙", "南通海润纺织有限公司" }),
            ("en", ["Campaigns", "Run on site", "Check that those who come are whom we want to reach", "Ranking", "Holdings", "Month of the event", "Checklist", "Split and reminders"]),
        })
        {
            browser.Speak(language);
            var text = "";
            foreach (var address in new[] { "/campaigns", "/campaigns?stage=run&type=expo&from=2026-01-01", "/campaigns/new", page, $"{page}/edit", $"{page}/checklist", $"{page}/costs", $"{page}/invitations", $"{page}/tasks", $"{page}/site", $"{page}/door", $"{page}/split", $"{page}/reports", "/settings/policies/campaigns", "/leads" })
            {
                var opened = await browser.Open(address);
                Assert.True(opened.Status == HttpStatusCode.OK, address);
                text += opened.Text;
            }

            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
            string[] keys = ["stage.", "item.", "type.", "category.", "way.", "need.", "go.", "point.", "camp.", "page.", "target."];
            Assert.All(keys, key => Assert.DoesNotContain($">{key}", text, StringComparison.Ordinal));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_visitor_checks_in_without_scripts_and_what_programs_send_checks_nobody_in(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (_, lan) = await office.Hire("Lan", "marketing_manager");
        var (_, mei) = await office.Hire("Mei", "marketing_specialist");
        await CampaignsApiTests.Running(mei, lan, "EXPO-1");
        using var visitor = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        var shown = await Show(visitor, "/c/EXPO-1?lang=en");
        Assert.Contains("<html lang=\"en\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
        clock.Advance(TimeSpan.FromSeconds(20));
        var phone = office.NewPhone();

        using var wrong = await Send(visitor, shown, ("name", "Zhang San"), ("phone", "12"), ("consent", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        for (var i = 0; i < 2; i++)
        {
            using var sent = await Send(visitor, shown, ("name", "Zhang San"), ("phone", phone), ("company", "苏州精工机械有限公司"), ("consent", "true"));
            Assert.Equal((HttpStatusCode.SeeOther, "/c/EXPO-1/thanks?lang=en"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        }

        Assert.Contains("Welcome", await Show(visitor, "/c/EXPO-1/thanks?lang=en"), StringComparison.Ordinal);
        Assert.Equal("EXPO-1", (await office.Read(db => db.Set<Lead>().SingleAsync(Ct))).Campaign);
        Assert.Equal(InvitationState.Attended, (await office.Read(db => db.Set<CampaignInvitation>().SingleAsync(Ct))).State);

        using var trapped = await Send(visitor, shown, ("name", "Bot"), ("phone", office.NewPhone()), ("consent", "true"), ("website", "http://spam.example"));
        Assert.Equal(1, await office.Read(db => db.Set<CampaignInvitation>().CountAsync(Ct)));
        using var missing = await visitor.GetAsync(new Uri("/c/nothing", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static async Task<string> Show(HttpClient visitor, string path) => await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Ct);

    private static Task<HttpResponseMessage> Send(HttpClient visitor, string page, params (string Name, string Value)[] fields) => visitor.PostAsync(
        new Uri("/c/EXPO-1", UriKind.Relative), new FormUrlEncodedContent([.. fields.Append(("lang", "en")).Append(("ticket", Ticket().Match(page).Groups[1].Value)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))]), Ct);

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
