using Microsoft.Playwright;

namespace Granary.Browser.Tests;

/// <summary>What can be asked of every page, once it looks as it will look.</summary>
internal static class Layout
{
    /// <summary>How wide the page is in CSS pixels. It is asked only after the style sheet has come: after a form was sent, text can be found in a page that still is bare.</summary>
    public static async Task<int> Width(this IPage page)
    {
        await page.WaitForLoadStateAsync();
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    /// <summary>What is seen and used, and says to nobody what it is.</summary>
    public static Task<string[]> Unnamed(this IPage page) => page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href], summary')]
          .filter(e => e.checkVisibility() && !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim() || e.title))
          .map(e => e.outerHTML.slice(0, 120))
        """);

    /// <summary>Ids that more than one element has.</summary>
    public static Task<string[]> RepeatedIds(this IPage page) =>
        page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)");

    /// <summary>Puts a picture of the whole page into the folder named in GRANARY_PICTURES, where that is set.</summary>
    public static async Task Picture(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GRANARY_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
