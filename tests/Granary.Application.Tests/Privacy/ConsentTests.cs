using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class ConsentTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_consent_that_came_with_a_submission_stands_in_the_ledger_with_what_shows_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var landing = await shop.Submit(shop.Lead() with { Consent = new Consent("sales_contact", "3", null), LandingPage = "https://example.com/a", RemoteAddress = "203.0.113.9" });

        var record = await shop.Read(db => db.Set<ConsentRecord>().SingleAsync(Ct));
        Assert.Equal((landing.LeadId, "sales_contact", "3", ConsentSource.Form), (record.LeadId, record.Purpose, record.TextVersion, record.Source));
        Assert.Equal(shop.Time.GetUtcNow(), record.GivenAt);
        Assert.Equal(new ConsentEvidence("https://example.com/a", "203.0.113.9", null), Json.Read<ConsentEvidence>(shop.Vault.Open(record.Evidence!.Value)));
        Assert.True(await Consents(shop).Permits(landing.LeadId, "sales_contact", Ct));
        Assert.False(await Consents(shop).Permits(landing.LeadId, "marketing_mail", Ct));
        Assert.True(await Consents(shop).Permits(landing.LeadId, "phone_call", Ct));
        Assert.False(await Consents(shop).Permits(landing.LeadId, "nobody_knows", Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_came_in_while_its_person_withdrew_is_caught_a_little_later(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("张"));
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone))).LeadId;
        var other = (await shop.Submit(shop.Lead())).LeadId;
        Done(await Saving(shop).Withdraw(viewer, lead, "sales_contact", "来电要求不再联系", Ct));
        var catching = new CatchWithdrawals(shop.Store, shop.Time);
        Assert.Equal(0, await catching.Run(Ct));

        // As a batch leaves it that had looked before the withdrawal was there.
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == lead).ExecuteUpdateAsync(l => l.SetProperty(x => x.Privacy, LeadPrivacy.None), Ct), Ct);

        Assert.Equal(1, await catching.Run(Ct));
        Assert.Equal((true, false), ((await shop.Stored(lead)).Stopped, (await shop.Stored(other)).Stopped));
        Assert.Equal(0, await catching.Run(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Its_withdrawal_stops_all_work_on_every_lead_of_the_person_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, admin) = (await shop.Hire("张"), await shop.Hire("王", "system_administrator"));
        var phone = shop.NewPhone();
        var first = (await shop.Submit(shop.Lead(phone))).LeadId;
        var second = (await shop.Submit(shop.Lead(phone) with { Channel = "展会/行业展会" })).LeadId;
        var (viewer, boss) = (await shop.As(owner), await shop.As(admin));
        await Follow(shop);
        Assert.NotEqual(0, await shop.Read(db => db.Set<LeadTimer>().CountAsync(Ct)));

        Done(await Saving(shop).Withdraw(viewer, first, "sales_contact", "来电要求不再联系", Ct));

        Assert.All([first, second], id => Assert.True(shop.Stored(id).Result.Stopped));
        Assert.Equal("consent_withdrawn", Refused(await shop.Assigning.Assign(boss, first, admin, ct: Ct)));
        Assert.Equal("consent_withdrawn", Refused((await new RevealContacts(shop.Verb, shop.Store, shop.Settings, shop.Vault, shop.Time).Reveal(boss, second, null, Ct)).Result));
        Assert.Equal("consent_withdrawn", Refused((await new LogFollowUp(shop.Verb).Log(viewer, first, new FollowUpInput { Method = FollowUpMethod.Mail, Content = "客户说明了预算与时间安排" }, Ct)).Result));
        await Follow(shop);
        Assert.Equal(0, await shop.Read(db => db.Set<LeadTimer>().CountAsync(Ct)));
        Assert.False(await Consents(shop).Permits(second, "sales_contact", Ct));
        Assert.False(await Consents(shop).Permits(second, "marketing_mail", Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_reminder_that_was_due_is_not_sent_any_more_even_before_the_timers_know(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var viewer = await shop.As(await shop.Hire("张"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        await Follow(shop);
        Done(await Saving(shop).Withdraw(viewer, lead, "sales_contact", "不再需要", Ct));
        clock.Advance(TimeSpan.FromDays(30));

        await new SweepDeadlines(shop.Store, shop.Settings, clock).Sweep(Ct);

        Assert.Equal(0, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadEvent.Reminded || e.Kind == LeadEvent.Violated, Ct)));
        Assert.Equal(0, await shop.Read(db => db.Set<LeadTimer>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Who_comes_in_again_without_saying_otherwise_is_left_alone_and_who_consents_anew_is_not(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("张"));
        var phone = shop.NewPhone();
        var first = (await shop.Submit(shop.Lead(phone))).LeadId;
        Done(await Saving(shop).Withdraw(viewer, first, "sales_contact", "不要再打", Ct));

        var silent = await shop.Submit(shop.Lead(phone) with { Channel = "展会/行业展会" });
        var lead = await shop.Stored(silent.LeadId);
        Assert.True(lead.Stopped);
        if (silent.LeadId != first)
        {
            Assert.Null(silent.OwnerId);
        }

        await shop.Submit(shop.Lead(phone) with { Consent = new Consent("sales_contact", "1", null) });
        Assert.False((await shop.Stored(first)).Stopped);
        Assert.False((await shop.Stored(silent.LeadId)).Stopped);
        Assert.Equal(0, await shop.Read(db => db.Set<ConsentStop>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_marketing_purpose_is_permitted_from_the_consent_on_and_not_behind_its_withdrawal(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("张"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var history = Done(await Saving(shop).Give(viewer, lead, new ConsentInput("marketing_mail", null, null, "电话", "录音 17"), ct: Ct));
        Assert.True(history.States.Single(s => s.Purpose == "marketing_mail").Permitted);
        Assert.True(await Consents(shop).Permits(lead, "marketing_mail", Ct));

        Done(await Saving(shop).Withdraw(viewer, lead, "marketing_mail", "退订", Ct));
        Assert.False(await Consents(shop).Permits(lead, "marketing_mail", Ct));
        Assert.False((await shop.Stored(lead)).Stopped);
        Assert.True(await Consents(shop).Permits(lead, "sales_contact", Ct));
        var entry = Assert.Single((await Consents(shop).Of(viewer, lead, Ct))!.Entries);
        Assert.Equal(("退订", "录音 17", WithdrawalWay.Told), (entry.Reason, entry.Evidence!.Note, entry.Record.WithdrawnHow));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_calls_who_does_not_want_calls(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("张"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        Done(await Saving(shop).Withdraw(viewer, lead, "phone_call", "只接受邮件", Ct));

        var call = new FollowUpInput { Method = FollowUpMethod.Call, Content = "客户说明了预算与时间安排" };
        Assert.Equal("consent_withdrawn", Refused((await new LogFollowUp(shop.Verb).Log(viewer, lead, call, Ct)).Result));
        Assert.IsType<LeadResult.Done>((await new LogFollowUp(shop.Verb).Log(viewer, lead, call with { Method = FollowUpMethod.Mail }, Ct)).Result);
    }

    [Theory, OnBothDatabases]
    public async Task Only_its_owner_and_who_manages_privacy_record_consent(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("张");
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var (stranger, director, legal) = (await shop.As(await shop.Hire("李")), await shop.As(await shop.Hire("赵", "lead_administrator")), await shop.As(await shop.Hire("周", "legal")));

        Assert.IsType<PrivacyResult<ConsentHistory>.NotFound>(await Saving(shop).Withdraw(stranger, lead, "sales_contact", "x", Ct));
        Assert.IsType<PrivacyResult<ConsentHistory>.Forbidden>(await Saving(shop).Withdraw(director, lead, "sales_contact", "x", Ct));
        Assert.IsType<PrivacyResult<ConsentHistory>.Invalid>(await Saving(shop).Withdraw(legal, lead, "sales_contact", " ", Ct));
        Assert.IsType<PrivacyResult<ConsentHistory>.Invalid>(await Saving(shop).Withdraw(legal, lead, "nobody_knows", "x", Ct));
        Done(await Saving(shop).Withdraw(legal, lead, "sales_contact", "来函", Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_person_withdraws_by_their_own_link_which_nobody_can_make(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("张");
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var links = new PrivacyLinks(shop.Vault);
        var token = links.Token(lead);
        Assert.Equal(lead, links.Read(token));
        Assert.Null(links.Read((token[0] == 'A' ? 'B' : 'A') + token[1..]));
        Assert.Null(links.Read(""));
        Assert.Null(links.Read("%%%"));
        Assert.Null(links.Read(lead.ToString()));

        Assert.True(await Saving(shop).WithdrawOwn(lead, "sales_contact", Ct));
        Assert.False(await Saving(shop).WithdrawOwn(lead, "nobody_knows", Ct));
        Assert.False(await Saving(shop).WithdrawOwn(Guid.NewGuid(), "sales_contact", Ct));
        Assert.True((await shop.Stored(lead)).Stopped);
        Assert.Equal(WithdrawalWay.SelfService, (await shop.Read(db => db.Set<ConsentRecord>().SingleAsync(Ct))).WithdrawnHow);
    }

    [Theory, OnBothDatabases]
    public async Task Submissions_of_people_who_said_nothing_are_decided_as_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("张");
        var landings = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.Submit(shop.Lead())));
        var company = (await shop.Settings.Get(Ct)).Pools.Find(PoolKeys.Company)!.Id;
        Assert.All(landings, l => Assert.NotEqual(company, l.PoolId));
        Assert.Equal(0, await shop.Read(db => db.Set<ConsentRecord>().CountAsync(Ct)));
    }

    // Tests beside this one hold the log back on a server they share.
    private static async Task Follow(Shop shop)
    {
        var log = new EventLog(shop.Store);
        var end = await shop.Read(db => db.Set<EventRecord>().MaxAsync(e => e.Position, Ct));
        while (await log.Settled(Ct) < end)
        {
            await Task.Delay(5, Ct);
        }

        await new DeadlineConsumer(shop.Store, shop.Settings, log, shop.Time).Run(Ct);
    }

    private static Consents Consents(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);

    private static SaveConsent Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, Consents(shop), shop.Time);

    private static ConsentHistory Done(PrivacyResult<ConsentHistory> result) => Assert.IsType<PrivacyResult<ConsentHistory>.Done>(result).Value;

    private static string Refused(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
