using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class OneAccountTests
{
    private const string Company = "北京纷扬科技有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Those_who_type_in_one_company_at_once_on_two_nodes_make_one_account(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var owner = await shop.Hire("Zhang");
        var viewer = await shop.As(owner);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => Saving(i % 2 == 0 ? shop : other).Create(viewer, new AccountInput(i % 3 == 0 ? "北京纷扬科技有限公司 " : Company, null, owner, []), Ct), Ct)));

        Assert.Single(results, r => r.Id is not null);
        Assert.All(results.Where(r => r.Id is null), r => Assert.Equal(("name", "duplicate"), (r.Errors.Single().Field, r.Errors.Single().Code)));
        Assert.Equal(1, await shop.Read(db => db.Set<Account>().CountAsync(Ct)));
        await Close(shop, other);
    }

    [Theory, OnBothDatabases]
    public async Task Who_enters_a_company_while_a_lead_of_it_is_converted_makes_no_second_account(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var owner = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var viewer = await shop.As(owner);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        for (var round = 0; round < 10; round++)
        {
            var (company, lead) = ($"上海数聚{(char)('甲' + round)}软件有限公司", (await shop.Submit(shop.Lead())).LeadId);
            if ((await shop.Stored(lead)).OwnerId != owner)
            {
                await shop.Assigning.Assign(boss, lead, owner, ct: Ct);
            }

            var converting = Task.Run(() => shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All, new ConversionAccount(Name: company)), ct: Ct), Ct);
            var entering = Task.Run(() => Saving(other).Create(viewer, new AccountInput(company, null, owner, []), Ct), Ct);

            Assert.IsType<LeadResult.Done>((await converting).Result);
            Assert.True((await entering).Id is not null || (await entering).Errors.Single().Code == "duplicate");
            Assert.Equal(1, await shop.Read(db => db.Set<Account>().CountAsync(a => a.Name == company, Ct)));
        }

        await Close(shop, other);
    }

    [Theory, OnBothDatabases]
    public async Task Two_names_with_one_credit_code_at_once_are_one_account(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var owner = await shop.Hire("Zhang");
        var viewer = await shop.As(owner);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(
            () => Saving(shop).Create(viewer, new AccountInput($"天津远大{(char)('甲' + i)}机械有限公司", ValidCode, owner, []), Ct), Ct)));

        Assert.Single(results, r => r.Id is not null);
        Assert.All(results.Where(r => r.Id is null), r => Assert.Equal(("creditCode", "duplicate"), (r.Errors.Single().Field, r.Errors.Single().Code)));
    }

    // The check digit of the body, so that the example needs no register.
    private static string ValidCode { get; } = "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(last => "91110108MA01ABCD1" + last).Single(Domain.Capture.CreditCode.IsValid);

    private static SaveAccount Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static async Task Close(Shop shop, Shop other)
    {
        if (other != shop)
        {
            await other.Close();
        }
    }
}
