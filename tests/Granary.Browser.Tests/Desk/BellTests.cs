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
        await admin.Locator("[name=toText]").FillAsync("赵明轩");
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
}
