using Microsoft.Playwright;

namespace Granary.Browser.Tests;

/// <summary>What a page looks like once it looks as it will look.</summary>
internal static class Layout
{
    /// <summary>How wide the page is in CSS pixels. It is asked only after the style sheet has come: after a form was sent, text can be found in a page that still is bare.</summary>
    public static async Task<int> Width(this IPage page)
    {
        await page.WaitForLoadStateAsync();
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    /// <summary>Puts a picture of the whole page into the folder named in GRANARY_PICTURES, where that is set.</summary>
    public static async Task Picture(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GRANARY_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
