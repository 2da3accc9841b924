using System.Net;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

public sealed class FirstRunTests
{
    private static readonly (string, string)[] Form =
    [
        ("Input.Organisation", "北京归仓"), ("Input.Name", "王芳"), ("Input.Email", Office.Administrator), ("Input.Password", Office.Password),
    ];

    [Theory, OnBothDatabases]
    public async Task Whoever_comes_first_becomes_administrator_and_is_signed_in(DatabaseKind kind)
    {
        await using var office = await Office.Unopened(kind);
        using var browser = office.Browser();

        Assert.Equal("/setup", (await browser.Open("/")).To);
        Assert.Equal("/setup", (await browser.Open("/sign-in")).To);
        Assert.Equal("/setup", (await browser.Open("/settings/people")).To);
        Assert.Equal("/", (await browser.Submit("/setup", "setup", Form)).To);

        var setting = await office.Setting();
        Assert.Equal("北京归仓", setting.Organisation.Name);
        Assert.Equal(["system_administrator"], Assert.Single(setting.People.Values).Roles);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/settings/people")).Status);
        Assert.Equal("/", (await browser.Open("/setup")).To);
    }

    [Fact]
    public async Task Before_the_first_run_the_api_asks_for_a_key_and_machines_get_their_answers()
    {
        await using var office = await Office.Unopened(DatabaseKind.Sqlite);
        using var http = office.Client(null);

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.Get("/api/v1/users")).Status);
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task A_weak_password_and_a_broken_address_are_refused_beside_their_fields()
    {
        await using var office = await Office.Unopened(DatabaseKind.Sqlite);
        using var browser = office.Browser();

        var answer = await browser.Submit("/setup", "setup", [.. Form[..2], ("Input.Email", "wang"), ("Input.Password", "short")]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("f-Input-Email-error", answer.Text, StringComparison.Ordinal);
        Assert.Contains("f-Input-Password-error", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await office.Setting()).People);
    }

    [Theory, OnBothDatabases]
    public async Task Of_several_who_come_at_the_same_instant_one_becomes_administrator(DatabaseKind kind)
    {
        await using var office = await Office.Unopened(kind);
        var browsers = Enumerable.Range(0, 4).Select(_ => office.Browser()).ToArray();

        await Task.WhenAll(browsers.Select((b, i) =>
            b.Submit("/setup", "setup", [.. Form[..2], ("Input.Email", $"p{i}@example.com"), ("Input.Password", Office.Password)])));

        var signedIn = await Task.WhenAll(browsers.Select(async b => (await b.Open("/settings/me")).Status == HttpStatusCode.OK));
        Assert.Single(signedIn, s => s);
        await using var db = office.Service<Store>().Open();
        Assert.Equal(1, await db.Users.CountAsync(Office.Ct));
        foreach (var browser in browsers)
        {
            browser.Dispose();
        }
    }
}
