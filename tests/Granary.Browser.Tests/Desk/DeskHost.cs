using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Browser.Tests.Desk;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DeskHost))]

namespace Granary.Browser.Tests.Desk;

/// <summary>The product with a small organisation: a lead administrator, two representatives and the leads that tests submit.</summary>
public sealed class DeskHost : IAsyncLifetime
{
    private const string Password = "a long enough password";

    private GranaryFactory? _granary;
    private int _phones;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        Address = _granary.Listen();
        var founded = await Service<CreateFirstAdministrator>().Create("归仓", "何静", "admin@example.com", Password);
        var admin = Assert.IsType<PeopleResult.Done>(founded).Id;
        foreach (var (name, mail) in ((string, string)[])[("王梓涵", "wang@example.com"), ("赵明轩", "zhao@example.com")])
        {
            Assert.IsType<PeopleResult.Done>(await Service<SaveUser>().Create(admin, new UserInput { Name = name, Email = mail, Roles = [BuiltInRoles.SalesRepresentative] }, Password));
        }
    }

    /// <summary>Submits a lead with a phone of its own.</summary>
    public async Task<Guid> Submit(string company, string channel = "官网/百度搜索", BuyingRole role = BuyingRole.DecisionMaker, string? phone = null)
    {
        var n = Interlocked.Increment(ref _phones);
        var result = await Service<LeadIntake>().Submit(new IntakeRequest
        {
            Submission = new LeadSubmission
            {
                Channel = channel,
                Company = new CompanyDetails { Name = company, Industry = "软件", Size = CompanySize.Large },
                Contact = new ContactDetails { Name = "张三", Title = "总经理", Role = role, Phones = [phone ?? $"139{n * 7919L % 100_000_000:00000000}"] },
                Budget = new Budget(400_000, 500_000, role == BuyingRole.User ? BudgetMatch.None : BudgetMatch.Full),
                Requirement = "采购 CRM，三个月内上线",
            },
        });
        return Assert.IsType<IntakeResult.Landed>(result).Landing.LeadId;
    }

    /// <summary>Signs somebody in.</summary>
    public static async Task<IPage> SignIn(IBrowserContext session, string mail = "admin@example.com")
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
