using Granary.Browser.Tests.Desk;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.FollowUp;

/// <summary>Following leads up as people do it. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class FollowUpPagesTests(Chromium chromium, DeskHost host)
{
    private const string Said = "已电话沟通需求，客户希望下周看演示";

    [Theory]
    [InlineData(1440, false, "zh-CN", "跟进已保存")]
    [InlineData(360, true, "en", "Follow-up saved")]
    public async Task A_follow_up_is_written_on_the_lead_s_page_and_stands_in_its_timeline(int width, bool dark, string locale, string saved)
    {
        var id = await host.Submit($"无锡跟进{width}科技有限公司");
        await using var session = await chromium.NewSession(host.Address, width, dark, locale);
        var page = await DeskHost.SignIn(session, await OwnerOf(id));
        await page.GotoAsync($"/leads/{id}");
        await page.Locator("#composer textarea").First.FillAsync("太短");
        await page.Locator("#composer .primary").ClickAsync();
        await Assertions.Expect(page.Locator("#composer .note.danger")).ToBeVisibleAsync();
        await page.Picture($"followup-short-{width}");
        await page.Locator("#composer textarea").First.FillAsync(Said);
        await page.Locator("#f-Input-NextStep").FillAsync("发报价");
        await page.Locator("#composer .segments").Nth(1).Locator("label").Nth(1).ClickAsync();
        await page.Locator("#composer details.folded summary").ClickAsync();
        await Assertions.Expect(page.Locator("#composer input[type=file]")).ToBeVisibleAsync();
        await page.Locator("#composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "报价.pdf", MimeType = "application/pdf", Buffer = [.. "%PDF-1.7"u8] });
        await page.Picture($"followup-composer-{width}");
        await page.Locator("#composer .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync(saved);
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync(Said);
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("报价.pdf");
        await Assertions.Expect(page.Locator(".next-step")).ToContainTextAsync("发报价");
        Assert.Equal(width, await page.Width());
        await page.Picture($"followup-lead-{width}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".attached a").ClickAsync());
        Assert.Equal("报价.pdf", download.SuggestedFilename);
        await page.Locator(".next-step button").ClickAsync();
        await Assertions.Expect(page.Locator(".next-step")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440, false, "zh-CN")]
    [InlineData(360, false, "en")]
    public async Task A_call_is_logged_from_the_list_in_three_actions_and_the_list_stays(int width, bool dark, string locale)
    {
        var company = $"常州快记{width}科技有限公司";
        await host.Submit(company);
        await using var session = await chromium.NewSession(host.Address, width, dark, locale);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads?q={company}");
        if (width > 600)
        {
            await page.Keyboard.PressAsync("j");
            await page.Keyboard.PressAsync("c");
        }
        else
        {
            await page.Locator("#lead-rows [data-key=c]").First.ClickAsync();
        }

        await Assertions.Expect(page.Locator("dialog.sheet textarea").First).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(Said);
        await page.Picture($"followup-sheet-{width}");
        await page.Locator("dialog.sheet .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
        Assert.Contains("/leads?q=", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440, false, "zh-CN")]
    [InlineData(360, true, "en")]
    public async Task A_template_fills_the_composer_and_the_pages_fit_the_window(int width, bool dark, string locale)
    {
        var id = await host.Submit($"扬州模板{width}科技有限公司");
        await using var session = await chromium.NewSession(host.Address, width, dark, locale);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync("/settings/follow-up-templates");
        await page.Locator("#f-Input-Name").FillAsync($"首次电话{width}");
        await page.Locator("#f-Input-Content").FillAsync("已致电{contact}，介绍了产品，约定下周演示");
        await page.Locator("#f-Input-Days").FillAsync("3");
        await page.Locator(".form-actions .primary").ClickAsync();
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync($"首次电话{width}");
        await Fits(page, width, $"followup-templates-{width}");
        await page.GotoAsync($"/leads/{id}/log");
        await page.Locator("#composer summary").First.ClickAsync();
        await page.GetByText($"首次电话{width}").ClickAsync();
        await Assertions.Expect(page.Locator("#composer textarea").First).ToHaveValueAsync("已致电张三，介绍了产品，约定下周演示");
        Assert.NotEqual("", await page.Locator("#f-Input-NextAt").InputValueAsync());
        await Fits(page, width, $"followup-log-{width}");
        await page.Locator("#composer .primary").ClickAsync();
        await page.WaitForURLAsync($"**/leads/{id}");
        await page.Locator("#timeline .followed a[href*='/follow-ups/']").First.ClickAsync();
        await page.Locator("#f-Input-Content").FillAsync("已致电张三，介绍了产品，约定下周三演示");
        await Fits(page, width, $"followup-correct-{width}");
        await page.Locator(".form-actions .primary").ClickAsync();
        await Assertions.Expect(page.Locator("#timeline .folded")).ToHaveCountAsync(1);
    }

    // Rules give a lead to one of two.
    private async Task<string> OwnerOf(Guid id)
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads/{id}");
        return (await page.Locator("#lead-head .person").First.InnerTextAsync()).Contains("王梓涵", StringComparison.Ordinal) ? "wang@example.com" : "zhao@example.com";
    }

    private static async Task Fits(IPage page, int width, string name)
    {
        Assert.Equal(width, await page.Width());
        await page.Picture(name);
    }
}
