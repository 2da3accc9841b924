using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.Campaigns.CampaignShop;

namespace Granary.Application.Tests.Campaigns;

public sealed class CampaignLifeTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_charter_waits_for_somebody_else_and_nothing_is_entered_before_its_conditions_hold(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, boss) = (await shop.As(await shop.Hire("Mei", "marketing_specialist")), await shop.As(await shop.Hire("Boss", "marketing_manager")));
        var campaign = Done(await shop.Saving.Create(mei, Input(mei, "EXPO-1", shop.Today), Ct));

        var refused = Assert.IsType<AccountResult<Campaign>.Refused>(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Charter, null, ct: Ct));
        Assert.Equal(("stage_not_ready", "budget"), (refused.Code, refused.Missing.Single()));
        Done(await shop.Costs.Add(mei, campaign.Id, new CostInput("stand", 80_000, null, null, null, null), Ct));
        Assert.Equal("stage_not_reachable", Refused(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Run, null, ct: Ct)));
        Done(await shop.MovingOn.Move(boss, campaign.Id, CampaignStage.Charter, null, ct: Ct));
        Assert.Equal("own_request", Refused(await shop.MovingOn.Decide(boss, campaign.Id, true, null, ct: Ct)));
        Assert.Equal("forbidden", Refused(await shop.MovingOn.Decide(mei, campaign.Id, true, null, ct: Ct)));
        var other = await shop.As(await shop.Hire("Other", "marketing_manager"));
        Assert.Equal("reason_required", Refused(await shop.MovingOn.Decide(other, campaign.Id, false, " ", ct: Ct)));
        Assert.Equal(CampaignStage.Evaluate, Done(await shop.MovingOn.Decide(other, campaign.Id, false, "预算偏高", ct: Ct)).Stage);
        Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Charter, null, ct: Ct));
        Assert.Equal(CampaignStage.Prepare, Done(await shop.MovingOn.Decide(other, campaign.Id, true, null, ct: Ct)).Stage);
        var running = Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Run, null, ct: Ct));
        Assert.Equal(TrackingReports.Of(running.EndsOn!.Value)[0].On, running.ReportOn);
        Assert.Equal("reason_required", Refused(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Cancelled, null, ct: Ct)));
        Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Convert, null, ct: Ct));
        Assert.Equal("stage_not_ready", Refused(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Summarised, null, ct: Ct)));
        Done(await shop.Saving.Change(mei, campaign.Id, i => i with { Summary = "到场 320 人，线索质量高于往届" }, ct: Ct));
        Assert.Equal(CampaignStage.Summarised, Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Summarised, null, ct: Ct)).Stage);
        Assert.Equal("campaign_closed", Refused(await shop.Saving.Change(mei, campaign.Id, i => i with { Name = "x" }, ct: Ct)));

        var kinds = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == campaign.Id).Select(e => e.Kind).ToListAsync(Ct));
        Assert.Equal((1, 1, 1, 5), (kinds.Count(k => k == CampaignEvent.Created), kinds.Count(k => k == CampaignEvent.Approved), kinds.Count(k => k == CampaignEvent.Refused), kinds.Count(k => k == CampaignEvent.Moved)));
        Assert.True(await shop.Read(db => db.Set<Notice>().AnyAsync(n => n.Kind == NoticeKind.CharterAsked && n.UserId == other.UserId, Ct)));
        Assert.True(await shop.Read(db => db.Set<Notice>().AnyAsync(n => n.Kind == NoticeKind.CharterDecided && n.UserId == mei.UserId, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_campaign_begins_with_33_items_due_from_its_first_day_which_move_with_it_and_are_closed_by_whoever_sees_to_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var mei = await shop.As(await shop.Hire("Mei", "marketing_specialist"));
        var helper = await shop.Hire("Helper");
        var campaign = Done(await shop.Saving.Create(mei, Input(mei, "EXPO-1", shop.Today.AddDays(30)), Ct));
        var items = (await shop.CampaignReading.Find(mei, campaign.Id, Ct))!.Items;
        Assert.Equal((33, 5), (items.Count, items.Select(i => i.Step).Distinct().Count()));
        var invitations = items.Single(i => i.Line == "invitations");
        Assert.Equal(shop.Today.AddDays(30 - 21), invitations.DueOn);

        Done(await shop.Saving.Change(mei, campaign.Id, i => i with { StartsOn = shop.Today.AddDays(40), EndsOn = shop.Today.AddDays(42) }, campaign.Version, Ct));
        Assert.Equal(shop.Today.AddDays(40 - 21), (await shop.CampaignReading.Find(mei, campaign.Id, Ct))!.Items.Single(i => i.Id == invitations.Id).DueOn);
        Assert.IsType<AccountResult<Campaign>.Stale>(await shop.Saving.Change(mei, campaign.Id, i => i with { Name = "x" }, campaign.Version, Ct));

        Done(await shop.Checklist.Change(mei, campaign.Id, invitations.Id, new ItemInput(null, null, helper, shop.Today.AddDays(1)), Ct));
        var helps = await shop.As(helper);
        Assert.Equal("reason_required", Refused(await shop.Checklist.Close(helps, campaign.Id, invitations.Id, ItemState.NotApplicable, " ", Ct)));
        Assert.Equal(ItemState.NotApplicable, Done(await shop.Checklist.Close(helps, campaign.Id, invitations.Id, ItemState.NotApplicable, "闭门活动，不邀约", Ct)).State);
        Assert.Equal("forbidden", Refused(await shop.Checklist.Close(helps, campaign.Id, items[0].Id, ItemState.Done, null, Ct)));
        Assert.Equal("forbidden", Refused(await shop.Checklist.Add(helps, campaign.Id, new ItemInput(ChecklistStep.Prepare, "x", helper, null), Ct)));
        Assert.Equal(33, Done(await shop.Checklist.Add(mei, campaign.Id, new ItemInput(ChecklistStep.Prepare, "包车", helper, shop.Today), Ct)).Ordinal);

        var remind = new RemindCampaigns(shop.Store, shop.Settings, shop.Time);
        Assert.True(await remind.Sweep(Ct) > 0);
        Assert.Equal(0, await remind.Sweep(Ct));
        Assert.Equal(1, await shop.Read(db => db.Set<Notice>().CountAsync(n => n.Kind == NoticeKind.CampaignItemDue && n.UserId == helper, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_sees_and_changes_what_their_scope_reaches_and_hears_field_by_field_what_is_wrong(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, lan) = (await shop.As(await shop.Hire("Mei", "marketing_specialist")), await shop.As(await shop.Hire("Lan", "marketing_specialist")));
        var campaign = await shop.Planned(mei);

        Assert.NotNull(await shop.CampaignReading.Find(lan, campaign.Id, Ct));
        Assert.Equal("forbidden", Refused(await shop.Saving.Change(lan, campaign.Id, i => i with { Name = "x" }, ct: Ct)));
        Assert.Equal("forbidden", Refused(await shop.Costs.Add(lan, campaign.Id, new CostInput("stand", 1, null, null, null, null), Ct)));
        Assert.Null(await shop.CampaignReading.Find(await shop.As(await shop.Hire("Law", "legal")), campaign.Id, Ct));
        Assert.Equal("forbidden", Refused(await shop.Saving.Create(await shop.As(await shop.Hire("Rep")), Input(mei, "X", shop.Today), Ct)));
        Assert.Equal(["code", "ownerId"], Errors(await shop.Saving.Create(mei, Input(lan, "EXPO-1", shop.Today), Ct)));
        Assert.Equal(
            ["code", "name", "type", "endsOn", "targets.leads", "expectedAmount"],
            Errors(await shop.Saving.Create(mei, Input(mei, "a/b", shop.Today) with { Name = " ", Type = "fair", EndsOn = shop.Today.AddDays(-1), Targets = new CampaignTargets(Leads: -1), ExpectedAmount = -1 }, Ct)));
        Assert.Equal(["code"], Errors(await shop.Saving.Change(mei, campaign.Id, i => i with { Code = "EXPO-2" }, ct: Ct)));
        Assert.NotNull(Done(await shop.Saving.Create(mei, Input(mei, "expo-1", shop.Today), Ct)));
        Assert.Equal(["category", "planned"], Errors(await shop.Costs.Add(mei, campaign.Id, new CostInput("yacht", -1, null, null, null, null), Ct)));
        var cost = Done(await shop.Costs.Add(mei, campaign.Id, new CostInput("travel", 5_000, null, null, null, null), Ct));
        Assert.Equal(4_200, Done(await shop.Costs.Change(mei, campaign.Id, cost.Id, c => c with { Actual = 4_200 }, cost.Version, Ct)).Actual);
        Assert.IsType<AccountResult<CampaignCost>.Stale>(await shop.Costs.Change(mei, campaign.Id, cost.Id, c => c with { Actual = 1 }, 1, Ct));
        Assert.Equal((85_000m, 4_200m), await shop.Results.Now(campaign, Ct) is var o ? (o.Planned, o.Cost) : default);
        Done(await shop.Costs.Remove(mei, campaign.Id, cost.Id, Ct));
        Assert.Equal(["EXPO-1"], (await shop.CampaignReading.List(lan, new CampaignFilter(Q: "EXPO-1"), ct: Ct)).Items.Select(c => c.Campaign.Code));
        Assert.Empty((await shop.CampaignReading.List(lan, new CampaignFilter(Stage: CampaignStage.Run), ct: Ct)).Items);
    }
}
