using Granary.Application.Demo;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Demo;

/// <summary>The demo organisation, made once for all visits.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    private GranaryFactory? _granary;

    /// <summary>Where it is served.</summary>
    public Uri Address { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        Address = _granary.Listen();
        await ActivatorUtilities.CreateInstance<DemoOrganisation>(_granary.Services).Make(new Progress<int>(), TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_granary is not null)
        {
            await _granary.DisposeAsync();
        }
    }
}

/// <summary>
/// A visitor goes through the demo organisation in both languages, themes and widths: every page answers, fits its width
/// and complains of nothing. Pictures go to the folder named in GRANARY_PICTURES, where that is set (eng/screenshots).
/// </summary>
public sealed class DemoTourTests(Chromium chromium, DemoHost demo) : IClassFixture<DemoHost>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("GRANARY_PICTURES");

    private static readonly (string Name, string Path)[] Pages =
    [
        ("desk", "/"), ("leads", "/leads"), ("lead-new", "/leads/new"), ("duplicates", "/duplicates?company=上海启明"), ("imports", "/imports"),
        ("pools", "/settings/pools"), ("forms", "/forms"), ("settings", "/settings"), ("people", "/settings/people"), ("departments", "/settings/departments"),
        ("channels", "/settings/channels"), ("scoring", "/settings/policies/scoring"), ("assignment", "/settings/policies/assignment"), ("notices", "/notices"),
    ];

    [Theory]
    [InlineData("admin", 1440, false, "zh-CN")]
    [InlineData("admin", 360, true, "zh-CN")]
    [InlineData("admin", 1440, true, "en")]
    [InlineData("admin", 360, false, "en")]
    public async Task Every_page_answers_fits_its_width_and_complains_of_nothing(string who, int width, bool dark, string locale)
    {
        await using var session = await chromium.NewSession(demo.Address, width, dark, locale);
        var page = await session.NewPageAsync();
        // The demo is made at the same time as other tests run; patience is not what is tested.
        page.SetDefaultTimeout(90_000);
        page.SetDefaultNavigationTimeout(90_000);
        List<string> complaints = [];
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        await SignIn(page, who);
        await page.GotoAsync("/leads");
        var lead = await page.Locator("main a[href^='/leads/0']").First.GetAttributeAsync("href");
        foreach (var (name, path) in Pages.Append(("lead", lead!)))
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Ok, $"{path} answered {answer.Status}.");
            await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
            var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (Pictures is not null)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{locale}{(dark ? "-dark" : "")}.png") });
            }

            Assert.True(excess <= 0, $"{path} is {excess} px wider than its window of {width}.");
        }

        Assert.Empty(complaints);
    }

    private static async Task SignIn(IPage page, string who)
    {
        await page.GotoAsync("/");
        await page.Locator("input[type=email], input[name$=Email], input[name=email]").First.FillAsync($"{who}@demo.example");
        await page.Locator("input[type=password]").FillAsync(DemoOrganisation.Password);
        await page.Locator("main button[type=submit], form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }
}
