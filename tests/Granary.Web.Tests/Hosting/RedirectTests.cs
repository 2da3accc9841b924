using System.Net;
using Granary.Application.Capture;
using Granary.Testing;
using Granary.Web.Components;
using Granary.Web.Tests.People;

namespace Granary.Web.Tests.Hosting;

public sealed class RedirectTests
{
    private static readonly string[] Elsewhere =
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)", "data:text/html,x",
        "/\r\nSet-Cookie: a=b", "/x\nLocation: https://evil.example", "evil.example", "", "http:evil.example", "\u2028//evil.example",
    ];

    [Fact]
    public async Task No_link_of_ours_leads_anywhere_else()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var token = (await browser.Open("/settings/me")).Token;
        List<string> led = [];
        foreach (var address in Elsewhere)
        {
            var asked = Uri.EscapeDataString(address);
            PageAnswer[] answers =
            [
                await browser.Open($"/language?to=en&back={asked}"),
                await browser.Open($"/theme?to=dark&back={asked}"),
                await browser.Post("/leads/columns", token, ("back", address)),
                await browser.Post("/notices/seen", token, ("back", address)),
            ];
            led.AddRange(answers.Where(a => a.To != "/").Select(a => $"{address} → {a.To} {a.Status}"));
        }

        foreach (var address in Elsewhere.Take(4))
        {
            using var guest = office.Browser();
            var answer = await guest.SignIn(Office.Administrator, Office.Password, $"/sign-in?next={Uri.EscapeDataString(address)}");
            led.AddRange(answer.To == "/" ? [] : [$"{address} → {answer.To}"]);
        }

        Assert.Empty(led);
        Assert.Equal("/", Preferences.Local("/\0"));
    }

    [Fact]
    public async Task Where_one_came_from_is_led_back_to_also_in_Chinese()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);
        foreach (var (back, to) in new[]
        {
            ("/leads?q=a%20b", "/leads?q=a%20b"), ("/leads?q=张三", "/leads?q=%E5%BC%A0%E4%B8%89"), ("/leads?q=😀", "/leads?q=%F0%9F%98%80"), ("/leads?q=//evil.example", "/leads?q=//evil.example"),
        })
        {
            using var answer = await http.GetAsync(new Uri($"/language?to=en&back={Uri.EscapeDataString(back)}", UriKind.Relative), Office.Ct);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Equal(to, answer.Headers.Location?.OriginalString);
        }
    }

    [Theory]
    [InlineData("https://example.com/thanks", true)]
    [InlineData("https://www.example.com/thanks?x=1#y", true)]
    [InlineData("http://example.com/thanks", false)]
    [InlineData("https://example.com.evil.example/", false)]
    [InlineData("https://evilexample.com/", false)]
    [InlineData("https://example.com@evil.example/", false)]
    [InlineData("https://evil.example\\.example.com/", false)]
    [InlineData("https://evil.example#.example.com", false)]
    [InlineData("https://evil.example?.example.com", false)]
    [InlineData("//example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b", false)]
    [InlineData("https://example.com/\tx", false)]
    public void A_form_sends_its_visitors_only_to_hosts_that_are_named(string address, bool allowed) =>
        Assert.Equal(allowed, new RedirectHosts(["example.com"]).Allows(address));
}
