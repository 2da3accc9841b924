using Granary.Application.Campaigns;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Campaigns;
using Granary.Testing;
using static Granary.Application.Tests.Campaigns.CampaignShop;

namespace Granary.Application.Tests.Campaigns;

public sealed class CampaignTasksTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Whoever_has_something_due_in_a_campaign_finds_it_by_its_day_and_nobody_elses(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, rep, campaign) = await shop.OnSite();
        var task = Done(await shop.Promotion.Save(mei, campaign.Id, null, new PromotionInput("转发邀请", null, 3, shop.Today.AddDays(9), [rep.UserId]), ct: Ct));
        var item = Done(await shop.Checklist.Add(mei, campaign.Id, new ItemInput(ChecklistStep.Prepare, "订展位", rep.UserId, shop.Today.AddDays(-1)), Ct));
        Done(await shop.Checklist.Add(mei, campaign.Id, new ItemInput(ChecklistStep.Convert, "一个月后复盘", rep.UserId, shop.Today.AddDays(30)), Ct));

        Assert.Equal(
            [(CampaignDueKind.Item, "订展位", shop.Today.AddDays(-1)), (CampaignDueKind.Task, "转发邀请", shop.Today.AddDays(9))],
            (await Due(rep)).Select(d => (d.Kind, d.Name!, d.On!.Value)));
        Assert.DoesNotContain(await Due(mei), d => d.Kind == CampaignDueKind.Task || d.Name == "订展位");
        Assert.Empty(await Due(await shop.As(await shop.Hire("Li"))));

        Done(await shop.Checklist.Close(rep, campaign.Id, item.Id, ItemState.Done, null, Ct));
        Done(await shop.Promotion.Forward(rep, campaign.Id, task.Id, Ct));
        Assert.Empty(await Due(rep));

        async Task<IReadOnlyList<CampaignDue>> Due(Viewer viewer) => await new CampaignTasks(shop.Store, shop.Settings, shop.Time).Of(viewer, Ct);
    }

    [Theory, OnBothDatabases]
    public async Task A_charter_waits_for_those_who_decide_and_not_for_whoever_applied(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, boss) = (await shop.As(await shop.Hire("Mei", "marketing_manager")), await shop.As(await shop.Hire("Boss", "marketing_manager")));
        var campaign = await shop.Planned(mei);
        Done(await shop.MovingOn.Move(mei, campaign.Id, CampaignStage.Charter, null, ct: Ct));

        var tasks = new CampaignTasks(shop.Store, shop.Settings, shop.Time);
        Assert.Equal((CampaignDueKind.Charter, campaign.Id), (await tasks.Of(boss, Ct)).Select(d => (d.Kind, d.CampaignId)).First());
        Assert.DoesNotContain(await tasks.Of(mei, Ct), d => d.Kind == CampaignDueKind.Charter);

        Done(await shop.MovingOn.Decide(boss, campaign.Id, true, null, ct: Ct));
        Assert.DoesNotContain(await tasks.Of(boss, Ct), d => d.Kind == CampaignDueKind.Charter);
    }

    [Theory, OnBothDatabases]
    public async Task The_timeline_tells_the_latest_first_page_by_page_to_whoever_sees_the_campaign(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (mei, _, campaign) = await shop.OnSite();
        var (first, next) = await shop.CampaignReading.Timeline(mei, campaign.Id, null, 3, Ct);
        var (rest, end) = await shop.CampaignReading.Timeline(mei, campaign.Id, next, 50, Ct);

        Assert.Equal([CampaignEvent.Team, CampaignEvent.Moved, CampaignEvent.Approved], first.Select(e => e.Kind));
        Assert.Equal(CampaignEvent.Created, rest[^1].Kind);
        Assert.Null(end);
        Assert.Equal(first.Count + rest.Count, first.Concat(rest).DistinctBy(e => e.Position).Count());
        Assert.Empty((await shop.CampaignReading.Timeline(await shop.As(await shop.Hire("Li", "delivery")), campaign.Id, null, ct: Ct)).Events);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_became_an_opportunity_took_the_steps_before_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (_, rep, campaign) = await shop.OnSite();
        Done(await shop.Linking.Link(rep, campaign.Id, new LinkInput("无锡锡东机械有限公司", "陈国强", "总经理", "13770000001", true, true, null), null, Ct));
        Assert.Equal((1, 0, 0, 0), Steps(await shop.Results.Now(campaign, Ct)));

        var lead = await LeadOf(shop, campaign.Code);
        Assert.NotNull((await shop.Converting.Convert(rep, lead.Id, new ConversionInput(Deals.All), ct: Ct)).Conversion);

        Assert.Equal((1, 1, 1, 1), Steps(await shop.Results.Now(campaign, Ct)));
    }

    private static (int Leads, int Mql, int Sql, int Opportunities) Steps(CampaignOutcome o) => (o.Leads, o.MqlLeads, o.SqlLeads, o.Opportunities);
}
