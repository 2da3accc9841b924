using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class PartnerTests
{
    private const string Company = "北京纷扬科技有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_registration_is_asked_for_accepted_by_somebody_else_protects_and_expires(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, boss, partner) = await Partner(shop);
        var other = Done(await Saving(shop).Create(zhang, new PartnerInput("华南渠道", PartnerKind.Dealer, zhang.UserId, null, null, null), Ct));
        var register = Registering(shop);

        var asked = Done(await register.Ask(zhang, Input(partner), Ct));
        Assert.Equal("already_registered", Refused(await register.Ask(zhang, Input(partner, "北京纷扬"), Ct)));
        Assert.Equal("forbidden", Refused(await register.Accept(zhang, asked.Id, null, Ct)));
        Assert.Equal("reason_required", Refused(await register.Refuse(boss, asked.Id, " ", Ct)));
        var accepted = Done(await register.Accept(boss, asked.Id, null, Ct));
        Assert.Equal((RegistrationState.Accepted, clock.GetUtcNow().AddDays(90)), (accepted.State, accepted.ExpiresAt!.Value));
        Assert.Equal("registration_decided", Refused(await register.Refuse(boss, asked.Id, "太晚", Ct)));

        var rival = Done(await register.Ask(zhang, Input(other, "北京纷扬"), Ct));
        Assert.Equal([ConflictKind.Protected], (await Reading(shop).Registration(boss, rival.Id, Ct))!.Value.Conflicts.Select(c => c.Kind));
        Assert.Equal("company_protected", Refused(await register.Accept(boss, rival.Id, "客户指定", Ct)));

        var expire = new ExpireRegistrations(shop.Store, shop.Time);
        Assert.Equal(0, await expire.Sweep(Ct));
        clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(1, await expire.Sweep(Ct));
        Assert.Equal(RegistrationState.Expired, (await Stored(shop, rival.Id)).State);
        clock.Advance(TimeSpan.FromDays(76));
        Assert.Equal(1, await expire.Sweep(Ct));
        Assert.Equal((RegistrationState.Expired, null), ((await Stored(shop, asked.Id)).State, (await Stored(shop, asked.Id)).ExpiresAt));
        Assert.Equal(0, await expire.Sweep(Ct));

        var again = Done(await register.Ask(zhang, Input(other), Ct));
        Assert.Equal(RegistrationState.Accepted, Done(await register.Accept(boss, again.Id, null, Ct)).State);
        var notices = await shop.Read(db => db.Set<Notice>().Where(n => n.Kind == NoticeKind.RegistrationAsked || n.Kind == NoticeKind.RegistrationDecided).ToListAsync(Ct));
        Assert.Equal((3, 4), (notices.Count(n => n.Kind == NoticeKind.RegistrationAsked && n.UserId == boss.UserId), notices.Count(n => n.Kind == NoticeKind.RegistrationDecided && n.UserId == zhang.UserId)));
    }

    [Theory, OnBothDatabases]
    public async Task Own_leads_and_open_opportunities_stand_against_a_registration_and_it_says_why_it_is_accepted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss, partner) = await Partner(shop);
        await shop.Submit(shop.Lead(company: Company));
        var (owner, lead) = await shop.OwnedLead(company: null, "Wang");
        var (_, conversion) = await shop.Converting.Convert(await shop.As(owner), lead, new ConversionInput(Deals.All, new ConversionAccount(Name: Company)), ct: Ct);
        var asked = Done(await Registering(shop).Ask(zhang, Input(partner), Ct));

        var conflicts = (await Reading(shop).Registration(boss, asked.Id, Ct))!.Value.Conflicts;
        Assert.Equal([ConflictKind.Opportunity, ConflictKind.Lead], conflicts.Select(c => c.Kind));
        Assert.Equal((conversion!.OpportunityId, owner), (conflicts[0].Id, conflicts[0].OwnerId!.Value));
        Assert.Equal("reason_required", Refused(await Registering(shop).Accept(boss, asked.Id, null, Ct)));
        Assert.Equal("客户指定由伙伴实施", Done(await Registering(shop).Accept(boss, asked.Id, "客户指定由伙伴实施", Ct)).Reason);
    }

    [Theory, OnBothDatabases]
    public async Task Two_partners_who_register_one_company_at_once_are_not_both_protected(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss, first) = await Partner(shop);
        List<Guid> asked = [Done(await Registering(shop).Ask(zhang, Input(first), Ct)).Id];
        for (var i = 0; i < 7; i++)
        {
            var other = Done(await Saving(shop).Create(zhang, new PartnerInput($"伙伴 {i}", PartnerKind.Referrer, zhang.UserId, null, null, null), Ct));
            asked.Add(Done(await Registering(shop).Ask(zhang, Input(other), Ct)).Id);
        }

        var results = await Task.WhenAll(asked.Select(id => Task.Run(() => Registering(shop).Accept(boss, id, "客户指定", Ct), Ct)));

        Assert.Single(results, r => r is AccountResult<PartnerRegistration>.Done);
        Assert.All(results.OfType<AccountResult<PartnerRegistration>.Refused>(), r => Assert.Equal("company_protected", r.Code));
        Assert.Equal(1, await shop.Read(db => db.Set<PartnerRegistration>().CountAsync(r => r.State == RegistrationState.Accepted, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Opportunities_of_the_same_company_are_counted_for_the_partner(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss, partner) = await Partner(shop);
        var asked = Done(await Registering(shop).Ask(zhang, Input(partner), Ct));
        var (_, lead) = await Owned(shop, zhang);
        var (_, conversion) = await shop.Converting.Convert(zhang, lead, new ConversionInput(Deals.All, new ConversionAccount(Name: Company), new ConversionOpportunity { Amount = 300_000m }), ct: Ct);
        var (_, foreign) = await Owned(shop, zhang);
        var (_, elsewhere) = await shop.Converting.Convert(zhang, foreign, new ConversionInput(Deals.All, new ConversionAccount(Name: "上海数聚软件有限公司")), ct: Ct);

        Assert.Equal("registration_not_accepted", Refused(await Registering(shop).Link(zhang, asked.Id, conversion!.OpportunityId, Ct)));
        await Registering(shop).Accept(boss, asked.Id, "客户指定", Ct);
        Assert.Equal("other_company", Refused(await Registering(shop).Link(zhang, asked.Id, elsewhere!.OpportunityId, Ct)));
        Assert.Equal(conversion.OpportunityId, Assert.Single(await Reading(shop).Linkable(zhang, asked, Ct)).Id);
        Done(await Registering(shop).Link(zhang, asked.Id, conversion.OpportunityId, Ct));

        var listed = Assert.Single((await Reading(shop).List(zhang, ct: Ct)).Items);
        Assert.Equal((0, 1, 1, 0, 300_000m), (listed.Waiting, listed.Protected, listed.Opportunities, listed.Won, listed.Amount));
        Assert.Equal(conversion.OpportunityId, Assert.Single(await Reading(shop).Opportunities(zhang, partner.Id, Ct)).Id);
        Assert.Single((await Reading(shop).Registrations(zhang, new RegistrationFilter(partner.Id, RegistrationState.Accepted, "北京纷扬"), ct: Ct)).Items);
        Assert.Empty((await Reading(shop).Registrations(await shop.As(await shop.Hire("Stranger")), new RegistrationFilter(), ct: Ct)).Items);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_a_partner_or_a_registration_is_said_field_by_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss, partner) = await Partner(shop);

        Assert.Equal(["name", "kind", "ownerId"], Errors(await Saving(shop).Create(zhang, new PartnerInput(" ", null, boss.UserId, null, null, null), Ct)));
        Assert.Equal(["name", "accountId"], Errors(await Saving(shop).Create(zhang, new PartnerInput(partner.Name, PartnerKind.Dealer, zhang.UserId, Guid.NewGuid(), null, null), Ct)));
        Assert.Equal(["partnerId", "kind", "company", "need", "amount"], Errors(await Registering(shop).Ask(zhang, new RegistrationInput(null, null, "无", null, -1), Ct)));
        Assert.Equal(["partnerId"], Errors(await Registering(shop).Ask(await shop.As(await shop.Hire("Stranger")), Input(partner), Ct)));
        Done(await Saving(shop).Change(zhang, partner.Id, i => i with { Ended = true }, partner.Version, Ct));
        Assert.Equal("partner_ended", Refused(await Registering(shop).Ask(zhang, Input(partner), Ct)));
        Assert.IsType<AccountResult<Partner>.Stale>(await Saving(shop).Change(zhang, partner.Id, i => i with { Note = "x" }, partner.Version, Ct));
    }

    private static SavePartner Saving(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static RegisterDeal Registering(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static ReadPartners Reading(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);

    private static RegistrationInput Input(Partner partner, string company = Company) => new(partner.Id, RegistrationKind.Deal, company, "MES 一期，总经理牵头", 300_000m);

    private static T Done<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Done>(result).Record;

    private static string Refused<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Refused>(result).Code;

    private static IEnumerable<string> Errors<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Invalid>(result).Errors.Select(e => e.Field);

    private static Task<PartnerRegistration> Stored(Shop shop, Guid id) => shop.Read(db => db.Set<PartnerRegistration>().AsNoTracking().SingleAsync(r => r.Id == id, Ct));

    private static async Task<(Viewer Zhang, Viewer Boss, Partner Partner)> Partner(Shop shop)
    {
        var (zhang, boss) = (await shop.Hire("Zhang"), await shop.Hire("Boss", "sales_supervisor"));
        await shop.Team(zhang, boss);
        var viewer = await shop.As(zhang);
        return (viewer, await shop.As(boss), Done(await Saving(shop).Create(viewer, new PartnerInput("华东渠道", PartnerKind.Dealer, zhang, null, "上海", null), Ct)));
    }

    private static async Task<(Guid Owner, Guid Lead)> Owned(Shop shop, Viewer viewer)
    {
        var landing = await shop.Submit(shop.Lead());
        if ((await shop.Stored(landing.LeadId)).OwnerId != viewer.UserId)
        {
            await shop.Assigning.Assign(await shop.As(await shop.Hire($"Assigner {landing.LeadId:N}", BuiltInRoles.LeadAdministrator)), landing.LeadId, viewer.UserId, ct: Ct);
        }

        return (viewer.UserId, landing.LeadId);
    }
}
