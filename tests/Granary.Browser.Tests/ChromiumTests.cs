namespace Granary.Browser.Tests;

public sealed class ChromiumTests(Chromium chromium)
{
    [Fact]
    public async Task Chinese_characters_have_shapes_of_their_own()
    {
        await using var session = await chromium.NewSession();
        var page = await session.NewPageAsync();

        // Without a CJK font both would be the same empty box, and every screenshot would lie.
        var (one, other) = (await Picture("一"), await Picture("龘"));
        Assert.NotEqual(one, other);

        async Task<string> Picture(string character)
        {
            await page.SetContentAsync($"<p id='c' style='font-size:40px;width:60px'>{character}</p>");
            return Convert.ToBase64String(await page.Locator("#c").ScreenshotAsync());
        }
    }

    [Fact]
    public async Task A_session_is_as_wide_and_dark_and_English_as_its_reader_wants()
    {
        await using var session = await chromium.NewSession(width: 360, dark: true, locale: "en");
        var page = await session.NewPageAsync();
        Assert.Equal(360, await page.EvaluateAsync<int>("innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        Assert.Equal("en", await page.EvaluateAsync<string>("navigator.language"));
    }
}
