using System.Net;
using System.Text.RegularExpressions;
using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Intake.Collect;

public sealed partial class LinkDoorTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_link_leads_to_the_form_and_its_lead_is_credited_to_who_shared_it(DatabaseKind kind)
    {
        await using var office = await CollectDoorTests.Opened(kind, _clock);
        await Form(office);
        var (zhang, client) = await office.Hire("zhang");
        var link = (await Office.Send(client, HttpMethod.Post, "/api/v1/links", new { name = "大会", target = "/f/trial", campaign = "春季", utm = new { source = "wechat" } }, HttpStatusCode.Created))[0];
        Assert.Equal(zhang, link.GetProperty("userId").GetGuid());
        using var visitor = CollectDoorTests.Visitor(office);

        using var led = await visitor.GetAsync(link.GetProperty("path").GetString(), Ct);
        Assert.Equal(HttpStatusCode.Found, led.StatusCode);
        Assert.Equal("no-store", led.Headers.CacheControl!.ToString());
        Assert.False(led.Headers.Contains("Set-Cookie"));
        var page = await visitor.GetStringAsync(led.Headers.Location, Ct);
        _clock.Advance(TimeSpan.FromSeconds(20));
        var fields = Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        (fields["contact.name"], fields["contact.phones"]) = ("Zhang San", "13800138000");
        using var sent = await visitor.PostAsync("/f/trial", new FormUrlEncodedContent(fields), Ct);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        var lead = await office.Read(db => db.Set<Lead>().SingleAsync(Ct));
        Assert.Equal((zhang.ToString(), "春季"), (lead.ReferredBy, lead.Campaign));
        Assert.Contains("wechat", lead.Utm, StringComparison.Ordinal);
        Assert.Equal(link.GetProperty("id").GetGuid(), await office.Read(db => db.Set<Touch>().Where(t => t.Kind == TouchKind.FormSubmitted).Select(t => t.LinkId).SingleAsync(Ct)));
        Assert.Contains((await Office.Get(office.Admin, $"/api/v1/leads/{lead.Id}/timeline")).GetProperty("items").EnumerateArray(), e => e.GetProperty("kind").GetString() == "lead.captured" && e.GetProperty("data").GetProperty("linkId").GetGuid() == link.GetProperty("id").GetGuid());
        Assert.Equal(1, (await Office.Get(client, $"/api/v1/links/{link.GetProperty("id")}")).GetProperty("clicks").GetInt32());
    }

    [Fact]
    public async Task Unknown_and_retired_links_and_hosts_off_the_list_lead_nowhere()
    {
        await using var office = await CollectDoorTests.Opened(DatabaseKind.Sqlite, _clock);
        using var visitor = CollectDoorTests.Visitor(office);
        var link = (await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/links", new { name = "页", target = "https://www.example.com/a#b" }, HttpStatusCode.Created))[0];
        var path = link.GetProperty("path").GetString()!;
        using (var led = await visitor.GetAsync(path, Ct))
        {
            Assert.Equal($"https://www.example.com/a?glink={link.GetProperty("code")}#b", led.Headers.Location!.OriginalString);
        }

        await Office.Send(office.Admin, HttpMethod.Post, $"/api/v1/links/{link.GetProperty("id")}/retirement", null, HttpStatusCode.Created);
        _clock.Advance(TimeSpan.FromSeconds(10));
        foreach (var gone in new[] { path, "/t/nothing", "/t/abcdefghj" })
        {
            using var answer = await visitor.GetAsync(gone, Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("leads nowhere", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/links", new { name = "页", target = "https://evil.org/" }, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Programs_are_led_on_and_not_counted()
    {
        await using var office = await CollectDoorTests.Opened(DatabaseKind.Sqlite, _clock);
        using var program = CollectDoorTests.Visitor(office, "Mozilla/5.0 (compatible; Baiduspider/2.0)");
        var link = (await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/links", new { name = "页", target = "https://www.example.com/" }, HttpStatusCode.Created))[0];
        using var led = await program.GetAsync(link.GetProperty("path").GetString(), Ct);
        Assert.Equal(HttpStatusCode.Found, led.StatusCode);
        Assert.Equal(0, await office.Read(db => db.Set<LinkDay>().CountAsync(Ct)));
    }

    private static async Task Form(Office office)
    {
        var services = office.Granary.Services;
        var channel = Assert.IsType<SettingResult.Done>(await services.GetRequiredService<SaveChannel>().Create(await office.AdminId(), "官网/表单", Ct));
        var design = new FormDesign
        {
            Title = new Dictionary<string, string> { ["zh-CN"] = "试用", ["en"] = "Trial" },
            Fields = [new("contact.name", true, new Dictionary<string, string>()), new("contact.phones", true, new Dictionary<string, string>())],
        };
        Assert.IsType<SettingResult.Done>(await services.GetRequiredService<SaveForm>().Create(await office.AdminId(), new FormInput("试用", "trial", Guid.Parse(channel.Key), true, design), Ct));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
