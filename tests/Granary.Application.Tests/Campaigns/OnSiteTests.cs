using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Scoring;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.Campaigns.CampaignShop;
using LinkInput = Granary.Application.Campaigns.LinkInput;

namespace Granary.Application.Tests.Campaigns;

public sealed class OnSiteTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Who_is_invited_checks_in_by_phone_and_who_is_not_becomes_a_lead_of_the_campaign(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await shop.As(await shop.Hire("Admin", "system_administrator"));
        var campaign = await shop.Running(admin);
        var (phone, other) = (shop.NewPhone(), shop.NewPhone());
        var known = (await shop.Submit(shop.Lead(phone))).LeadId;
        await shop.Submit(shop.Lead(other));

        var invited = Done(await shop.Inviting.Add(admin, campaign.Id, new InviteInput([known], [], [$"张三 {phone}", $"李四, {other}", "13900009999"], null, InvitationChannel.Call), Ct));
        Assert.Equal((2, 0), (invited.Added, invited.There));
        Assert.Equal([3], invited.Unknown);
        Assert.Equal(2, Done(await shop.Inviting.Add(admin, campaign.Id, new InviteInput([], [], [], new InviteFilter(Industry: "软件"), InvitationChannel.Mail), Ct)).There);
        Assert.Equal(["leadIds", "channel"], Errors(await shop.Inviting.Add(admin, campaign.Id, new InviteInput([], [], [], null, null), Ct)).Order().Reverse());

        var page = (await shop.Door.Find("EXPO-1", Ct))!;
        Assert.True(page.Running);
        Assert.Null(await shop.Door.Find("expo-1", Ct));
        Assert.Equal(["phone"], (await shop.Door.Arrive(page, new CheckInInput("张三", "12", null, null, null, null), "市场活动/现场签到", null, null, null, Ct)).Select(e => e.Field));
        Assert.Empty(await shop.Door.Arrive(page, new CheckInInput("张三", phone, null, null, null, null), "市场活动/现场签到", null, null, null, Ct));
        Assert.Empty(await shop.Door.Arrive(page, new CheckInInput("张三", phone, null, null, null, null), "市场活动/现场签到", null, null, null, Ct));
        var rows = (await shop.CampaignPeople.Invitations(admin, campaign.Id, ct: Ct)).Items;
        Assert.Equal(InvitationState.Attended, rows.Single(r => r.Invitation.LeadId == known).Invitation.State);
        Assert.Equal(1, await shop.Read(db => db.Set<Touch>().CountAsync(t => t.LeadId == known && t.Kind == TouchKind.OfflineEventAttended, Ct)));

        var stranger = shop.NewPhone();
        var key = new IdempotencyKey(Guid.NewGuid(), Guid.Empty) is var k ? k with { Request = k.Key } : null;
        var who = new CheckInInput("王五", stranger, "苏州精工机械有限公司", "厂长", $"{admin.UserId}", new Consent("sales_contact", "1", null));
        Assert.Empty(await shop.Door.Arrive(page, who, "市场活动/现场签到", key, null, null, Ct));
        Assert.Empty(await shop.Door.Arrive(page, who, "市场活动/现场签到", key, null, null, Ct));
        var lead = await LeadOf(shop, "EXPO-1");
        Assert.Equal(("王五", $"{admin.UserId}"), (lead.ContactName, lead.ReferredBy));
        Assert.Equal(2, (await shop.CampaignPeople.States(admin, campaign.Id, Ct))[InvitationState.Attended]);

        Assert.Empty(await shop.Door.Arrive(page, new CheckInInput("机器", shop.NewPhone(), null, null, null, null), "市场活动/现场签到", null, "honeypot", null, Ct));
        Assert.Equal(2, (await shop.CampaignPeople.States(admin, campaign.Id, Ct))[InvitationState.Attended]);
    }

    [Theory, OnBothDatabases]
    public async Task Staff_check_people_in_with_one_tap_while_the_event_is_on_and_answers_are_kept_by_whoever_looks_after_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, rep, campaign) = await shop.OnSite();
        var admin = await shop.As(await shop.Hire("Admin", "system_administrator"));
        var known = (await shop.Submit(shop.Lead())).LeadId;
        Done(await shop.Inviting.Add(admin, campaign.Id, new InviteInput([known], [], [], null, InvitationChannel.Call, rep.UserId, shop.Today), Ct));
        var row = Assert.Single((await shop.CampaignPeople.Invitations(rep, campaign.Id, q: "张", ct: Ct)).Items);
        Assert.Equal("张三", row.Person);

        Assert.Equal(InvitationState.Accepted, Done(await shop.Inviting.Answer(rep, campaign.Id, row.Invitation.Id, InvitationState.Accepted, null, "带两人", Ct)).State);
        Assert.Equal(["state"], Errors(await shop.Inviting.Answer(rep, campaign.Id, row.Invitation.Id, InvitationState.Attended, null, null, Ct)));
        var stranger = await shop.As(await shop.Hire("Stranger"));
        Assert.Equal("forbidden", Refused(await shop.Door.CheckIn(stranger, campaign.Id, row.Invitation.Id, Ct)));
        Assert.Null((await shop.CampaignPeople.Invitations(stranger, campaign.Id, ct: Ct)).Items[0].Person);
        var attended = Done(await shop.Door.CheckIn(rep, campaign.Id, row.Invitation.Id, Ct));
        Assert.Equal((InvitationState.Attended, rep.UserId), (attended.State, attended.CheckedInById));
        Assert.Equal(["state"], Errors(await shop.Inviting.Answer(rep, campaign.Id, row.Invitation.Id, InvitationState.Declined, null, null, Ct)));
        Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Convert, null, ct: Ct));
        Assert.Equal("campaign_not_running", Refused(await shop.Door.CheckIn(rep, campaign.Id, row.Invitation.Id, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_linked_company_makes_a_lead_in_the_holdings_of_whoever_linked_it_and_is_counted_and_corrected_with_a_reason(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, rep, campaign) = await shop.OnSite();
        Done(await shop.Roster.Put(mei, campaign.Id, new MemberInput(rep.UserId, (await shop.Site.Report(mei, campaign.Id, ct: Ct))!.Teams[0].Id, "三一重工\n徐工", 4), Ct));
        Assert.Equal("not_in_team", Refused(await shop.Linking.Link(mei, campaign.Id, new LinkInput("南通海润纺织有限公司", "陈总", null, null, true, true, null), ct: Ct)));
        Assert.Equal(["company", "person", "phone"], Errors(await shop.Linking.Link(rep, campaign.Id, new LinkInput(" ", " ", null, "12", true, true, null), ct: Ct)));

        var first = Done(await shop.Linking.Link(rep, campaign.Id, new LinkInput("南通海润纺织有限公司", "陈总", "总经理", shop.NewPhone(), true, true, "MES"), ct: Ct));
        Done(await shop.Linking.Link(rep, campaign.Id, new LinkInput("南通海润纺织", "小李", null, null, false, false, null), ct: Ct));
        var third = Done(await shop.Linking.Link(rep, campaign.Id, new LinkInput("绍兴越江印染有限公司", "周工", null, null, false, true, null), ct: Ct));

        var lead = await shop.Stored(first.LeadId!.Value);
        Assert.Equal(("EXPO-1", rep.UserId, BuyingRole.DecisionMaker), (lead.Campaign, lead.OwnerId, lead.Role));
        Assert.Equal(rep.UserId, (await shop.Stored(third.LeadId!.Value)).OwnerId);
        var mine = Assert.Single((await shop.Site.Report(mei, campaign.Id, ct: Ct))!.Reports);
        Assert.Equal((new SiteFigures(2, 1, 2), 50), (mine.Total, mine.Completion));

        Assert.Equal("reason_required", Refused(await shop.Linking.Correct(rep, campaign.Id, third.Id, null, false, null, " ", Ct)));
        Assert.Equal("forbidden", Refused(await shop.Linking.Correct(await shop.As(await shop.Hire("Stranger")), campaign.Id, third.Id, null, false, null, "x", Ct)));
        Done(await shop.Linking.Correct(mei, campaign.Id, third.Id, null, null, true, "重复登记", Ct));
        Assert.Equal(new SiteFigures(1, 1, 1), (await shop.Site.Report(mei, campaign.Id, ct: Ct))!.Total);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_of_somebody_elses_stays_theirs_though_the_company_counts_for_whoever_linked_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (_, rep, campaign) = await shop.OnSite();
        var (owner, phone) = (await shop.Hire("Owner"), shop.NewPhone());
        var admin = await shop.As(await shop.Hire("Admin", "system_administrator"));
        var theirs = (await shop.Submit(shop.Lead(phone, "南通海润纺织有限公司"))).LeadId;
        await (await shop.Stored(theirs) is { OwnerId: null } ? shop.Assigning.Assign(admin, theirs, owner, ct: Ct) : shop.Transferring.Transfer(admin, theirs, owner, null, ct: Ct));
        var holder = (await shop.Stored(theirs)).OwnerId;

        var link = Done(await shop.Linking.Link(rep, campaign.Id, new LinkInput("南通海润纺织有限公司", "张三", null, phone, true, true, null), ct: Ct));

        Assert.Equal(holder, (await shop.Stored(theirs)).OwnerId);
        Assert.NotNull(link.LeadId);
        Assert.Equal(1, (await shop.Site.Report(rep, campaign.Id, ct: Ct))!.Total.Companies);
    }

    [Theory, OnBothDatabases]
    public async Task Promotion_counts_what_was_forwarded_and_the_leads_that_came_of_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, rep, campaign) = await shop.OnSite();
        Assert.Equal(["title", "people"], Errors(await shop.Promotion.Save(mei, campaign.Id, null, new PromotionInput(" ", null, null, null, []), null, Ct)));
        var task = Done(await shop.Promotion.Save(mei, campaign.Id, null, new PromotionInput("朋友圈转发", "欢迎来 5A12", 2, shop.Today.AddDays(1), [rep.UserId]), null, Ct));
        Done(await shop.Promotion.Forward(rep, campaign.Id, task.Id, Ct));
        await shop.Submit(shop.Lead() with { Campaign = "EXPO-1", ReferredBy = rep.UserId.ToString() });
        await shop.Submit(shop.Lead() with { Campaign = "EXPO-1", ReferredBy = $"{rep.UserId:N}@example.com" });
        await shop.Submit(shop.Lead() with { Campaign = "other", ReferredBy = rep.UserId.ToString() });

        var part = Assert.Single(Assert.Single(await shop.CampaignPeople.Promotions(mei, campaign.Id, Ct)).Parts);
        Assert.Equal((1, 2), (part.Part.Forwards, part.Leads));
    }
}
