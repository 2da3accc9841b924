using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Desk;

/// <summary>Pools as members and managers use them. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class PoolPagesTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "a long enough password", Seller = "wang@example.com", Manager = "li@example.com";

    private GranaryFactory? _granary;
    private Uri? _address;
    private Guid _sdr;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        _address = _granary.Listen();
        await Service<CreateFirstAdministrator>().Create("归仓", "何静", "admin@example.com", Password, Ct);
        // Nobody sells yet, so that they wait in the pool.
        string[] companies = ["南京宏图智能装备股份有限公司", "成都博远医疗器械有限公司", "合肥智云电子商务有限公司", "杭州远景星辰科技有限公司"];
        foreach (var (i, company) in companies.Index())
        {
            Assert.IsType<IntakeResult.Landed>(await Service<LeadIntake>().Submit(
                new IntakeRequest
                {
                    Submission = new LeadSubmission
                    {
                        Channel = "官网/百度搜索",
                        Company = new CompanyDetails { Name = company, Industry = "制造业", Size = CompanySize.Large, Province = "江苏省" },
                        Contact = new ContactDetails { Name = "张三", Title = "总经理", Role = BuyingRole.DecisionMaker, Phones = [$"1380013800{i}"] },
                        Budget = new Budget(400_000, 500_000, BudgetMatch.Full),
                        Requirement = "采购 CRM，三个月内上线，需要和现有的 ERP 打通",
                        Products = ["CRM"],
                    },
                },
                Ct));
        }

        var (seller, manager) = (await Hire("王梓涵", Seller, BuiltInRoles.SalesRepresentative), await Hire("李主管", Manager, "sales_supervisor"));
        _sdr = (await Service<SettingCache>().Latest(Ct)).Pools.Find("sdr")!.Id;
        Assert.IsType<SettingResult.Done>(await Service<SavePoolMembers>().Save(Guid.Empty, _sdr, new PoolMembership { Members = [seller], Managers = [manager] }, Ct));
    }

    [Theory]
    [InlineData(360, "zh-CN", "领取", "已领取 1 条线索")]
    [InlineData(360, "en", "Claim", "1 claimed")]
    [InlineData(1280, "zh-CN", "领取", "已领取 1 条线索")]
    public async Task A_lead_is_claimed_with_one_press_from_its_pool(int width, string locale, string claim, string said)
    {
        await using var session = await chromium.NewSession(_address, width, locale: locale);
        var page = await SignIn(session, Seller);
        await page.GotoAsync("/pools");
        await page.Locator("a[href='/pools/sdr']").First.ClickAsync();
        var row = page.Locator("#pool-rows tr", new() { HasText = "成都博远" });
        await Assertions.Expect(row).ToContainTextAsync("138****");
        await row.GetByRole(AriaRole.Button, new() { Name = claim }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync(said);
        await Assertions.Expect(page.GetByText("成都博远")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".stat-value", new() { HasText = "19" })).ToBeVisibleAsync();
        await page.GotoAsync("/leads?owner=me");
        await Assertions.Expect(page.Locator("#lead-rows")).ToContainTextAsync("成都博远");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Selected_leads_are_claimed_together_also_without_scripts(bool scripts)
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, Seller, scripts);
        await page.GotoAsync("/pools/sdr?sort=receivedAt");
        await page.Locator(".pick").Nth(0).CheckAsync();
        await page.Locator(".pick").Nth(1).CheckAsync();
        await page.Locator(".bulk .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("已领取 2 条线索");
        Assert.EndsWith("/pools/sdr?sort=receivedAt", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_gives_selected_leads_to_a_colleague_and_moves_others()
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, Manager);
        await page.GotoAsync("/pools/sdr");
        await page.Locator(".pick").Nth(0).CheckAsync();
        await page.Locator("#bulk-to").FillAsync("王");
        await page.Locator(".bulk [role=option]", new() { HasText = "王梓涵" }).First.ClickAsync();
        await page.Locator(".bulk button[formaction$='/assignment']").First.ClickAsync();
        await page.Locator("dialog[open] .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("已把 1 条线索分配给王梓涵");
        await page.Locator(".pick").Nth(0).CheckAsync();
        await page.Locator("#bulk-pool").SelectOptionAsync("nurture");
        await page.Locator(".bulk button[formaction$='/move']").ClickAsync();
        await page.Locator("dialog[open] .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("已把 1 条线索移到培育池");
    }

    [Theory]
    [InlineData(1440, false, "zh-CN")]
    [InlineData(1440, true, "en")]
    [InlineData(1200, false, "en")]
    [InlineData(360, false, "en")]
    [InlineData(360, true, "zh-CN")]
    public async Task Every_pool_page_fits_the_window_is_named_and_breaks_no_policy(int width, bool dark, string locale)
    {
        await using var session = await chromium.NewSession(_address, width, dark, locale);
        foreach (var (mail, paths) in ((string, string[])[])[(Seller, ["/pools", "/pools/sdr", "/pools/sdr?q=nobody"]), (Manager, ["/pools/sdr"]), ("admin@example.com", ["/pools", "/pools/nurture", $"/settings/pools/{_sdr}", "/settings/policies/pools"])])
        {
            await session.ClearCookiesAsync();
            var page = await SignIn(session, mail);
            List<string> complaints = [];
            page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
            foreach (var path in paths)
            {
                await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.EvaluateAsync("document.querySelectorAll('main details:not([data-menu])').forEach(d => d.open = true)");
                Assert.True(width == await page.Width(), path);
                Assert.Empty(await page.Unnamed());
                await page.Picture($"pools-{mail.Split('@')[0]}-{Array.IndexOf(paths, path)}-{width}-{(dark ? "dark" : "light")}");
            }

            if (mail == Manager)
            {
                await page.Locator(".pick").First.CheckAsync();
                Assert.Equal(width, await page.Width());
                await page.Picture($"pools-bulk-{width}-{(dark ? "dark" : "light")}");
            }

            Assert.Empty(complaints);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await (_granary?.DisposeAsync() ?? default);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private T Service<T>()
        where T : notnull => _granary!.Services.GetRequiredService<T>();

    private async Task<Guid> Hire(string name, string mail, string role) =>
        Assert.IsType<PeopleResult.Done>(await Service<SaveUser>().Create(Guid.Empty, new UserInput { Name = name, Email = mail, Roles = [role] }, Password, Ct)).Id;

    private static async Task<IPage> SignIn(IBrowserContext session, string mail, bool scripts = true)
    {
        var page = await session.NewPageAsync();
        if (!scripts)
        {
            await page.RouteAsync("**/*.js", route => route.AbortAsync());
        }

        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync(mail);
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        return page;
    }
}
