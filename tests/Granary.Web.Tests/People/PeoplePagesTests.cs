using System.Net;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Web.Tests.People;

public sealed class PeoplePagesTests
{
    [Theory, OnBothDatabases]
    public async Task A_person_is_added_and_changed_by_forms_that_need_no_script(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = await SignedIn(office);

        var added = await browser.Submit(
            "/settings/people/new", "person",
            ("Input.Name", "韩梅梅"), ("Input.Email", "han@example.com"), ("Input.Password", Office.Password), ("Input.Status", "active"),
            ("Input.Roles", "sdr"), ("Input.Roles", "lead_creator"), ("Input.Regions", "江苏、浙江"), ("Input.Weight", "5"),
            ("Input.Hours", "1 09:00-12:00\r\n7 13:00-24:00"), ("Input.Leave", "2026-10-01 2026-10-07"), ("Input.Sizes", "large"), ("Input.Sizes", "small"));

        Assert.Equal("/settings/people", added.To);
        var person = (await office.Setting()).People.Values.Single(p => p.Email == "han@example.com");
        Assert.Equal(["lead_creator", "sdr"], person.Roles.Order());
        var profile = (await office.Setting()).Roster.Find(person.Id)!;
        Assert.Equal((5, 2, 2), (profile.Weight, profile.Regions.Count, profile.Sizes.Count));
        Assert.Equal([new(DayOfWeek.Monday, new(9, 0), new(12, 0)), new(DayOfWeek.Sunday, new(13, 0), TimeOnly.MinValue)], profile.Hours);
        Assert.Equal(new Leave(new(2026, 10, 1), new(2026, 10, 7)), Assert.Single(profile.Leave));

        var page = await browser.Open($"/settings/people/{person.Id}");
        Assert.Contains("7 13:00-24:00", page.Text, StringComparison.Ordinal);
        var changed = await browser.Submit(
            $"/settings/people/{person.Id}", "person",
            ("Input.Name", "韩梅梅"), ("Input.Email", "han@example.com"), ("Input.Status", "away"), ("Input.Roles", "sdr"), ("Input.Weight", "5"));
        Assert.Equal("/settings/people", changed.To);
        Assert.Equal(PersonStatus.Away, (await office.Setting()).People[person.Id].Status);
        Assert.Contains("韩梅梅", (await browser.Open("/settings/people?q=han")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_was_overtaken_says_so_and_keeps_what_was_typed()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var id = await office.Hire("li@example.com");
        using var browser = await SignedIn(office);

        var answer = await browser.Submit(
            $"/settings/people/{id}", "person",
            ("Input.Version", "old"), ("Input.Name", "新名字"), ("Input.Email", "li@example.com"), ("Input.Roles", "sdr"), ("Input.Status", "active"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("新名字", answer.Text, StringComparison.Ordinal);
        Assert.Equal("li", (await office.Setting()).People[id].Name);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_named_at_its_field()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = await SignedIn(office);

        var answer = await browser.Submit(
            "/settings/people/new", "person",
            ("Input.Name", "x"), ("Input.Email", "x@example.com"), ("Input.Password", Office.Password), ("Input.Roles", "sdr"), ("Input.Hours", "Monday morning"));

        Assert.Contains("f-Input-Hours-error", answer.Text, StringComparison.Ordinal);
        Assert.Single((await office.Setting()).People);
    }

    [Theory, OnBothDatabases]
    public async Task Departments_are_added_changed_and_removed_on_one_page(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        using var browser = await SignedIn(office);

        Assert.NotNull((await browser.Submit("/settings/departments", "department", ("Input.Name", "华东"))).To);
        var id = Assert.Single((await office.Setting()).Departments).Key;
        await browser.Submit($"/settings/departments?edit={id}", "department", ("Input.Name", "华南"));
        Assert.Equal("华南", (await office.Setting()).Departments[id].Name);
        await browser.Submit($"/settings/departments?edit={id}", "department", ("Input.Name", "华南"), ("Input.Remove", "true"));
        Assert.Empty((await office.Setting()).Departments);
    }

    [Fact]
    public async Task A_key_made_on_ones_own_page_is_shown_once_and_can_be_revoked_there()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        await office.Hire("li@example.com");
        using var browser = office.Browser();
        await browser.SignIn("li@example.com", Office.Password);

        var made = await browser.Submit("/settings/me/keys", "new-key", ("KeyName", "脚本"));
        var key = System.Text.RegularExpressions.Regex.Match(made.Text, "gk_[A-Za-z0-9_-]{43}").Value;
        using var program = office.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/me")).Status);
        var page = await browser.Open("/settings/me/keys");
        Assert.DoesNotContain(key, page.Text, StringComparison.Ordinal);

        var action = System.Text.RegularExpressions.Regex.Match(page.Text, "/settings/me/keys/[^\"]+/revocation").Value;
        Assert.Equal("/settings/me/keys", (await browser.Post(action, page.Token)).To);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/me")).Status);
    }

    [Theory]
    [InlineData("zh-CN", "成员")]
    [InlineData("en", "People")]
    public async Task Pages_speak_the_readers_language(string language, string title)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = await SignedIn(office);
        browser.Speak(language);

        Assert.Contains($"<h1>{title}</h1>", (await browser.Open("/settings/people")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/settings")]
    [InlineData("/settings/people")]
    [InlineData("/settings/people/new")]
    [InlineData("/settings/departments")]
    [InlineData("/settings/me")]
    [InlineData("/settings/me/security")]
    [InlineData("/settings/me/keys")]
    [InlineData("/settings/people/invite")]
    public async Task Every_page_opens_and_every_text_is_there(string path)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = await SignedIn(office);

        var page = await browser.Open(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotMatch(@">(people|profile|role|status|size|seniority|keys|department|settings)\.[\w.]+<", page.Text);
    }

    private static async Task<Browser> SignedIn(Office office)
    {
        var browser = office.Browser();
        Assert.NotNull((await browser.SignIn(Office.Administrator, Office.Password)).To);
        return browser;
    }
}
