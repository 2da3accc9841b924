using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Campaigns;

/// <summary>The product with marketing, somebody who decides, a representative, and a form that links can lead to.</summary>
public sealed class CampaignHost : IAsyncLifetime
{
    public const string Marketing = "lan@example.com", Boss = "admin@example.com", Rep = "wang@example.com", RepName = "王梓涵", Form = "/f/trial";

    private const string Password = "a long enough password";

    private GranaryFactory? _granary;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        Address = _granary.Listen();
        var admin = Assert.IsType<PeopleResult.Done>(await Service<CreateFirstAdministrator>().Create("归仓", "何静", Boss, Password)).Id;
        foreach (var (name, mail, role) in ((string, string, string)[])[("许岚", Marketing, "marketing_manager"), (RepName, Rep, BuiltInRoles.SalesRepresentative)])
        {
            Assert.IsType<PeopleResult.Done>(await Service<SaveUser>().Create(admin, new UserInput { Name = name, Email = mail, Roles = [role] }, Password));
        }

        var channel = Assert.IsType<SettingResult.Done>(await Service<SaveChannel>().Create(admin, "官网/试用表单"));
        var design = new FormDesign
        {
            Title = new Dictionary<string, string> { ["zh-CN"] = "申请试用", ["en"] = "Trial" },
            Fields = [new("contact.name", true, new Dictionary<string, string>()), new("contact.phones", true, new Dictionary<string, string>()), new("company.name", false, new Dictionary<string, string>())],
        };
        Assert.IsType<SettingResult.Done>(await Service<SaveForm>().Create(admin, new FormInput("试用", "trial", Guid.Parse(channel.Key), true, design)));
    }

    /// <summary>Signs somebody in.</summary>
    public async Task<IPage> SignIn(IBrowserContext session, string mail)
    {
        var page = await session.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync(mail);
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        return page;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await (_granary?.DisposeAsync() ?? default);

    private T Service<T>()
        where T : notnull => _granary!.Services.GetRequiredService<T>();
}
