using Granary.Browser.Tests.Desk;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.People;

/// <summary>Passkeys with the authenticator that Chromium plays for tests.</summary>
public sealed class PasskeyTests(Chromium chromium)
{
    [Fact]
    public async Task A_passkey_is_added_renamed_signed_in_with_and_removed()
    {
        // An organisation of its own: what signs in here must not sign in elsewhere.
        await using var house = new DeskHost();
        await house.InitializeAsync();
        await using var session = await chromium.NewSession(house.Address, locale: "en");
        var page = await DeskHost.SignIn(session, "wang@example.com");
        await Authenticator(session, page);

        await page.GotoAsync("/settings/me/security");
        await page.Locator("#new-passkey").FillAsync("work laptop");
        await page.Locator("form[data-passkey=create] button").ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys li input[name=name]")).ToHaveValueAsync("work laptop");

        await page.Locator("#passkeys li input[name=name]").FillAsync("the old laptop");
        await page.Locator("#passkeys li").GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys li input[name=name]")).ToHaveValueAsync("the old laptop");

        await session.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?next=/settings/me/security");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await page.WaitForURLAsync("**/settings/me/security");
        await Assertions.Expect(page.Locator("#sessions")).ToContainTextAsync("Passkey");

        await page.Locator("#passkeys li").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.Locator("dialog[open] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys li")).ToHaveCountAsync(0);
        await session.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("form[data-passkey=get] button").ClickAsync();
        await Assertions.Expect(page.Locator(".toast.danger")).ToBeVisibleAsync();
    }

    private static async Task Authenticator(IBrowserContext session, IPage page)
    {
        var devtools = await session.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
