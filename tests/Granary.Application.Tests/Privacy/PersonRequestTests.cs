using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class PersonRequestTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_person_is_found_by_any_of_their_contact_points_and_by_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead() with { Contact = new ContactDetails { Name = "欧阳若兮", Phones = [phone], Emails = ["Ruoxi@Example.com"], WeChat = "ruoxi_wx" } })).LeadId;
        await shop.Submit(shop.Lead());

        foreach (var text in new[] { phone, $"+86 {phone}", "ruoxi@example.com", "ruoxi_wx", "欧阳若兮" })
        {
            Assert.Equal(lead, Assert.Single((await privacy.Reading.Search(officer, [text], Ct))!.Leads).Id);
        }

        Assert.True((await privacy.Reading.Search(officer, ["nobody@example.com"], Ct))!.IsEmpty);
        Assert.Null(await privacy.Reading.Search(await shop.As(await shop.Hire("张")), [phone], Ct));
        Assert.Equal([], await privacy.TablesWith("nobody@"));
    }

    [Theory, OnBothDatabases]
    public async Task Access_gives_everything_as_data_and_is_proved(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var phone = shop.NewPhone();
        await shop.Submit(shop.Lead(phone) with { Requirement = "采购独角兽系统", Consent = new Consent("sales_contact", "1", null) });
        var request = await privacy.Ask(officer, PersonRequestKind.Access, phone);
        Assert.Equal(request.ReceivedAt.AddDays(15), request.DueAt);
        await privacy.Do(officer, request.Id);

        var data = (await privacy.Reading.File(officer, request.Id, Ct))!["data"]!;
        Assert.Equal("采购独角兽系统", (string?)data["lead"]![0]!["requirement"]);
        Assert.Contains(phone, (string?)data["contact_point"]![0]!["value"], StringComparison.Ordinal);
        Assert.Equal("sales_contact", (string?)data["consent"]![0]!["purpose"]);
        var proof = Assert.Single((await privacy.Reading.Find(officer, request.Id, Ct))!.Proofs);
        Assert.Equal("access", proof.Act);
        Assert.DoesNotContain(phone, proof.Counts, StringComparison.Ordinal);
        Assert.Equal("request_decided", Refused(await privacy.Answering.Answer(officer, request.Id, new PersonRequestAnswer(PersonRequestState.Done, null), ct: Ct)));
        Assert.IsType<PrivacyResult<PersonRequest>.NotFound>(await privacy.Answering.Answer(officer, Guid.NewGuid(), new PersonRequestAnswer(PersonRequestState.Done, null), ct: Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_correction_reaches_every_record(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        await shop.Hire("张");
        var officer = await privacy.Officer();
        var (wrong, right) = (shop.NewPhone(), shop.NewPhone());
        var one = (await shop.Submit(shop.Lead(wrong))).LeadId;
        var two = (await shop.Submit(shop.Lead(wrong) with { Channel = "展会/行业展会" })).LeadId;
        var request = await privacy.Ask(officer, PersonRequestKind.Correct, wrong, new PersonCorrection("张三丰", null, [new ContactReplacement(wrong, right)]));
        await privacy.Do(officer, request.Id);

        foreach (var id in new[] { one, two }.Distinct())
        {
            Assert.Equal("张三丰", (await shop.Stored(id)).ContactName);
            var contact = await shop.Read(db => db.Set<ContactPoint>().SingleAsync(c => c.LeadId == id, Ct));
            Assert.Equal($"+86{right}", shop.Vault.Plain(contact).Replace(" ", "", StringComparison.Ordinal));
        }

        Assert.True((await privacy.Reading.Search(officer, [wrong], Ct))!.IsEmpty);
        var empty = await privacy.Ask(officer, PersonRequestKind.Correct, right);
        Assert.IsType<PrivacyResult<PersonRequest>.Invalid>(await privacy.Answering.Answer(officer, empty.Id, new PersonRequestAnswer(PersonRequestState.Done, null), ct: Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Restricting_keeps_the_data_and_stops_its_use(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var admin = await shop.As(await shop.Hire("王", "system_administrator"));
        await shop.Hire("张");
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone) with { Requirement = "采购" })).LeadId;
        await privacy.Do(admin, (await privacy.Ask(admin, PersonRequestKind.Restrict, phone)).Id);

        var stored = await shop.Stored(lead);
        Assert.Equal((true, "采购"), (stored.Stopped, stored.Requirement));
        Assert.Equal("processing_restricted", Assert.IsType<LeadResult.Refused>(await shop.Assigning.Assign(admin, lead, admin.UserId, ct: Ct)).Code);
    }

    [Theory, OnBothDatabases]
    public async Task A_restriction_covers_what_comes_later_and_ends_for_all_of_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var admin = await shop.As(await shop.Hire("王", "system_administrator"));
        var seller = await shop.Hire("张");
        var phone = shop.NewPhone();
        var first = (await shop.Submit(shop.Lead(phone))).LeadId;
        await privacy.Do(admin, (await privacy.Ask(admin, PersonRequestKind.Restrict, phone)).Id);
        // What comes is a lead of its own.
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == first).ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, LeadStatus.Voided), Ct), Ct);

        var later = (await shop.Submit(shop.Lead(phone))).LeadId;
        Assert.NotEqual(first, later);
        var kept = await shop.Stored(later);
        Assert.Equal((true, LeadPrivacy.Restricted, (Guid?)null), (kept.Stopped, kept.Privacy, kept.OwnerId));

        var lifting = privacy.Lifting;
        Assert.Equal("reason", Assert.Single(Assert.IsType<PrivacyResult<Lead>.Invalid>(await lifting.Lift(admin, later, " ", Ct)).Errors).Field);
        Assert.IsNotType<PrivacyResult<Lead>.Done>(await lifting.Lift(await shop.As(seller), later, "settled", Ct));
        Assert.IsType<PrivacyResult<Lead>.Done>(await lifting.Lift(admin, later, "settled", Ct));
        Assert.Equal((false, false), ((await shop.Stored(first)).Stopped, (await shop.Stored(later)).Stopped));
        Assert.Equal(PrivacyRefusal.NotRestricted, Assert.IsType<PrivacyResult<Lead>.Refused>(await lifting.Lift(admin, later, "settled", Ct)).Code);
    }

    [Theory, OnBothDatabases]
    public async Task Erasure_waits_for_an_identity_and_gives_way_to_a_legal_hold_with_words(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone))).LeadId;
        var request = await privacy.Ask(officer, PersonRequestKind.Erase, phone, identity: null);
        var done = new PersonRequestAnswer(PersonRequestState.Done, null);
        Assert.Equal("identity_unchecked", Refused(await privacy.Answering.Answer(officer, request.Id, done, ct: Ct)));

        Assert.IsType<PrivacyResult<Lead>.Done>(await privacy.Holding.Hold(officer, lead, true, "合同纠纷", Ct));
        Assert.Equal("legal_hold", Refused(await privacy.Answering.Answer(officer, request.Id, done with { Identity = "已核对" }, ct: Ct)));
        Assert.Null((await shop.Stored(lead)).AnonymisedAt);
        Assert.IsType<PrivacyResult<PersonRequest>.Invalid>(await privacy.Answering.Answer(officer, request.Id, new PersonRequestAnswer(PersonRequestState.Refused, " "), ct: Ct));
        var until = shop.Time.Now.AddDays(60);
        var deferred = await privacy.Answering.Answer(officer, request.Id, new PersonRequestAnswer(PersonRequestState.Deferred, "诉讼结束后删除", Until: until), ct: Ct);
        Assert.Equal(until, Assert.IsType<PrivacyResult<PersonRequest>.Done>(deferred).Value.DueAt);
        Assert.Equal(request.Id, Assert.Single(await privacy.Reading.List(officer, waiting: true, null, 10, Ct)).Request.Id);

        Assert.IsType<PrivacyResult<Lead>.Done>(await privacy.Holding.Hold(officer, lead, false, "已结案", Ct));
        Assert.IsType<PrivacyResult<PersonRequest>.Done>(await privacy.Answering.Answer(officer, request.Id, done with { Identity = "已核对" }, ct: Ct));
        Assert.NotNull((await shop.Stored(lead)).AnonymisedAt);
        Assert.Equal(["defer", "erase"], (await privacy.Reading.Find(officer, request.Id, Ct))!.Proofs.Select(p => p.Act));
    }

    [Theory, OnBothDatabases]
    public async Task Those_who_manage_privacy_are_reminded_once_for_each_day_that_was_set(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        await shop.Hire("张");
        await privacy.Ask(officer, PersonRequestKind.Access, shop.NewPhone());
        Assert.Equal(0, await privacy.Reminding.Sweep(Ct));
        for (var day = 0; day < 20; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await privacy.Reminding.Sweep(Ct);
        }

        var notices = await shop.Read(db => db.Set<Notice>().OrderBy(n => n.Id).ToListAsync(Ct));
        Assert.All(notices, n => Assert.Equal(officer.UserId, n.UserId));
        Assert.Equal([NoticeKind.PersonRequestDue, NoticeKind.PersonRequestDue, NoticeKind.PersonRequestDue, NoticeKind.PersonRequestOverdue], notices.Select(n => n.Kind));
    }

    [Theory, OnBothDatabases]
    public async Task A_name_alone_is_many_people_and_only_who_manages_privacy_records_requests(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        PersonRequestInput Input(string person) => new(PersonRequestKind.Access, null, [person], [], null, null, null);
        var invalid = Assert.IsType<PrivacyResult<PersonRequest>.Invalid>(await privacy.Saving.Record(officer, Input("欧阳 若兮"), Ct));
        Assert.Equal(("person", "required"), (invalid.Errors[0].Field, invalid.Errors[0].Code));
        Assert.IsType<PrivacyResult<PersonRequest>.Invalid>(await privacy.Saving.Record(officer, Input(shop.NewPhone()) with { ReceivedAt = shop.Time.Now.AddDays(1) }, Ct));
        Assert.IsType<PrivacyResult<PersonRequest>.Invalid>(await privacy.Saving.Record(officer, Input(shop.NewPhone()) with { Leads = [Guid.NewGuid()] }, Ct));
        Assert.IsType<PrivacyResult<PersonRequest>.Forbidden>(await privacy.Saving.Record(await shop.As(await shop.Hire("张")), Input(shop.NewPhone()), Ct));
    }

    private static string Refused(PrivacyResult<PersonRequest> result) => Assert.IsType<PrivacyResult<PersonRequest>.Refused>(result).Code;
}
