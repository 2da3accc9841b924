using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class ConvertLeadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_becomes_an_account_a_contact_and_an_opportunity_and_its_ownership_ends(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();

        var (result, conversion) = await shop.Converting.Convert(await shop.As(owner), lead, new ConversionInput(Deals.All), ct: Ct);

        Assert.IsType<LeadResult.Done>(result);
        var stored = await shop.Stored(lead);
        Assert.Equal((LeadStatus.Converted, (Guid?)conversion!.AccountId, (Guid?)owner), (stored.Status, stored.AccountId, stored.OwnerId));
        var account = await shop.Read(db => db.Set<Account>().SingleAsync(Ct));
        Assert.Equal(("北京纷扬科技有限公司", (Guid?)owner), (account.Name, account.OwnerId));
        var contact = await shop.Read(db => db.Set<AccountContact>().SingleAsync(Ct));
        Assert.Equal(("张三", account.Id), (contact.Name, contact.AccountId));
        var deal = await shop.Opportunity(conversion.OpportunityId);
        Assert.Equal((500_000m, "identify", InquiryGrade.B, owner, (Guid?)contact.Id), (deal.Amount, deal.Stage, deal.Inquiry, deal.OwnerId, deal.ContactId));
        Assert.Equal("EN-HB-11-0001-X-X-2026-03-0001", deal.Code);
        Assert.Equal(Ended.Converted, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).Ended);
        Assert.Equal(["intention", "budget", "decisionMaker", "date"], conversion.Criteria);
        await shop.HoldingsAreExact();
        await TheLogSaysSo(shop, lead);
    }

    [Theory, OnBothDatabases]
    public async Task Fifty_who_convert_the_same_lead_at_once_make_one_account_and_one_opportunity(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All), ct: Ct), Ct)));

        Assert.Single(results, r => r.Result is LeadResult.Done);
        Assert.Equal(49, results.Count(r => r.Result is LeadResult.Refused { Code: "already_converted" }));
        Assert.Equal((1, 1, 1, 1), await shop.Read(async db => (await db.Set<Account>().CountAsync(Ct), await db.Set<AccountContact>().CountAsync(Ct), await db.Set<Opportunity>().CountAsync(Ct), await db.Set<LeadConversion>().CountAsync(Ct))));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Leads_of_one_company_that_are_converted_at_once_on_two_nodes_share_its_account_and_no_code(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var owner = await shop.Hire("Zhang");
        var viewer = await shop.As(owner);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        List<Guid> leads = [];
        for (var i = 0; i < 8; i++)
        {
            var landing = await shop.Submit(shop.Lead());
            if ((await shop.Stored(landing.LeadId)).OwnerId != owner)
            {
                await shop.Assigning.Assign(boss, landing.LeadId, owner, ct: Ct);
            }

            leads.Add(landing.LeadId);
        }

        // SQLite belongs to one process; on PostgreSQL another node converts half of them.
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        var input = new ConversionInput(Deals.All, new ConversionAccount(Name: "上海数聚软件有限公司"));
        var results = await Task.WhenAll(leads.Select((lead, i) => Task.Run(() => (i % 2 == 0 ? shop : other).Converting.Convert(viewer, lead, input, ct: Ct), Ct)));

        Assert.All(results, r => Assert.IsType<LeadResult.Done>(r.Result));
        Assert.Single(results.Select(r => r.Conversion!.AccountId).Distinct());
        var codes = await shop.Read(db => db.Set<Opportunity>().Select(o => o.Code).ToListAsync(Ct));
        Assert.Equal(8, codes.Distinct().Count());
        if (other != shop)
        {
            await other.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task One_of_four_criteria_converts_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);

        var (refused, _) = await shop.Converting.Convert(viewer, lead, new ConversionInput(new ConversionCriteria { Intention = true, BudgetConfirmed = true, Budget = 99_999.99m }), ct: Ct);
        var (invalid, _) = await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All, Opportunity: new ConversionOpportunity { Amount = -1, Line = "none" }), ct: Ct);

        Assert.Equal("criteria_not_met", Assert.IsType<LeadResult.Refused>(refused).Code);
        Assert.Equal(["opportunity.amount", "opportunity.line"], Assert.IsType<LeadResult.Invalid>(invalid).Errors.Select(e => e.Field));
        Assert.Equal(0, await shop.Read(db => db.Set<Account>().CountAsync(Ct)));
        Assert.NotEqual(LeadStatus.Converted, (await shop.Stored(lead)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_elses_account_takes_no_lead_of_whoever_does_not_see_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead(company: null);
        var li = await shop.Hire("Li");
        var (taken, _) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(await shop.As(li), new AccountInput("北京纷扬科技有限公司", null, li, []), Ct);
        var viewer = await shop.As(owner);

        var (byName, _) = await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All, new ConversionAccount(Name: "北京纷扬科技有限公司")), ct: Ct);
        var (byId, _) = await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All, new ConversionAccount(taken)), ct: Ct);

        Assert.Equal("account_of_another", Assert.IsType<LeadResult.Refused>(byName).Code);
        Assert.Equal("account.id", Assert.Single(Assert.IsType<LeadResult.Invalid>(byId).Errors).Field);
        Assert.Equal((1, 0), await shop.Read(async db => (await db.Set<Account>().CountAsync(Ct), await db.Set<Opportunity>().CountAsync(Ct))));
    }

    [Theory, OnBothDatabases]
    public async Task A_second_lead_joins_an_open_opportunity_of_its_account(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, deal) = await shop.Deal();
        var landing = await shop.Submit(shop.Lead());
        await shop.Assigning.Assign(await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), landing.LeadId, viewer.UserId, ct: Ct);

        var (result, conversion) = await shop.Converting.Convert(viewer, landing.LeadId, new ConversionInput(Deals.All, new ConversionAccount(deal.AccountId), new ConversionOpportunity(deal.Id)), ct: Ct);

        Assert.IsType<LeadResult.Done>(result);
        Assert.Equal((deal.Id, false, false, true), (conversion!.OpportunityId, conversion.OpportunityMade, conversion.AccountMade, conversion.ContactMade));
        Assert.Equal(1, await shop.Read(db => db.Set<Opportunity>().CountAsync(Ct)));
        Assert.Equal(2, (await new ReadConversions(shop.Store, shop.Settings, shop.Time).Into(viewer, deal.Id, Ct)).Count);
    }

    [Theory, OnBothDatabases]
    public async Task Undoing_gives_the_lead_back_and_takes_away_what_was_made(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);
        var before = await shop.Stored(lead);
        await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All), ct: Ct);

        Assert.IsType<LeadResult.Done>(await shop.Undoing.Undo(viewer, lead, ct: Ct));

        var after = await shop.Stored(lead);
        Assert.Equal((before.Status, before.OwnerId, before.AccountId, before.PlacedAt), (after.Status, after.OwnerId, after.AccountId, after.PlacedAt));
        var ownership = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct));
        Assert.Equal((null, null), (ownership.Ended, ownership.To));
        Assert.Equal((0, 0, 0, 0), await shop.Read(async db => (await db.Set<Account>().CountAsync(Ct), await db.Set<AccountContact>().CountAsync(Ct), await db.Set<AccountKey>().CountAsync(Ct), await db.Set<Opportunity>().CountAsync(Ct))));
        await shop.HoldingsAreExact();
        await TheLogSaysSo(shop, lead);

        Assert.Equal("not_converted", Assert.IsType<LeadResult.Refused>(await shop.Undoing.Undo(viewer, lead, ct: Ct)).Code);
        var (_, again) = await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All), ct: Ct);
        // Neither a number of an account nor a code is given a second time.
        Assert.Equal("EN-HB-11-0002-X-X-2026-03-0001", (await shop.Opportunity(again!.OpportunityId)).Code);
    }

    [Theory, OnBothDatabases]
    public async Task Undone_after_its_owner_has_left_a_lead_is_theirs_who_got_everything_else_it_waits_in_a_pool(DatabaseKind kind)
    {
        foreach (var handedOver in new[] { true, false })
        {
            await using var shop = await Shop.Open(kind);
            var boss = await shop.Hire("Boss", BuiltInRoles.Administrator);
            var (owner, lead) = await shop.OwnedLead();
            var heir = await shop.Hire("Li");
            var (_, conversion) = await shop.Converting.Convert(await shop.As(owner), lead, new ConversionInput(Deals.All), ct: Ct);
            Assert.NotNull(conversion);
            var (done, _) = await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Depart(boss, owner, handedOver ? new(To: heir) : new(Pool: "active"), Ct);
            Assert.Equal(1, done!.Opportunities);
            Assert.Equal(handedOver ? heir : boss, (await shop.Opportunity(conversion.OpportunityId)).OwnerId);

            Assert.IsType<LeadResult.Done>(await shop.Undoing.Undo(await shop.As(handedOver ? heir : boss), lead, ct: Ct));

            var after = await shop.Stored(lead);
            Assert.Equal(handedOver ? (LeadStatus.Pending, heir, false) : (LeadStatus.Unassigned, (Guid?)null, true), (after.Status, after.OwnerId, after.PoolId is not null));
            Assert.False(await shop.Read(db => db.Set<Opportunity>().AnyAsync(o => o.Id == conversion.OpportunityId, Ct)));
            await shop.HoldingsAreExact();
            await TheLogSaysSo(shop, lead);
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_was_worked_on_or_is_a_day_old_stays_converted(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);
        var (_, conversion) = await shop.Converting.Convert(viewer, lead, new ConversionInput(Deals.All), ct: Ct);

        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Tick(viewer, conversion!.OpportunityId, null, ["pain_agreed"], ct: Ct));
        Assert.Equal("opportunity_touched", Assert.IsType<LeadResult.Refused>(await shop.Undoing.Undo(viewer, lead, ct: Ct)).Code);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("undo_too_late", Assert.IsType<LeadResult.Refused>(await shop.Undoing.Undo(viewer, lead, ct: Ct)).Code);
        Assert.Equal(1, await shop.Read(db => db.Set<Opportunity>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Custom_values_go_over_where_opportunities_have_the_same_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy
        {
            Fields =
            [
                new() { Key = "seats", Name = "席位", Kind = CustomFieldKind.Number },
                new() { Key = "level", Name = "级别" },
                new() { Key = "seats", Name = "席位", Kind = CustomFieldKind.Number, Owner = CustomFieldOwner.Opportunity },
            ],
        });
        var owner = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司") with { Custom = new Dictionary<string, string> { ["seats"] = "120", ["level"] = "高" } });

        var (_, conversion) = await shop.Converting.Convert(await shop.As(owner), landing.LeadId, new ConversionInput(Deals.All), ct: Ct);

        Assert.Equal("""{"seats":"120"}""", (await shop.Opportunity(conversion!.OpportunityId)).Custom);
    }

    [Theory, OnBothDatabases]
    public async Task A_stranger_converts_and_undoes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var stranger = await shop.As(await shop.Hire("Li"));

        Assert.IsType<LeadResult.NotFound>((await shop.Converting.Convert(stranger, lead, new ConversionInput(Deals.All), ct: Ct)).Result);
        await shop.Converting.Convert(await shop.As(owner), lead, new ConversionInput(Deals.All), ct: Ct);
        Assert.IsType<LeadResult.NotFound>(await shop.Undoing.Undo(stranger, lead, ct: Ct));
    }

    private static async Task TheLogSaysSo(Shop shop, Guid lead)
    {
        var events = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == lead).OrderBy(e => e.Position).ToListAsync(Ct));
        var ownerships = await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.LeadId == lead).ToListAsync(Ct));
        Assert.Empty(Standing.Differences(LeadFold.Of(events), Standing.Of(await shop.Stored(lead), ownerships)));
    }
}
