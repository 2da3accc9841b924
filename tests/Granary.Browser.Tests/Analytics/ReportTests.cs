using System.Globalization;
using System.Text.RegularExpressions;
using Granary.Application.Analytics.Facts;
using Granary.Browser.Tests.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Analytics;

/// <summary>Reports as a director uses them, on the demo organisation.</summary>
public sealed partial class ReportTests(Chromium chromium, DemoHost demo) : IClassFixture<DemoHost>, IAsyncLifetime
{
    private const string Period = "from=2020-01-01&to=2029-12-31", White = "rgb(255, 255, 255)";

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => await demo.Services.GetRequiredService<FactConsumer>().Run(Ct);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1280, "zh-CN")]
    [InlineData(360, "en")]
    public async Task A_figure_of_the_funnel_has_as_many_records_behind_it(int width, string locale)
    {
        await using var session = await chromium.NewSession(demo.Address, width, locale: locale);
        var page = await SignIn(session);
        await page.GotoAsync("/analytics/funnel");
        await page.Locator("input[name=periodFrom]").FillAsync(Day(-400));
        await page.Locator("input[name=periodTo]").FillAsync(Day(0));
        await page.Locator("select[name=compare]").SelectOptionAsync("previous");
        await page.Locator(".report-bar form button[type=submit], .report-bar form button:not([type])").Last.ClickAsync();
        await page.WaitForURLAsync(new Regex("compare=previous"));
        await Assertions.Expect(page.Locator(".chart-note .dashes")).ToBeVisibleAsync();

        var opportunities = page.Locator("table tr", new() { HasText = locale == "en" ? "Opportunity" : "商机" }).Locator("td a").First;
        var figure = Number(await opportunities.InnerTextAsync());
        Assert.InRange(figure, 1, 5_000);
        await opportunities.ClickAsync();
        await page.WaitForURLAsync(new Regex("/analytics/funnel/records"));
        var rows = await page.Locator("main tbody tr").CountAsync();
        while (rows < figure && await page.Locator("a[href*='after=']").CountAsync() > 0)
        {
            await page.GotoAsync(await page.Locator("a[href*='after=']").First.GetAttributeAsync("href") ?? "");
            rows += await page.Locator("main tbody tr").CountAsync();
        }

        Assert.Equal(figure, rows);
    }

    [Fact]
    public async Task Two_models_of_attribution_share_out_the_amount_that_was_won()
    {
        await using var session = await chromium.NewSession(demo.Address, 1280);
        var page = await SignIn(session);
        List<(string Won, decimal Sum)> models = [];
        foreach (var model in new[] { "first", "u" })
        {
            await page.GotoAsync($"/analytics/attribution?{Period}&model={model}");
            var table = page.Locator("table").Filter(new() { Has = page.Locator("tr.total") }).First;
            var cells = await table.Locator("tbody tr:not(.total) td:nth-child(2)").AllInnerTextsAsync();
            models.Add((await table.Locator("tr.total td:nth-child(2)").InnerTextAsync(), cells.Sum(Money)));
        }

        // The funnel adds up the same opportunities by another way.
        await page.GotoAsync($"/analytics/funnel?{Period}");
        var channels = page.Locator("table").Filter(new() { Has = page.Locator("tr.total") }).First;
        var won = Money(await channels.Locator("tr.total td:nth-last-child(2)").InnerTextAsync());
        Assert.NotEqual(0, won);
        Assert.All(models, m => Assert.Equal((won, won), (Money(m.Won), m.Sum)));
    }

    [Fact]
    public async Task A_report_is_saved_and_found_again_and_taken_out()
    {
        await using var session = await chromium.NewSession(demo.Address, 1280);
        var page = await SignIn(session);
        await page.GotoAsync($"/analytics/channels?{Period}&level=campaign");
        var heading = await page.Locator("h1").InnerTextAsync();
        await page.Locator(".saving summary").First.ClickAsync();
        await page.Locator("#saving-name").FillAsync("渠道月报");
        await page.Locator(".saving form button").First.ClickAsync();
        await page.WaitForURLAsync("**/analytics/saved");
        await page.GetByRole(AriaRole.Link, new() { Name = "渠道月报" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("level=campaign"));
        Assert.Equal(heading, await page.Locator("h1").InnerTextAsync());

        var rows = await page.Locator("main table").Last.Locator("tbody tr").CountAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Ct);
        Assert.Contains(heading, lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > rows, $"{lines.Length} lines of {rows} rows");
    }

    [Fact]
    public async Task A_funnel_of_ones_own_is_made_and_chosen_where_funnels_are()
    {
        await using var session = await chromium.NewSession(demo.Address, 360);
        var page = await SignIn(session);
        await page.GotoAsync("/analytics/funnel");
        await page.Locator(".funnel-choice summary").First.ClickAsync();
        await page.Locator("#funnel-new-name").FillAsync("收到到成交");
        await page.Locator(".funnel-choice input[value=received]").First.CheckAsync();
        await page.Locator(".funnel-choice input[value=order]").First.CheckAsync();
        await page.Locator(".funnel-choice form button").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/analytics/milestones\\?funnel="));
        await Assertions.Expect(page.Locator(".funnel-choice [aria-current=page]")).ToHaveTextAsync("收到到成交");
        Assert.True(await page.Width() <= await page.EvaluateAsync<int>("innerWidth"));
        await page.GotoAsync("/analytics/funnel");
        await Assertions.Expect(page.Locator(".funnel-choice")).ToContainTextAsync("收到到成交");
    }

    [Fact]
    public async Task Paper_is_white_for_those_who_work_in_the_dark()
    {
        await using var session = await chromium.NewSession(demo.Address, 1280, dark: true);
        var page = await SignIn(session);
        await page.GotoAsync($"/analytics/channels?{Period}");
        await Assertions.Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", White);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", White);
        await Assertions.Expect(page.Locator(".card").First).ToHaveCSSAsync("background-color", White);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Day(int days) => TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(NotFigure().Replace(text, ""), CultureInfo.InvariantCulture);

    private static decimal Money(string text) => NotFigure().Replace(text, "") is { Length: > 0 } figure ? decimal.Parse(figure, CultureInfo.InvariantCulture) : 0;

    private static async Task<IPage> SignIn(IBrowserContext session)
    {
        var page = await session.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync("director@demo.example");
        await page.Locator("input[type=password]").FillAsync("granary-demo-2026");
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        return page;
    }

    [GeneratedRegex("[^0-9.-]")]
    private static partial Regex NotFigure();
}
