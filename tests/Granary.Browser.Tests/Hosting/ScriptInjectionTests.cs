using System.Text.RegularExpressions;
using Granary.Browser.Tests.Desk;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Hosting;

/// <summary>What people type, send and import is shown as text everywhere: with the browser's own protection, and without it.</summary>
public sealed partial class ScriptInjectionTests(Chromium chromium, DeskHost desk)
{
    private const string Trap = """
        for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = (...a) => window.__report('ran', `${name}(${a})`);
        const real = window.eval;
        window.eval = text => (/^\s*alert/.test(text) && window.__report('ran', `eval(${text})`), real(text));
        document.addEventListener('securitypolicyviolation', e => window.__report('policy', `${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
        """;

    // What only markup of somebody else's making can have brought into the page; and what handlers there are is set off.
    private const string Foreign = """
        () => {
          document.querySelectorAll('details').forEach(d => d.open = true);
          const found = [];
          for (const e of document.querySelectorAll('*')) {
            for (const a of e.attributes) {
              if (/^on/i.test(a.name)) { found.push(`${e.tagName} ${a.name}`); e.dispatchEvent(new Event(a.name.slice(2))); }
              if (/^(href|src|action|formaction|data|xlink:href|poster)$/i.test(a.name) && /^[\s\u0000-\u001f]*(javascript|vbscript|data:text)/i.test(a.value)) found.push(`${e.tagName} ${a.name}=${a.value}`);
              if (a.name === 'style' || a.name === 'srcdoc') found.push(`${e.tagName} ${a.name}`);
            }
          }
          const strange = 'iframe, object, embed, style, marquee, math, template script, script:not([src]), meta[http-equiv], base:not([href="/"]), svg script, svg animate, video, x, form[action^=javascript]';
          for (const e of document.querySelectorAll(strange)) found.push(e.outerHTML.slice(0, 120));
          return found;
        }
        """;

    [Fact]
    public async Task Five_hundred_scripts_in_every_text_are_shown_everywhere_and_run_nowhere()
    {
        Assert.Equal(500, Payloads.All.Distinct().Count());
        await using var house = await PoisonedHouse.Open();
        var both = await Task.WhenAll(Visit(house, unguarded: false), Visit(house, unguarded: true));
        var ((shown, guarded), (_, unguarded)) = (both[0], both[1]);

        string[] wrong = [.. house.Refused, .. guarded, .. unguarded.Select(f => $"unguarded: {f}"), .. Payloads.All.Where((_, n) => !shown.Contains(n)).Select(p => $"nowhere shown: {p}")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_trap_goes_off_where_a_page_does_not_escape()
    {
        await using var session = await chromium.NewSession();
        var page = await session.NewPageAsync();
        List<string> caught = [];
        await Trapped(page, caught);
        await page.GotoAsync("data:text/html,<meta charset=utf-8>");
        await page.SetContentAsync(string.Concat(Payloads.All.Take(50).Where(p => p.StartsWith("<svg", StringComparison.Ordinal) || p.StartsWith("<img", StringComparison.Ordinal))));
        await page.WaitForTimeoutAsync(500);
        Assert.NotEmpty(caught);
        Assert.NotEmpty(await page.EvaluateAsync<string[]>(Foreign));
    }

    [Fact]
    public async Task The_reading_page_of_the_api_breaks_no_policy()
    {
        await using var session = await chromium.NewSession(desk.Address);
        var page = await session.NewPageAsync();
        page.SetDefaultNavigationTimeout(180_000);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        await page.GotoAsync("/api/docs/index.html");
        await Assertions.Expect(page.Locator(".opblock").First).ToBeVisibleAsync(new() { Timeout = 180_000 });
        Assert.Empty(complaints);
    }

    private async Task<(HashSet<int> Shown, List<string> Faults)> Visit(PoisonedHouse house, bool unguarded)
    {
        await using var session = await chromium.NewSession(house.Address, unguarded: unguarded);
        var page = await session.NewPageAsync();
        page.SetDefaultTimeout(90_000);
        page.SetDefaultNavigationTimeout(90_000);
        List<string> faults = [];
        HashSet<int> shown = [];
        await Trapped(page, faults);
        page.Console += (_, message) => faults.AddRange(message.Type == "error" && !Missing().IsMatch(message.Text) ? [$"{page.Url}: {message.Text}"] : []);
        page.PageError += (_, error) => faults.Add($"{page.Url}: {error}");
        page.Dialog += (_, dialog) => _ = dialog.DismissAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync(PoisonedHouse.Mail);
        await page.Locator("input[type=password]").FillAsync(PoisonedHouse.Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        foreach (var path in house.Pages)
        {
            var answer = await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            faults.AddRange(answer!.Status >= 500 ? [$"{path}: {answer.Status}"] : []);
            faults.AddRange((await page.EvaluateAsync<string[]>(Foreign)).Select(f => $"{path}: {f}"));
            shown.UnionWith(Mark().Matches(await page.ContentAsync()).Select(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));
        }

        // The palette asks while one types.
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("<img src=x onerror=alert(1)>");
        await page.WaitForTimeoutAsync(500);
        faults.AddRange((await page.EvaluateAsync<string[]>(Foreign)).Select(f => $"palette: {f}"));
        return (shown, faults);
    }

    private static async Task Trapped(IPage page, List<string> caught)
    {
        await page.ExposeFunctionAsync<string, string, bool>("__report", (kind, what) =>
        {
            caught.Add($"{page.Url}: {kind} {what}");
            return true;
        });
        await page.AddInitScriptAsync(Trap);
    }

    [GeneratedRegex("xq(\\d+)q")]
    private static partial Regex Mark();

    // What is not there is said in the console too.
    [GeneratedRegex("status of (400|404|414)")]
    private static partial Regex Missing();
}
