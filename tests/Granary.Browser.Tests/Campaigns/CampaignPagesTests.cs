using System.Globalization;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Campaigns;

/// <summary>Campaigns and tracked links as people use them. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class CampaignPagesTests(Chromium chromium, CampaignHost host) : IClassFixture<CampaignHost>
{
    // A form that comes back sooner is a program's.
    private const float AsLongAsPeopleTake = 2_300;

    private static string Today => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("zh-CN", "春季产线展", "已到场", "分流完成", "活动签到", "批准立项")]
    [InlineData("en", "Spring line expo", "Attended", "Split", "Somebody checked in", "Charter approved")]
    public async Task A_campaign_goes_from_its_charter_over_the_door_to_the_split(string locale, string name, string attended, string split, string checkedIn, string approved)
    {
        await using var office = await chromium.NewSession(host.Address, 1440, locale: locale);
        var page = await host.SignIn(office, CampaignHost.Marketing);
        await page.GotoAsync("/campaigns/new");
        foreach (var (field, value) in new[] { ("Name", name), ("Code", $"EXPO-{locale}"), ("StartsOn", Today), ("EndsOn", Today), ("Leads", "10") })
        {
            await page.Locator($"#f-Input-{field}").FillAsync(value);
        }

        await page.Locator("#f-Input-Type").SelectOptionAsync("expo");
        await page.Locator("#campaign-form .primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        var path = new Uri(page.Url).AbsolutePath;
        // What is missing for the charter is said before anybody tries.
        await Assertions.Expect(page.Locator("#campaign-next .note")).ToBeVisibleAsync();
        await page.GotoAsync($"{path}/costs");
        await page.Locator("select[name=category]").First.SelectOptionAsync("stand");
        await page.Locator("input[name=planned]").First.FillAsync("80000");
        await page.Locator("main form.form .primary").First.ClickAsync();
        await Assertions.Expect(page.Locator("#campaign-costs tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync(path);
        await page.Locator("#campaign-next .primary").ClickAsync();

        await using var house = await chromium.NewSession(host.Address, 1440, true, locale);
        var boss = await host.SignIn(house, CampaignHost.Boss);
        await Assertions.Expect(boss.Locator("#desk-campaigns")).ToContainTextAsync(name);
        await boss.Locator("#desk-campaigns li", new() { HasText = name }).Locator(".line-head a").ClickAsync();
        await boss.Locator("#charter-decision button[value=true]").ClickAsync();
        await Assertions.Expect(boss.Locator("#campaign-events")).ToContainTextAsync(approved);

        await page.GotoAsync(path);
        await page.Locator("#campaign-next > form .primary").ClickAsync();
        await CheckIn(locale, "陆建平");

        // Staff see on their phones who has come.
        await using var pocket = await chromium.NewSession(host.Address, 360, true, locale);
        var phone = await host.SignIn(pocket, CampaignHost.Marketing);
        await phone.GotoAsync($"{path}/door");
        await Assertions.Expect(phone.Locator("#door-rows tr", new() { HasText = "陆建平" })).ToContainTextAsync(attended);
        await Assertions.Expect(phone.Locator(".tabs [aria-current]").First).ToBeInViewportAsync();
        await Fits(phone, 360, $"campaign-door-{locale}");

        await page.GotoAsync($"{path}/split");
        await page.Locator("#split-preview summary").ClickAsync();
        await Assertions.Expect(page.Locator("#split-preview tbody tr")).ToContainTextAsync("湖州德清印刷机械有限公司");
        await Assertions.Expect(page.Locator("#split-report")).ToHaveCountAsync(0);
        await page.Locator("#split-preview .primary").ClickAsync();
        await page.Locator("dialog[open] .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync(split);
        await page.Locator("#split-report summary").ClickAsync();
        await Assertions.Expect(page.Locator("#split-report tbody tr")).ToHaveCountAsync(1);
        await Fits(page, 1440, $"campaign-split-{locale}");
        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator("#campaign-events")).ToContainTextAsync(checkedIn);
        await Fits(page, 1440, $"campaign-{locale}");
    }

    [Theory]
    [InlineData(1440, "zh-CN", "来自推广链接“{0}”")]
    [InlineData(360, "en", "by the tracked link “{0}”")]
    public async Task A_visitor_who_comes_by_a_tracked_link_is_credited_to_who_shared_it_and_the_timeline_says_so(int width, string locale, string said)
    {
        var (name, contact) = ($"朋友圈邀请 {width}", $"施丽娟{width}");
        await using var office = await chromium.NewSession(host.Address, width, locale: locale);
        var page = await host.SignIn(office, CampaignHost.Rep);
        await page.GotoAsync("/links");
        await page.Locator("#f-Input-Name").FillAsync(name);
        await page.Locator("#f-Input-Target").FillAsync(CampaignHost.Form);
        await page.Locator("#f-Input-Campaign").FillAsync("春季增长");
        await page.Locator("form .primary").ClickAsync();
        await page.GotoAsync("/links");
        await page.Locator("#link-rows a", new() { HasText = name }).ClickAsync();
        var address = await page.Locator("#f-address").InputValueAsync();
        await Fits(page, width, $"link-{width}");

        await using (var street = await chromium.NewSession(host.Address, 360, locale: locale))
        {
            // A browser without a window says so, and clicks of programs are not counted.
            await street.SetExtraHTTPHeadersAsync([KeyValuePair.Create("User-Agent", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36")]);
            var visitor = await street.NewPageAsync();
            await visitor.GotoAsync(address);
            Assert.StartsWith(CampaignHost.Form, new Uri(visitor.Url).AbsolutePath, StringComparison.Ordinal);
            await visitor.Locator("input[name='contact.name']").FillAsync(contact);
            await visitor.Locator("input[name='contact.phones']").FillAsync($"1391234{width:0000}");
            await visitor.WaitForTimeoutAsync(AsLongAsPeopleTake);
            await visitor.Locator("button[type=submit]").ClickAsync();
            await visitor.WaitForURLAsync("**/thanks*");
        }

        await using var house = await chromium.NewSession(host.Address, width, true, locale);
        var boss = await host.SignIn(house, CampaignHost.Boss);
        await boss.GotoAsync($"/leads?q={contact}");
        await boss.GotoAsync((await boss.Locator("main a[href^='/leads/0']").First.GetAttributeAsync("href"))!);
        await Assertions.Expect(boss.Locator("#timeline")).ToContainTextAsync(string.Format(CultureInfo.InvariantCulture, said, name));
        await Assertions.Expect(boss.Locator("main")).ToContainTextAsync("春季增长");
        await Assertions.Expect(boss.Locator("main")).ToContainTextAsync(CampaignHost.RepName);
        await Fits(boss, width, $"link-lead-{width}");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".stat-value").First).ToHaveTextAsync("1");
        await page.GotoAsync("/links/sharing");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(CampaignHost.RepName);
    }

    // Somebody nobody invited, at the door with their phone.
    private async Task CheckIn(string locale, string name)
    {
        await using var street = await chromium.NewSession(host.Address, 360, true, locale);
        var visitor = await street.NewPageAsync();
        await visitor.GotoAsync($"/c/EXPO-{locale}?lang={locale}");
        await Fits(visitor, 360, $"campaign-public-{locale}");
        Assert.Equal("dark", await visitor.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light'"));
        await visitor.Locator("#f-name").FillAsync(name);
        await visitor.Locator("#f-phone").FillAsync(locale == "en" ? "13812340001" : "13812340002");
        await visitor.Locator("#f-company").FillAsync("湖州德清印刷机械有限公司");
        await visitor.Locator("#f-consent").CheckAsync();
        await visitor.WaitForTimeoutAsync(AsLongAsPeopleTake);
        await visitor.Locator("button[type=submit]").ClickAsync();
        await visitor.WaitForURLAsync("**/thanks*");
    }

    private static async Task Fits(IPage page, int width, string picture)
    {
        Assert.Equal(width, await page.Width());
        await page.Picture(picture);
    }
}
