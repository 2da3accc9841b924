using System.Net;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Desk;

/// <summary>By what somebody is told, as they choose it under their own settings.</summary>
public sealed class NoticeChannelTests
{
    private const string Address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=top-secret";

    [Theory, OnBothDatabases]
    public async Task A_choice_is_kept_for_oneself_and_the_address_is_never_shown_again(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (li, _) = await office.Hire("Li");
        using var browser = await Signed(office);

        Assert.Equal("/settings/me#channels", (await Save(browser, ("webhook", "leadAssigned"), ("webhook", "requestOverdue"), ("address", Address))).To);
        var chosen = await Chosen(office, (await office.AdminId()));
        Assert.Equal([NoticeKind.LeadAssigned, NoticeKind.RequestOverdue], chosen.Webhook.Order());
        Assert.Equal("qyapi.weixin.qq.com", chosen.Host);
        Assert.Empty((await Chosen(office, li)).Webhook);
        var page = (await browser.Open("/settings/me")).Text;
        Assert.DoesNotContain("top-secret", page, StringComparison.Ordinal);
        Assert.Contains("qyapi.weixin.qq.com", page, StringComparison.Ordinal);

        // Leaving the address empty keeps it; unknown kinds are nobody's.
        await Save(browser, ("webhook", "deadlineMissed"), ("webhook", "everything"), ("address", ""));
        chosen = await Chosen(office, await office.AdminId());
        Assert.Equal([NoticeKind.DeadlineMissed], chosen.Webhook);
        Assert.Equal("qyapi.weixin.qq.com", chosen.Host);
        await Save(browser, ("forget", "true"));
        Assert.Null((await Chosen(office, await office.AdminId())).Host);
    }

    [Theory, OnBothDatabases]
    public async Task An_address_that_is_none_or_missing_changes_nothing_and_says_so(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = await Signed(office);
        browser.Speak("en");
        await Save(browser, ("mail", "leadAssigned"));
        await using (var db = office.Granary.Services.GetRequiredService<Store>().Open())
        {
            Assert.Equal("en", (await db.Set<NoticeChannel>().SingleAsync(Office.Ct)).Language);
        }

        foreach (var address in new[] { "", "http://example.com/hook", "ftp://example.com", "nonsense", "https://127.0.0.1/hook" })
        {
            await Save(browser, ("webhook", "leadAssigned"), ("address", address));
            Assert.Contains("toast danger", (await browser.Open("/settings/me")).Text, StringComparison.Ordinal);
            Assert.Empty((await Chosen(office, await office.AdminId())).Webhook);
        }
    }

    [Theory]
    [InlineData("en", "A lead was assigned to you")]
    [InlineData("zh-CN", "分配")]
    [InlineData(null, "分配")]
    [InlineData("fr", "分配")]
    public async Task Messages_are_in_the_language_in_which_their_channel_was_chosen(string? language, string words)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var say = office.Granary.Services.GetRequiredService<NoticeWording>();
        Assert.Contains(words, say(new NoticeFacts(NoticeKind.LeadAssigned, null, null, Guid.Empty, TimeZoneInfo.Utc, language)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_forged_the_form_chooses_nothing()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var nobody = office.Browse();
        Assert.StartsWith("/sign-in", (await nobody.Open("/settings/me")).To, StringComparison.Ordinal);
        Assert.NotEqual("/settings/me#channels", (await nobody.Post("/settings/me/channels", null, ("address", Address), ("webhook", "leadAssigned"))).To);
        using var browser = await Signed(office);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/settings/me/channels", null, ("address", Address), ("webhook", "leadAssigned"))).Status);
        Assert.Empty((await Chosen(office, await office.AdminId())).Webhook);
    }

    private static async Task<PageAnswer> Save(Browser browser, params (string, string)[] fields) =>
        await browser.Post("/settings/me/channels", (await browser.Open("/settings/me")).Token, fields);

    private static async Task<Browser> Signed(Office office)
    {
        var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(Office.AdminMail, Office.Password)).Status);
        return browser;
    }

    private static Task<ChosenChannels> Chosen(Office office, Guid user) => office.Granary.Services.GetRequiredService<NoticeChannels>().Of(user, Office.Ct);
}
