using System.IO.Compression;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Components;

/// <summary>Every component as a reader meets it. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class GalleryTests(Chromium chromium, GalleryHost host)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task Every_component_fits_the_window_is_named_and_breaks_no_policy(int width, bool dark)
    {
        await using var session = await chromium.NewSession(host.Address, width, dark);
        var page = await session.NewPageAsync();
        var complaints = Listen(page);
        await page.GotoAsync("/gallery", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal(width, await page.Width());
        Assert.Empty(await page.Unnamed());
        Assert.Empty(await page.RepeatedIds());
        Assert.Empty(complaints);
        await page.Picture($"gallery-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task Rows_are_walked_and_selected_by_keyboard_and_the_bulk_bar_counts_them()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        await page.GotoAsync("/gallery");
        await Assertions.Expect(page.Locator(".bulk")).ToBeHiddenAsync();

        foreach (var key in "jxjjx")
        {
            await page.Keyboard.PressAsync(key.ToString());
        }

        await Assertions.Expect(page.Locator(".bulk")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-bulk-count]")).ToHaveTextAsync("2");
        await page.Locator(".pick").Nth(1).ClickAsync();
        await page.Locator(".pick").Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        Assert.Equal(5, await page.Locator(".pick:checked").CountAsync());
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_asked_first_with_the_number_of_rows()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        var posts = 0;
        await page.RouteAsync("**/gallery", route => route.Request.Method == "POST" ? Count(route) : route.ContinueAsync());
        await page.GotoAsync("/gallery");
        await page.Locator(".pick").Nth(0).ClickAsync();
        await page.Locator(".bulk .danger").ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToContainTextAsync("1 条");
        await page.GetByRole(AriaRole.Button, new() { Name = "取消" }).Last.ClickAsync();
        Assert.Equal(0, posts);
        await page.Locator(".bulk .danger").ClickAsync();
        await page.Locator("dialog[open] button").Last.ClickAsync();
        await Assertions.Expect(page.GetByText("done")).ToBeVisibleAsync();
        Assert.Equal(1, posts);

        Task Count(IRoute route)
        {
            posts++;
            return route.FulfillAsync(new() { ContentType = "text/html", Body = "<p>done</p>" });
        }
    }

    [Fact]
    public async Task The_server_renders_a_new_row_and_names_stay_without_a_gap()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        await page.GotoAsync("/gallery");
        await page.Locator("[data-row-add]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await page.Locator("[data-row-remove]").First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-row] input")).ToHaveAttributeAsync("name", "Input.Phones[0].Number");
    }

    [Fact]
    public async Task A_combobox_searches_on_the_server_and_posts_what_was_chosen()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        await page.GotoAsync("/gallery");
        var box = page.Locator("#f-Input-Owner");
        await box.FillAsync("梓");
        await Assertions.Expect(page.Locator(".combobox [role=option]")).ToHaveCountAsync(1);
        await box.PressAsync("Enter");
        await Assertions.Expect(box).ToHaveValueAsync("王梓涵");
        await Assertions.Expect(page.Locator("input[name='Input.Owner']")).ToHaveValueAsync("王梓涵");
    }

    [Fact]
    public async Task Theme_and_language_are_kept_without_scripts()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        await page.GotoAsync("/theme?to=dark&back=/gallery/gate");
        await page.GotoAsync("/language?to=en&back=/gallery/gate");
        Assert.EndsWith("/gallery/gate", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task The_first_page_weighs_at_most_sixty_kilobytes_over_the_wire()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await session.NewPageAsync();
        List<IResponse> responses = [];
        page.Response += (_, response) => responses.Add(response);
        await page.GotoAsync("/gallery/gate", new() { WaitUntil = WaitUntilState.NetworkIdle });
        // The product compresses what it sends; the gallery's host does not, so it is done here.
        var sizes = await Task.WhenAll(responses.Where(r => r.Ok).Select(async r => Compressed(await r.BodyAsync())));
        Assert.InRange(sizes.Sum(), 1, 60_000);
        Assert.All(responses, r => Assert.Equal(host.Address.Authority, new Uri(r.Url).Authority));
    }

    private static long Compressed(byte[] body)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write(body);
        }

        return bytes.Length;
    }

    private static List<string> Listen(IPage page)
    {
        List<string> complaints = [];
        page.Console += (_, message) => { if (message.Type is "error" or "warning") { complaints.Add(message.Text); } };
        page.PageError += (_, error) => complaints.Add(error);
        page.Response += (_, response) => { if (response.Status >= 400) { complaints.Add($"{response.Status} {response.Url}"); } };
        return complaints;
    }
}
