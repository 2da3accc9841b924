using System.Text;
using Granary.Application.People;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Import;

/// <summary>A file becomes leads on pages. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class ImportWizardTests(Chromium chromium)
{
    private const string Password = "a long enough password", File = """
        公司,联系人,联系电话,邮箱,需求,备注
        北京纷扬科技有限公司,张三,13800138000,zhang@example.com,采购 CRM 二十套，三个月内上线,展会现场留资
        上海启明医疗器械有限公司,李四,13800138001,li@example.com,了解报价,
        深圳远望软件有限公司,王五,13800138000,,同一个电话,
        ,赵六,,,没有联系方式,
        广州蓝海电子商务有限公司,孙七,12345,,电话写错了,
        """;

    [Theory]
    [InlineData(1280, "zh-CN", true)]
    [InlineData(360, "zh-CN", true)]
    [InlineData(1280, "en", true)]
    [InlineData(360, "en", false)]
    public async Task A_file_is_uploaded_mapped_looked_at_confirmed_and_taken_back(int width, string locale, bool scripts)
    {
        await using var granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        var address = granary.Listen();
        await granary.Services.GetRequiredService<CreateFirstAdministrator>().Create("归仓", "何静", "admin@example.com", Password, TestContext.Current.CancellationToken);
        await using var session = await chromium.NewSession(address, width, locale: locale);
        var page = await SignIn(session);
        if (!scripts)
        {
            await page.RouteAsync("**/*.js", route => route.AbortAsync());
        }

        await page.GotoAsync("/imports");
        await page.Picture($"imports-none-{width}-{locale}");
        await page.GotoAsync("/imports/new");
        await page.Picture($"imports-upload-{width}-{locale}");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "线索.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
        await Submit(page);

        Assert.EndsWith("/columns", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("select[name=to]").Nth(2)).ToHaveValueAsync("contact.phones");
        await Submit(page);
        await Assertions.Expect(page.Locator(".note.danger")).ToContainTextAsync(locale == "en" ? "Channel" : "渠道");
        await page.Locator("input[name=channel]").FillAsync("展会/上海");
        await page.Picture($"imports-columns-{width}-{locale}");
        await Submit(page);

        Assert.EndsWith("/difference", page.Url, StringComparison.Ordinal);
        Assert.Equal(["2", "1", "0", "1", "1"], await Figures(page));
        await page.Picture($"imports-difference-{width}-{locale}");
        await Submit(page);

        if (!scripts)
        {
            await page.WaitForTimeoutAsync(4000);
            await page.ReloadAsync();
        }

        await Assertions.Expect(page.Locator("a[href$='/errors']")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(["2", "1", "0", "1", "1"], await Figures(page));
        await page.Picture($"imports-done-{width}-{locale}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/errors']").ClickAsync());
        using var errors = new StreamReader(await download.CreateReadStreamAsync());
        var text = await errors.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("赵六", text, StringComparison.Ordinal);
        Assert.Contains(",5,", text, StringComparison.Ordinal);

        await page.Locator("form[action$='/reversal'] button").ClickAsync();
        if (scripts)
        {
            await page.Locator("dialog[open] button[value=yes], dialog[open] .button.danger, dialog[open] .button.primary").First.ClickAsync();
        }

        await Assertions.Expect(page.Locator("main .badge").First).ToHaveTextAsync(locale == "en" ? "Taken back" : "已撤销");
        await page.GotoAsync("/imports");
        await page.Picture($"imports-list-{width}-{locale}");
        Assert.Equal(width, await page.Width());
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_refused_in_words()
    {
        await using var granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        var address = granary.Listen();
        await granary.Services.GetRequiredService<CreateFirstAdministrator>().Create("归仓", "何静", "admin@example.com", Password, TestContext.Current.CancellationToken);
        await using var session = await chromium.NewSession(address);
        var page = await SignIn(session);

        await page.GotoAsync("/imports/new");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "a.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 nothing"u8.ToArray() });
        await Submit(page);

        Assert.EndsWith("/imports/new", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("不是 CSV、TSV 或 XLSX 文件")).ToBeVisibleAsync();
    }

    private static Task Submit(IPage page) => page.Locator("main .form-actions .button.primary").First.ClickAsync();

    // The address is there before the page is, so the figures are waited for.
    private static async Task<IReadOnlyList<string>> Figures(IPage page)
    {
        await Assertions.Expect(page.Locator(".stat-value")).ToHaveCountAsync(5);
        return [.. (await page.Locator(".stat-value").AllInnerTextsAsync()).Select(t => t.Trim())];
    }

    private static async Task<IPage> SignIn(IBrowserContext session)
    {
        var page = await session.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync("admin@example.com");
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        return page;
    }
}
