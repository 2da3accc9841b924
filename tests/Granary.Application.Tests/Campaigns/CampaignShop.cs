using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Campaigns;

/// <summary>Campaigns in a shop.</summary>
internal static class CampaignShop
{
    extension(Shop shop)
    {
        public CampaignVerb Campaigning => new(shop.Store, shop.Settings, shop.Time);

        public SaveCampaign Saving => new(shop.Store, shop.Settings, shop.Campaigning, shop.Time);

        public MoveCampaign MovingOn => new(shop.Campaigning);

        public CampaignCosts Costs => new(shop.Campaigning);

        public CampaignChecklist Checklist => new(shop.Campaigning);

        public CampaignRoster Roster => new(shop.Campaigning);

        public InvitePeople Inviting => new(shop.Campaigning, shop.Vault);

        public CheckInPeople Door => new(shop.Store, shop.Vault, shop.Intake, shop.Verb, shop.Time);

        public LinkCompany Linking => new(shop.Store, shop.Vault, shop.Settings, shop.Intake, shop.Verb, shop.Campaigning, shop.Time);

        public PromoteCampaign Promotion => new(shop.Campaigning);

        public SplitCampaign Splitting => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

        public CampaignResults Results => new(shop.Store, shop.Settings, shop.Time);

        public ReadCampaigns CampaignReading => new(shop.Store, shop.Settings, shop.Results, shop.Time);

        public ReadCampaignPeople CampaignPeople => new(shop.Store, shop.Settings);

        public ReadSite Site => new(shop.Store, shop.Settings, shop.Time);

        public DateOnly Today => Granary.Domain.People.WorkingCalendar.Mainland().DateOf(shop.Time.Now);

        /// <summary>A campaign that begins today, with budget and targets.</summary>
        public async Task<Campaign> Planned(Viewer viewer, string code = "EXPO-1")
        {
            var campaign = Done(await shop.Saving.Create(viewer, Input(viewer, code, shop.Today), Shop.Ct));
            Done(await shop.Costs.Add(viewer, campaign.Id, new CostInput("stand", 80_000, null, null, "会展公司", null), Shop.Ct));
            return campaign;
        }

        /// <summary>One that is on.</summary>
        public async Task<Campaign> Running(Viewer marketing, string code = "EXPO-1")
        {
            var campaign = await shop.Planned(marketing, code);
            var boss = await shop.As(await shop.Hire($"Boss of {code}", "marketing_manager"));
            Done(await shop.MovingOn.Move(marketing, campaign.Id, CampaignStage.Charter, null, ct: Shop.Ct));
            Done(await shop.MovingOn.Decide(boss, campaign.Id, true, null, ct: Shop.Ct));
            return Done(await shop.MovingOn.Move(marketing, campaign.Id, CampaignStage.Run, null, ct: Shop.Ct));
        }

        /// <summary>A campaign that is on, with a representative in a team of it.</summary>
        public async Task<(Viewer Marketing, Viewer Rep, Campaign Campaign)> OnSite(string code = "EXPO-1")
        {
            var marketing = await shop.As(await shop.Hire("Mei", "marketing_specialist"));
            var campaign = await shop.Running(marketing, code);
            var rep = await shop.Hire("Zhang");
            Done(await shop.Roster.Save(marketing, campaign.Id, null, new TeamInput("一队", rep, "华东", 20), Shop.Ct));
            return (marketing, await shop.As(rep), campaign);
        }
    }

    public static CampaignInput Input(Viewer owner, string code, DateOnly today) => new(
        code, "上海工业展", "expo", owner.UserId, "上海市", "国家会展中心", today, today.AddDays(2), "获取制造业线索", null, new CampaignTargets(Companies: 50, Leads: 100), 600_000, null);

    public static T Done<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Done>(result).Record;

    public static string Refused<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Refused>(result).Code;

    public static IEnumerable<string> Errors<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Invalid>(result).Errors.Select(e => e.Field);

    public static Task<Lead> LeadOf(Shop shop, string code) => shop.Read(db => db.Set<Lead>().SingleAsync(l => l.Campaign == code, Shop.Ct));
}
