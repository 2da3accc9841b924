using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Application.Tests.Opportunities;
using Granary.Application.Tests.Privacy;
using Granary.Domain.Assignment;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.Campaigns.CampaignShop;

namespace Granary.Application.Tests.Campaigns;

public sealed class CampaignResultTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_split_lays_every_lead_in_one_place_through_ownership_and_never_above_a_cap_and_is_not_done_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var mei = await shop.As(await shop.Hire("Mei", "marketing_specialist"));
        var campaign = await shop.Running(mei);
        var lan = await shop.As(await shop.Hire("Lan", "marketing_manager"));
        await shop.Publish(PolicyKind.NamedAccounts, NamedAccountPolicy.BuiltIn with { TargetIndustries = ["制造业"] });
        Lead[] leads =
        [
            await Waiting(shop, "制造业/汽车"), await Waiting(shop, "制造业/汽车"), await Waiting(shop, "软件", BuyingRole.DecisionMaker), await Waiting(shop, "软件"), await Waiting(shop, "软件"),
        ];
        // Two representatives' words: the better of two linked leads goes in, where one place is free.
        var rep = await shop.Hire("Zhang", profile: new AssignmentProfile { HoldingCap = 1 });
        await shop.Store.Write(
            async scope =>
            {
                foreach (var lead in new[] { leads[3], leads[4] })
                {
                    scope.Db.Add(new CampaignLink { Id = shop.Time.NewId(), CampaignId = campaign.Id, UserId = rep, LeadId = lead.Id, Company = "x", CompanyKey = lead.Id, Intent = lead.Id == leads[4].Id, OnDay = shop.Today, At = shop.Time.Now });
                }

                return await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);

        Assert.Equal("forbidden", Refused(await shop.Splitting.Run(mei, campaign.Id, Ct)));
        var preview = Done(await shop.Splitting.Preview(lan, campaign.Id, Ct));
        Assert.Null((await shop.Stored(leads[4].Id)).OwnerId);
        var report = Done(await shop.Splitting.Run(lan, campaign.Id, Ct));

        Assert.Equal(preview.Placements.Select(p => (p.LeadId, p.Way)), report.Placements.Select(p => (p.LeadId, p.Way)));
        Assert.Equal((1, 2, 1, 1), (report.Counts[SplitWay.Holdings], report.Counts[SplitWay.Market], report.Counts[SplitWay.General], report.Counts[SplitWay.Cleaning]));
        var (active, general, sdr) = ((await shop.Pool(PoolKeys.Active)).Id, (await shop.Pool(PoolKeys.General)).Id, (await shop.Pool(PoolKeys.Sdr)).Id);
        Assert.Equal([active, active, general, sdr, null], await Task.WhenAll(leads.Select(async l => (await shop.Stored(l.Id)).PoolId)));
        Assert.Equal(rep, (await shop.Stored(leads[4].Id)).OwnerId);
        Assert.Equal(5, await shop.Read(db => db.Set<Decision>().CountAsync(d => d.Kind == "split", Ct)));
        await shop.HoldingsAreExact();

        Assert.Equal("nothing_to_split", Refused(await shop.Splitting.Run(lan, campaign.Id, Ct)));
        await Waiting(shop, "软件");
        Assert.Single(Done(await shop.Splitting.Run(lan, campaign.Id, Ct)).Placements);
        Assert.Equal(6, (await shop.Splitting.Report(mei, campaign.Id, Ct))!.Placements.Count);
        var other = await shop.Planned(lan, "EXPO-2");
        Assert.Equal("campaign_not_running", Refused(await shop.Splitting.Run(lan, other.Id, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_somebody_works_on_stays_and_what_a_rule_gave_untouched_is_split(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lan = await shop.As(await shop.Hire("Lan", "marketing_manager"));
        var campaign = await shop.Running(lan);
        var rep = await shop.Hire("Zhang");
        var given = (await shop.Submit(shop.Lead() with { Campaign = "EXPO-1" })).LeadId;
        var byHand = await Waiting(shop, "软件");
        await shop.Assigning.Assign(await shop.As(await shop.Hire("Admin", "system_administrator")), byHand.Id, rep, ct: Ct);

        var report = Done(await shop.Splitting.Run(lan, campaign.Id, Ct));

        Assert.Equal(SplitWay.Stays, report.Placements.Single(p => p.LeadId == byHand.Id).Way);
        Assert.Equal(rep, (await shop.Stored(byHand.Id)).OwnerId);
        Assert.Equal(SplitWay.General, report.Placements.Single(p => p.LeadId == given).Way);
        Assert.Null((await shop.Stored(given)).OwnerId);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Reports_are_made_on_their_days_with_the_figures_of_then_each_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var mei = await shop.As(await shop.Hire("Mei", "marketing_specialist"));
        var campaign = await shop.Running(mei);
        await shop.Submit(shop.Lead() with { Campaign = "EXPO-1" });
        Done(await shop.Costs.Add(mei, campaign.Id, new CostInput("travel", 0, 2_500, shop.Today, null, null), Ct));
        Assert.Equal(0, await shop.Results.Sweep(Ct));

        // The month of the event is also the end of its quarter.
        clock.Advance(TimeSpan.FromDays(35));
        await shop.Submit(shop.Lead() with { Campaign = "EXPO-1" });
        Assert.Equal(1, await shop.Results.Sweep(Ct));
        Assert.Equal(0, await shop.Results.Sweep(Ct));
        var first = Assert.Single(await shop.Results.Reports(mei, campaign.Id, Ct));
        Assert.Equal((new DateOnly(2026, 3, 31), TrackingPoints.Month | TrackingPoints.Quarter, 1, 2_500m), (first.OnDay, first.Points, first.Leads, first.Cost));

        // After a long stop each date is made once, with what was known then.
        clock.Advance(TimeSpan.FromDays(1_200));
        Assert.Equal(6, await shop.Results.Sweep(Ct));
        var all = await shop.Results.Reports(mei, campaign.Id, Ct);
        Assert.Equal((7, new DateOnly(2028, 12, 31), 2), (all.Count, all[^1].OnDay, all[^1].Leads));
        Assert.Null(await shop.Read(db => db.Set<Campaign>().Where(c => c.Id == campaign.Id).Select(c => c.ReportOn).SingleAsync(Ct)));
        Assert.Equal(2, await shop.Read(db => db.Set<Notice>().CountAsync(n => n.Kind == NoticeKind.CampaignReportMade && n.UserId == mei.UserId, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Won_deals_of_its_leads_and_their_payments_count_for_a_campaign(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var mei = await shop.As(await shop.Hire("Mei", "marketing_specialist"));
        var campaign = await shop.Planned(mei);
        var (owner, lead) = await shop.OwnedLead();
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == lead).ExecuteUpdateAsync(l => l.SetProperty(x => x.Campaign, "EXPO-1"), Ct), Ct);
        await shop.Converting.Convert(await shop.As(owner), lead, new Granary.Application.Opportunities.ConversionInput(Deals.All), ct: Ct);

        var outcome = await shop.Results.Now(campaign, Ct);

        Assert.Equal((1, 1, 0, 80_000m), (outcome.Leads, outcome.Opportunities, outcome.Won, outcome.Planned));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_leaver_has_in_campaigns_is_counted_and_handed_over(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, rep, campaign) = await shop.OnSite();
        var (heir, admin) = (await shop.Hire("Heir"), await shop.Hire("Admin", BuiltInRoles.Administrator));
        Assert.Equal(1 + 33, await shop.Read(db => Kept(db, mei.UserId)));

        foreach (var leaver in new[] { mei.UserId, rep.UserId })
        {
            var (done, _) = await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Depart(admin, leaver, new Successor(To: heir), Ct);
            Assert.NotNull(done);
            Assert.Equal(0, await shop.Read(db => Kept(db, leaver)));
        }

        Assert.Equal(heir, await shop.Read(db => db.Set<Campaign>().Where(c => c.Id == campaign.Id).Select(c => c.OwnerId).SingleAsync(Ct)));
        Assert.Equal(heir, await shop.Read(db => db.Set<CampaignTeam>().Select(t => t.CaptainId).SingleAsync(Ct)));
        Assert.Equal(heir, await shop.Read(db => db.Set<CampaignMember>().Select(m => m.UserId).SingleAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Invitations_and_entries_go_along_when_leads_merge_and_back_when_that_is_undone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lan = await shop.As(await shop.Hire("Lan", "marketing_manager"));
        var campaign = await shop.Running(lan);
        var (one, two) = (await Waiting(shop, "软件"), await Waiting(shop, "软件"));
        Done(await shop.Inviting.Add(lan, campaign.Id, new InviteInput([two.Id], [], [], null, InvitationChannel.Call), Ct));
        Done(await shop.Splitting.Run(lan, campaign.Id, Ct));
        var part = new CampaignsOfLead();

        var moved = await shop.Store.Write(async scope => await part.Move(scope.Db, await scope.Db.Set<Lead>().SingleAsync(l => l.Id == two.Id, Ct), await scope.Db.Set<Lead>().SingleAsync(l => l.Id == one.Id, Ct), Ct), Ct);
        Assert.Equal(one.Id, await shop.Read(db => db.Set<CampaignInvitation>().Select(i => i.LeadId).SingleAsync(Ct)));
        await shop.Store.Write(
            async scope =>
            {
                await part.Back(scope.Db, moved, await scope.Db.Set<Lead>().SingleAsync(l => l.Id == two.Id, Ct), await scope.Db.Set<Lead>().SingleAsync(l => l.Id == one.Id, Ct), Ct);
                return 0;
            },
            Ct);
        Assert.Equal(two.Id, await shop.Read(db => db.Set<CampaignInvitation>().Select(i => i.LeadId).SingleAsync(Ct)));
        Assert.Equal(2, await shop.Read(db => db.Set<CampaignSplit>().Select(s => s.LeadId).Distinct().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_said_about_a_person_goes_with_them_and_that_somebody_came_stays(DatabaseKind kind)
    {
        const string secret = "其岳父是副总";
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var lan = await shop.As(await shop.Hire("Lan", "marketing_manager"));
        var campaign = await shop.Running(lan);
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone))).LeadId;
        Done(await shop.Inviting.Add(lan, campaign.Id, new InviteInput([lead], [], [], null, InvitationChannel.Call), Ct));
        var invitation = (await shop.CampaignPeople.Invitations(lan, campaign.Id, ct: Ct)).Items[0].Invitation.Id;
        Done(await shop.Inviting.Answer(lan, campaign.Id, invitation, InvitationState.Accepted, null, secret, Ct));
        Assert.Equal(1, (await privacy.Reading.Search(officer, [phone], Ct))!.Counts["campaign_invitation"]);

        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);

        Assert.Equal([], await privacy.TablesWith(secret));
        Assert.Equal(InvitationState.Accepted, await shop.Read(db => db.Set<CampaignInvitation>().Select(i => i.State).SingleAsync(Ct)));
    }

    private static async Task<int> Kept(GranaryDb db, Guid user) => (await Holdings.Of(db, user, Ct)).Kept;

    // A lead of the campaign that lies in a pool and that nobody was found for.
    private static async Task<Lead> Waiting(Shop shop, string industry, BuyingRole? role = null)
    {
        var id = (await shop.Submit(shop.Lead() with { Campaign = "EXPO-1", Budget = Budget.Unknown, Company = new CompanyDetails { Industry = industry }, Contact = shop.Lead().Contact with { Role = role } })).LeadId;
        var lead = await shop.Stored(id);
        Assert.Null(lead.OwnerId);
        return lead;
    }
}
