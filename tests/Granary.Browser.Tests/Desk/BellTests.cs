using Microsoft.Playwright;

namespace Granary.Browser.Tests.Desk;

/// <summary>The bell, live: what one does, another sees without loading anything.</summary>
public sealed class BellTests(Chromium chromium, DeskHost host)
{
    [Fact]
    public async Task Whoever_is_assigned_a_lead_sees_the_bell_rise_and_the_lead_on_the_desk_without_reloading()
    {
        var company = "常州恒远智联新能源有限公司";
        var id = await host.Submit(company, role: Domain.Capture.BuyingRole.User);
        await using var session = await chromium.NewSession(host.Address);
        var desk = await DeskHost.SignIn(session, "zhao@example.com");
        await desk.EvaluateAsync("window.stayed = true");
        await using var other = await chromium.NewSession(host.Address);
        var admin = await DeskHost.SignIn(other);
        // The stream has told how things stand once the first beat came.
        await desk.WaitForTimeoutAsync(3000);
        var before = int.Parse((await desk.Locator(".bell .count").TextContentAsync())!);

        await admin.GotoAsync($"/leads/{id}?do=assign");
        await admin.Locator("#lead-action [name=toText]").FillAsync("赵明轩");
        await admin.Locator("#lead-action [role=option]", new() { HasText = "赵明轩" }).First.ClickAsync();
        await admin.Locator("#lead-action button.primary").ClickAsync();

        await Assertions.Expect(desk.Locator(".toast", new() { HasText = company })).ToBeVisibleAsync(new() { Timeout = 15000 });
        // Other tests may bring leads meanwhile; it never falls without being looked at.
        Assert.True(int.Parse((await desk.Locator(".bell .count").TextContentAsync())!) > before);
        await Assertions.Expect(desk.Locator("#desk-now .lines").GetByText(company)).ToBeVisibleAsync();
        await desk.Locator(".bell").ClickAsync();
        await Assertions.Expect(desk.Locator("#bell-panel").GetByText(company)).ToBeVisibleAsync();
        await desk.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.Locator("#bell-panel")).ToBeHiddenAsync();
        Assert.True(await desk.EvaluateAsync<bool>("window.stayed"));
    }

    [Fact]
    public async Task A_desk_that_was_gone_on_with_stays_as_long_when_something_new_comes()
    {
        // An organisation of its own: the desks have to be long.
        await using var house = new DeskHost();
        await house.InitializeAsync();
        for (var i = 0; i < 120; i++)
        {
            await house.Submit($"绵阳明川第{i}电子有限公司");
        }

        await using var session = await chromium.NewSession(house.Address, 360);
        var desk = await DeskHost.SignIn(session, "wang@example.com");
        await desk.EvaluateAsync("window.stayed = true");
        var lines = desk.Locator("#desk-lines > li");
        await Assertions.Expect(lines).ToHaveCountAsync(50);
        await desk.Locator("#desk-pager a[rel=next]").ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(60);
        await Assertions.Expect(desk.Locator("#desk-pager a[rel=next]")).ToHaveCountAsync(0);

        await house.Submit("绵阳明川新近电子有限公司");
        await house.Submit("绵阳明川新近电子器件有限公司");
        await Assertions.Expect(lines).ToHaveCountAsync(61, new() { Timeout = 20000 });
        Assert.Equal(61, await lines.Locator(".line-head > a").EvaluateAllAsync<int>("all => new Set(all.map(a => a.href)).size"));
        await Assertions.Expect(desk.Locator("#desk-pager a[rel=next]")).ToHaveCountAsync(0);
        Assert.Equal(360, await desk.Width());
        Assert.True(await desk.EvaluateAsync<bool>("window.stayed"));
    }
}
