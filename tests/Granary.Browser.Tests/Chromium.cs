using Granary.Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass, MaxParallelThreads = 2)]

namespace Granary.Browser.Tests;

/// <summary>The system's Chromium, started once for all tests; each test opens a session of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Path = Environment.GetEnvironmentVariable("GRANARY_CHROMIUM") ?? "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A session without cookies: nobody is signed in. Disposing it closes its pages.</summary>
    /// <param name="baseAddress">Where paths begin.</param>
    /// <param name="width">Width of the window in pixels; 360 is the narrowest phone we serve.</param>
    /// <param name="dark">Whether the reader prefers a dark theme.</param>
    /// <param name="locale">The reader's language.</param>
    /// <param name="unguarded">Whether the browser leaves aside what pages forbid it by policy.</param>
    public async Task<IBrowserContext> NewSession(Uri? baseAddress = null, int width = 1280, bool dark = false, string locale = "zh-CN", bool unguarded = false)
    {
        Assert.SkipWhen(_browser is null, $"No Chromium at {Path}: run eng/test, or name one in GRANARY_CHROMIUM.");
        return await _browser!.NewContextAsync(new()
        {
            BaseURL = baseAddress?.ToString(),
            ViewportSize = new() { Width = width, Height = width < 600 ? 780 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = locale,
            BypassCSP = unguarded,
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = ReducedMotion.Reduce,
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
