using System.Net;
using System.Text.RegularExpressions;
using Granary.Testing;
using Granary.Web.Tests.People;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Desk;

/// <summary>My desk as a page without scripts.</summary>
public sealed partial class DeskPageTests
{
    [Theory, OnBothDatabases]
    public async Task A_desk_longer_than_a_page_goes_on_by_a_link_until_everything_was_seen_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock());
        await office.Hire("Zhang", profile: new { dailyIntakeCap = (int?)null });
        HashSet<string> all = [];
        for (var i = 0; i < 103; i++)
        {
            all.Add((await office.Submit(office.Lead())).GetProperty("id").GetString()!);
        }

        using var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn("zhang@example.com", Office.Password)).Status);
        foreach (var (language, only, more, end, first) in new[] { ("zh-CN", "", "加载更多", "没有更多了", "回到第一页"), ("en", "?only=new", "Show more", "That is all", "Back to the first page") })
        {
            browser.Speak(language);
            List<string> seen = [];
            List<int> lines = [];
            for (var address = $"/{only}"; address is not null && lines.Count < 9;)
            {
                var page = (await browser.Open(address)).Text;
                var shown = Lines().Matches(page).Select(m => m.Groups[1].Value).ToList();
                seen.AddRange(shown);
                lines.Add(shown.Count);
                Assert.Equal(lines.Count > 1, page.Contains(first, StringComparison.Ordinal));
                var next = Next().Match(page);
                Assert.Equal(next.Success, page.Contains(more, StringComparison.Ordinal));
                Assert.Equal(!next.Success, page.Contains(end, StringComparison.Ordinal));
                address = next.Success ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
            }

            Assert.Equal([50, 50, 3], lines);
            Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        }

        // What is no place of ours begins at the beginning.
        foreach (var forged in new[] { "x", "e30", "eyJtb21lbnQiOiIwMDAxLTAxLTAxVDAwOjAwOjAwWiIsInBsYWNlIjoibmV3IiwidGFzayI6Im5ldyIsImlkIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIn0" })
        {
            var page = await browser.Open($"/?after={forged}");
            Assert.Equal((HttpStatusCode.OK, 50), (page.Status, Lines().Count(page.Text)));
        }
    }

    [GeneratedRegex("<p class=\"line-head\">\\s*<a href=\"/leads/([^\"]+)\"")]
    private static partial Regex Lines();

    [GeneratedRegex("href=\"([^\"]+)\" rel=\"next\"")]
    private static partial Regex Next();
}
