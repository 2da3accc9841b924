using Granary.Application.Capture;
using Granary.Application.Demo;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Demo;

/// <summary>The demo organisation, made once for all visits.</summary>
public sealed class DemoHost : IAsyncLifetime
{
    private GranaryFactory? _granary;

    /// <summary>Where it is served.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _granary!.Services;

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
        ("calendar", "/settings/calendar"), ("sla", "/settings/policies/sla"), ("flow", "/settings/policies/pools"), ("templates", "/settings/follow-up-templates"),
        ("me", "/settings/me"), ("reactivations", "/reactivations"), ("named", "/named-lists"), ("named-rules", "/settings/policies/named-accounts"), ("account-pools", "/accounts/pools"),
    ];

    private static readonly (string Name, string Path)[] ManagersPages =
    [
        ("managers-desk", "/"), ("stock", "/pools"), ("pool", "/pools/nurture"), ("held", "/pools/nurture/held"), ("requests", "/requests"),
        ("violations", "/violations"), ("supervision", "/supervision"), ("partners", "/partners"), ("registrations", "/partners/registrations"),
    ];

    [Theory]
    [InlineData("admin", 1440, false, "zh-CN")]
    [InlineData("admin", 360, true, "zh-CN")]
    [InlineData("admin", 1440, true, "en")]
    [InlineData("admin", 360, false, "en")]
    [InlineData("director", 1440, false, "zh-CN")]
    [InlineData("director", 360, true, "en")]
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
        foreach (var (name, path) in (who == "admin" ? Pages : ManagersPages).Append(("lead", lead!)))
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

    [Fact]
    public async Task People_of_the_demo_worked_and_what_they_did_adds_up()
    {
        var ct = TestContext.Current.CancellationToken;
        var store = demo.Services.GetRequiredService<Store>();
        var recount = await new RecountLeads(store).Run(ct);
        Assert.Empty(recount.Nowhere);
        Assert.Empty(recount.Differences);
        await using var db = store.Open();
        var done = await db.Set<EventRecord>().GroupBy(e => e.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(e => e.Key, e => e.Count, ct);
        Assert.All(
            [LeadEvent.FollowedUp, LeadEvent.Claimed, LeadEvent.Returned, LeadEvent.Invalidated, LeadEvent.Recycled, LeadEvent.Violated, LeadEvent.ViolationNoted, LeadEvent.RequestDecided],
            kind => Assert.True(done.GetValueOrDefault(kind) > 10, kind));
        // Much of what somebody holds has been followed up, on a Sunday too, when all that came in since Friday still waits: no visitor finds a house in
        // which nobody works.
        var held = db.Set<Lead>().Where(l => l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working);
        Assert.InRange(await held.CountAsync(l => l.Status == LeadStatus.Working, ct), await held.CountAsync(ct) / 3, 1_000);
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
