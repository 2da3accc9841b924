using System.Net;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class UndertakingTests
{
    private static readonly object Text = new { chinese = "我承诺保密。", english = "I keep it to myself." };

    [Theory, OnBothDatabases]
    public async Task Until_one_is_published_nobody_is_asked_and_then_everybody_before_they_see_anything(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("li@example.com");
        using var li = await office.Program("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await li.Get("/api/v1/me")).Status);

        Assert.Equal(HttpStatusCode.Created, (await office.Api.Post("/api/v1/undertaking/publication", Text)).Status);

        foreach (var page in new[] { "/", "/leads?q=a&status=working", "/settings/me", "/search/palette?q=a", "/nowhere" })
        {
            Assert.Equal($"/undertaking?next={Uri.EscapeDataString(page)}", (await browser.Open(page)).To);
        }

        foreach (var key in new[] { li, office.Api })
        {
            var refused = await key.Get("/api/v1/leads");
            Assert.Equal((HttpStatusCode.Forbidden, "undertaking_required", "/undertaking"), (refused.Status, refused.Code, (string?)refused.Body["confirmAt"]));
            Assert.Equal("undertaking_required", (await key.Post("/api/v1/leads", new { })).Code);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Who_confirms_goes_on_to_where_they_wanted_to_go_and_is_on_record(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var id = await office.Hire("li@example.com");
        using var li = await office.Program("li@example.com");
        await office.Api.Post("/api/v1/undertaking/publication", Text);
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);
        var led = (await browser.Open("/leads?q=a")).To!;
        Assert.Contains("我承诺保密。", (await browser.Open(led)).Text, StringComparison.Ordinal);

        Assert.Null((await browser.Submit(led, "confirm", ("Input.Version", "1"))).To);
        Assert.Equal("undertaking_required", (await li.Get("/api/v1/me")).Code);
        Assert.Equal("/leads?q=a", (await browser.Submit(led, "confirm", ("Input.Version", "1"), ("Input.Read", "true"))).To);

        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/leads?q=a")).Status);
        Assert.Equal(HttpStatusCode.OK, (await li.Get("/api/v1/me")).Status);
        await using var db = office.Service<Store>().Open();
        var confirmation = await db.Set<UndertakingConfirmation>().SingleAsync(Office.Ct);
        Assert.Equal((1, id, "zh-CN"), (confirmation.Version, confirmation.UserId, confirmation.Language));
        var happened = await db.Set<EventRecord>().SingleAsync(e => e.Kind == "undertaking.confirmed", Office.Ct);
        Assert.Equal((id, id), (happened.ActorId, happened.SubjectId));
    }

    [Fact]
    public async Task A_new_version_is_confirmed_anew_and_the_old_one_no_longer()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        await office.Api.Post("/api/v1/undertaking/publication", Text);
        await Confirm(browser, 1);
        Assert.Equal(HttpStatusCode.Created, (await office.Api.Post("/api/v1/undertaking/publication", Text)).Status);

        Assert.StartsWith("/undertaking", (await browser.Open("/leads")).To, StringComparison.Ordinal);
        Assert.StartsWith("/undertaking?next=%2Fleads&replaced=true", (await Confirm(browser, 1)).To, StringComparison.Ordinal);
        Assert.Equal("undertaking_required", (await office.Api.Get("/api/v1/me")).Code);
        Assert.Equal("/leads", (await Confirm(browser, 2)).To);
        Assert.Equal(2, (await office.Api.Get("/api/v1/undertaking/versions")).Body["items"]!.AsArray().Count);
    }

    [Theory, OnBothDatabases]
    public async Task Auditors_list_and_export_who_has_confirmed_and_who_has_not(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("li@example.com");
        await office.Hire("legal@example.com", "legal");
        await office.Api.Post("/api/v1/undertaking/publication", Text);
        using var browser = office.Browser();
        await browser.SignIn("legal@example.com", Office.Password);
        await Confirm(browser, 1);
        using var legal = await office.Program("legal@example.com");

        var all = (await legal.Get("/api/v1/undertaking/confirmations")).Body["items"]!.AsArray();
        var missing = (await legal.Get("/api/v1/undertaking/confirmations?missing=true")).Body["items"]!.AsArray();
        Assert.Equal(3, all.Count);
        Assert.Equal(["li@example.com", Office.Administrator], missing.Select(m => (string?)m!["email"]).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await legal.Get("/api/v1/undertaking/confirmations?version=9")).Status);
        var first = (await legal.Get("/api/v1/undertaking/confirmations?limit=2")).Body;
        Assert.Single((await legal.Get($"/api/v1/undertaking/confirmations?limit=2&after={first["next"]}")).Body["items"]!.AsArray());

        var page = await browser.Open("/settings/undertaking/confirmations");
        Assert.Contains("li@example.com", page.Text, StringComparison.Ordinal);
        var file = (await browser.Post("/settings/undertaking/confirmations/export", page.Token, ("version", "1"))).Text;
        Assert.Equal(5, file.Split("\r\n").Length);
        Assert.Contains("\"legal@example.com\",\"\",\"1\",\"20", file, StringComparison.Ordinal);
        await using var db = office.Service<Store>().Open();
        Assert.Equal(1, await db.Set<EventRecord>().CountAsync(e => e.Kind == "undertaking.exported", Office.Ct));
    }

    [Fact]
    public async Task Withdrawn_it_asks_nobody_and_what_was_confirmed_stays()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        await office.Api.Post("/api/v1/undertaking/publication", Text);
        await Confirm(browser, 1);
        await office.Hire("li@example.com");
        using var li = await office.Program("li@example.com");

        Assert.Equal("undertaking_required", (await li.Get("/api/v1/me")).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, "/api/v1/undertaking/publication", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await li.Get("/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, "/api/v1/undertaking/publication", null)).Status);
        Assert.Equal(1, (int)(await office.Api.Get("/api/v1/undertaking/versions")).Body["items"]![0]!["confirmed"]!);
    }

    [Fact]
    public async Task Only_those_for_privacy_publish_and_only_auditors_look()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var li = await office.Program("li@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await li.Post("/api/v1/undertaking/publication", Text)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await li.Get("/api/v1/undertaking/confirmations")).Status);
        var refused = await office.Api.Post("/api/v1/undertaking/publication", new { chinese = " ", english = new string('x', 20_001) });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "chinese"), (refused.Status, refused.Field));
    }

    [Fact]
    public async Task A_fresh_organisation_has_it_off_and_a_text_ready_to_publish()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var page = (await browser.Open("/settings/undertaking")).Text;
        Assert.Contains("保密信息", UndertakingTexts.Recommended("zh-CN"), StringComparison.Ordinal);
        Assert.Contains("confidential", UndertakingTexts.Recommended("en"), StringComparison.Ordinal);
        Assert.Contains("只为履行岗位职责", page, StringComparison.Ordinal);
        Assert.Contains("as far as my duties require", page, StringComparison.Ordinal);

        var published = await browser.Submit("/settings/undertaking", "publish", ("Input.Chinese", UndertakingTexts.Recommended("zh-CN")), ("Input.English", UndertakingTexts.Recommended("en")));
        Assert.Equal("/settings/undertaking", published.To);
        Assert.StartsWith("/undertaking", (await browser.Open("/settings/undertaking")).To, StringComparison.Ordinal);
    }

    private static async Task<PageAnswer> Confirm(Browser browser, int version) =>
        await browser.Submit("/undertaking?next=%2Fleads", "confirm", ("Input.Version", $"{version}"), ("Input.Read", "true"));
}
