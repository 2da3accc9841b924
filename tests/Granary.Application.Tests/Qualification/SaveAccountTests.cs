using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class SaveAccountTests
{
    private const string Code = "91110108MA01ABCD1P";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_of_an_accounts_company_phone_or_credit_code_is_converted_to_it_and_its_owners(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var wang = await shop.Hire("Wang");
        var account = await Add(shop, wang, new AccountInput("北京纷扬科技有限公司", ValidCode, wang, [new("李四", null, "13911112222", "li@fenyang.example.com")]));

        var leads = new[]
        {
            shop.Lead(company: "北京纷扬科技有限公司"),
            shop.Lead(company: "北京纷扬"),
            shop.Lead("139 1111 2222", "另外一家有限公司"),
            shop.Lead() is var other ? other with { Company = other.Company with { Name = "改名之后有限公司", CreditCode = ValidCode.ToLowerInvariant() } } : other,
        };
        foreach (var lead in leads)
        {
            var landing = await shop.Submit(lead);
            Assert.Equal(
                (LandingOutcome.ConvertedToExisting, EntryLabel.KnownAccountContact, account, wang, LeadStatus.Converted),
                (landing.Outcome, landing.Label, landing.AccountId!.Value, landing.OwnerId!.Value, landing.Status));
        }

        Assert.All(await shop.Read(db => db.Set<OwnershipRecord>().ToListAsync(Ct)), o => Assert.Equal(Ended.Converted, o.Ended));
        await shop.HoldingsAreExact();
        Assert.Equal(LandingOutcome.Created, (await shop.Submit(shop.Lead(company: "北京纷飞文化有限公司"))).Outcome);
    }

    [Theory, OnBothDatabases]
    public async Task An_account_whose_owner_is_no_longer_active_leaves_the_lead_to_the_rules(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        var account = await Add(shop, wang, new AccountInput("北京纷扬科技有限公司", null, wang, []));
        var zhang = await shop.Hire("Zhang");
        await shop.Settings.Change(scope => scope.Db.Users.Where(u => u.Id == wang).ExecuteUpdateAsync(u => u.SetProperty(x => x.Status, PersonStatus.Departed), Ct), Ct);

        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));

        Assert.Equal((LandingOutcome.Created, account, zhang), (landing.Outcome, landing.AccountId!.Value, landing.OwnerId!.Value));
    }

    [Theory, OnBothDatabases]
    public async Task An_account_is_found_before_entry_by_company_and_phone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        var account = await Add(shop, wang, new AccountInput("北京纷扬科技有限公司", null, wang, [new("李四", null, "13911112222", null)]));
        var search = new DuplicateSearch(shop.Store, shop.Vault, shop.Settings);

        var match = Assert.Single(await search.Search(await shop.As(wang), new DuplicateQuery("北京纷扬", "13911112222"), Ct));

        Assert.Equal((DuplicateKind.Account, account, MatchLevel.Exact, wang), (match.Kind, match.Id, match.Level, match.OwnerId!.Value));
        Assert.Equal([MatchKeyKind.Phone, MatchKeyKind.Company], match.MatchedBy);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_an_account_is_said_field_by_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        await Add(shop, wang, new AccountInput("北京纷扬科技有限公司", ValidCode, wang, []));
        var save = new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time);
        var viewer = await shop.As(wang);

        foreach (var (input, field, code) in new[]
        {
            (new AccountInput(" ", null, wang, []), "name", "required"),
            (new AccountInput("无", null, wang, []), "name", "company_name"),
            (new AccountInput(new string('字', 201), null, wang, []), "name", "too_long"),
            (new AccountInput("北京纷扬科技有限公司", null, wang, []), "name", "duplicate"),
            (new AccountInput("改名之后有限公司", ValidCode, wang, []), "creditCode", "duplicate"),
            (new AccountInput("改名之后有限公司", "123", wang, []), "creditCode", "credit_code"),
            (new AccountInput("改名之后有限公司", null, Guid.Empty, []), "ownerId", "unknown_value"),
            (new AccountInput("改名之后有限公司", null, wang, [new("", null, null, null)]), "contacts[0].name", "required"),
            (new AccountInput("改名之后有限公司", null, wang, [new("a", null, "11111111111", null)]), "contacts[0].phone", "phone_mobile_prefix"),
        })
        {
            var error = Assert.Single((await save.Create(viewer, input, Ct)).Errors);
            Assert.Equal(field, error.Field);
            Assert.True(code == error.Code || field.EndsWith("phone", StringComparison.Ordinal), error.Code);
        }
    }

    // The check digit of the body, so that the example needs no register.
    private static string ValidCode { get; } = "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(last => Code[..17] + last).Single(Domain.Capture.CreditCode.IsValid);

    private static async Task<Guid> Add(Shop shop, Guid user, AccountInput input)
    {
        var (id, errors) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(await shop.As(user), input, Ct);
        Assert.Empty(errors);
        return id!.Value;
    }
}
