using Granary.Application.Opportunities.Partners;
using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Tests.Privacy;
using Granary.Application.Tests.Qualification;
using Granary.Domain.Opportunities;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class NamedErasureTests
{
    private const string Name = "欧阳若兮";

    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Words_about_a_person_go_from_named_accounts_and_from_registrations_of_partners(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (seller, officer, phone) = (await shop.As(await shop.Hire("Zhang")), await privacy.Officer(), shop.NewPhone());
        var saving = new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time);
        var account = (await saving.Create(seller, new AccountInput("上海若水机械有限公司", null, seller.UserId, [new(Name, "总经理", phone, null)]), Ct)).Id!.Value;
        var list = Assert.IsType<AccountResult<NamedList>.Done>(await shop.Lists.Create(seller, new NamedListInput("百强", false, "ranking", seller.UserId, $"{Name}推荐"), Ct)).Record;
        await new NameAccounts(shop.Store, shop.Vault, shop.Settings, saving, shop.Time).Add(seller, list.Id, [account], Ct);
        var named = await shop.Read(db => db.Set<NamedAccount>().SingleAsync(Ct));
        await new TickNamedCheck(shop.Naming).Tick(seller, named.Id, "it_status", $"{Name}在电话里说的", Ct);
        await new TickNamedCheck(shop.Naming).Tick(seller, named.Id, "project_or_need", "公告里写的", Ct);
        await new TouchPlan(shop.Naming).Plan(seller, named.Id, new TouchInput(TouchInstrument.Salon, new DateOnly(2026, 3, 9), null, $"邀请{Name}"), Ct);
        var partner = Assert.IsType<AccountResult<Partner>.Done>(await new SavePartner(shop.Store, shop.Settings, shop.Time).Create(seller, new PartnerInput("华东渠道", PartnerKind.Dealer, seller.UserId, null, null, $"联系 {phone}"), Ct)).Record;
        await new RegisterDeal(shop.Store, shop.Vault, shop.Settings, shop.Time).Ask(seller, new RegistrationInput(partner.Id, RegistrationKind.Deal, "上海若水机械有限公司", $"{Name}牵头"), Ct);

        var found = await privacy.Reading.Search(officer, [phone], Ct);
        Assert.Equal((3, 2), (found!.Counts["named_account"], found.Counts["partner_registration"]));
        Assert.Equal(PersonRequestState.Done, (await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id)).State);

        Assert.All(new[] { Name, phone }, text => Assert.Equal([], privacy.TablesWith(text).Result));
        Assert.Equal(["—", "公告里写的"], (await shop.Read(db => db.Set<NamedCheck>().Select(c => c.Evidence).ToListAsync(Ct))).Order(StringComparer.Ordinal));
        Assert.Equal("—", (await shop.Read(db => db.Set<PartnerRegistration>().SingleAsync(Ct))).Need);
    }
}
