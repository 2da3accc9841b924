using Granary.Application.Campaigns;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Campaigns in the demo: one whose leads were split and which was summarised, and one that is on these days.</summary>
internal sealed class DemoCampaigns(Store store, Vault vault, SettingCache settings, DemoClock clock, LeadIntake intake)
{
    private const string Past = "2026 秋季增长大会", Present = "2026 智能制造展";

    private static readonly string[] Companies =
        ["无锡锡东精密机械有限公司", "常州龙城轴承有限公司", "苏州吴中自动化设备有限公司", "昆山玉山模具有限公司", "宁波北仑注塑机械有限公司", "嘉兴南湖泵业有限公司", "绍兴柯桥纺机有限公司", "南通崇川电气有限公司"];

    private static readonly string[] People = ["陈国强", "陆建平", "沈志明", "顾晓峰", "俞海燕", "钱文斌", "施丽娟", "卞大伟"];

    private CampaignVerb Verb => new(store, settings, clock);

    private MoveCampaign Move => new(Verb);

    /// <summary>What happened to campaigns so many days before today.</summary>
    public async Task Live(int daysAgo, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var (marketing, admin) = (Of(setting, "marketing_manager"), Of(setting, BuiltInRoles.Administrator));
        if (marketing is null || admin is null)
        {
            return;
        }

        var today = setting.Calendar.DateOf(clock.Now);
        await (daysAgo switch
        {
            29 => Plan(marketing, admin, new CampaignInput(Past, "秋季增长大会", "forum", marketing.UserId, "上海市", "上海世博中心", today.AddDays(11), today.AddDays(12), "面向制造与软件行业的客户大会", null, new CampaignTargets(Leads: 300, Opportunities: 12), 900_000), [("venue", 60_000, 58_000), ("speakers", 30_000, 32_500), ("catering", 20_000, 18_200), ("promotion", 25_000, 24_000)], ct),
            18 => Go(marketing, Past, CampaignStage.Run, ct),
            15 => Go(marketing, Past, CampaignStage.Convert, ct),
            14 => Split(marketing, ct),
            9 => Summarise(marketing, ct),
            8 => Plan(marketing, admin, new CampaignInput(Present, "智能制造展", "expo", marketing.UserId, "上海市", "国家会展中心 5A12", today.AddDays(7), today.AddDays(9), "链接装备制造企业，获取替换与扩容需求", null, new CampaignTargets(40, 15, 20, 120, 8), 1_200_000), [("stand", 120_000, 118_000), ("travel", 30_000, null), ("material", 15_000, 14_300), ("gifts", 8_000, null)], ct),
            7 => Prepare(marketing, setting, ct),
            1 => Open(marketing, setting, ct),
            0 => Link(setting, 4, ct),
            _ => Task.CompletedTask,
        });
    }

    private async Task Plan(Viewer marketing, Viewer admin, CampaignInput input, (string Category, decimal Planned, decimal? Actual)[] costs, CancellationToken ct)
    {
        if (await new SaveCampaign(store, settings, Verb, clock).Create(marketing, input, ct) is not AccountResult<Campaign>.Done(var made))
        {
            return;
        }

        foreach (var (category, planned, actual) in costs)
        {
            await new CampaignCosts(Verb).Add(marketing, made.Id, new CostInput(category, planned, actual, actual is null ? null : input.StartsOn, null, null), ct);
        }

        await Move.Move(marketing, made.Id, CampaignStage.Charter, null, null, ct);
        await Move.Decide(admin, made.Id, true, "同意，按预算执行", null, ct);
        var checklist = new CampaignChecklist(Verb);
        foreach (var item in await Read(db => db.Set<CampaignItem>().Where(i => i.CampaignId == made.Id && i.Step <= ChecklistStep.Charter).ToListAsync(ct)))
        {
            await checklist.Close(marketing, made.Id, item.Id, ItemState.Done, null, ct);
        }
    }

    private async Task Go(Viewer marketing, string code, CampaignStage to, CancellationToken ct) => await Move.Move(marketing, await Id(code, ct), to, null, null, ct);

    private async Task Split(Viewer marketing, CancellationToken ct) => await new SplitCampaign(store, vault, settings, clock).Run(marketing, await Id(Past, ct), ct);

    private async Task Summarise(Viewer marketing, CancellationToken ct)
    {
        var id = await Id(Past, ct);
        await new SaveCampaign(store, settings, Verb, clock).Change(marketing, id, i => i with { Summary = "到场客户以装备制造与软件为主，线索质量好于春季；餐饮节省，嘉宾费略超。下次提前两周锁定重点客户名单。" }, null, ct);
        await Go(marketing, Past, CampaignStage.Summarised, ct);
    }

    // Invitations by a filter, a promotion task, and two teams.
    private async Task Prepare(Viewer marketing, Setting setting, CancellationToken ct)
    {
        var (id, reps) = (await Id(Present, ct), Reps(setting));
        await new InvitePeople(Verb, vault).Add(marketing, id, new InviteInput([], [], [], new InviteFilter(Industry: "装备制造", MinScore: 60), InvitationChannel.Call, marketing.UserId), ct);
        await new PromoteCampaign(Verb).Save(marketing, id, null, new PromotionInput("转发展会邀请", "欢迎莅临国家会展中心 5A12 展位，看产线数字化现场演示", 5, setting.Calendar.DateOf(clock.Now).AddDays(6), [.. reps.Select(r => r.UserId)]), null, ct);
        var roster = new CampaignRoster(Verb);
        foreach (var (i, name) in new[] { "先锋队", "远航队" }.Index())
        {
            if (i * 2 < reps.Count && await roster.Save(marketing, id, null, new TeamInput(name, reps[i * 2].UserId, "华东", 20), ct) is AccountResult<CampaignTeam>.Done(var team))
            {
                foreach (var rep in reps.Skip(i * 2).Take(2))
                {
                    await roster.Put(marketing, id, new MemberInput(rep.UserId, team.Id, "5A 馆 01–20\n5B 馆 11–30", 10), ct);
                }
            }
        }
    }

    private async Task Open(Viewer marketing, Setting setting, CancellationToken ct)
    {
        var id = await Id(Present, ct);
        await Go(marketing, Present, CampaignStage.Run, ct);
        var door = new CheckInPeople(store, vault, intake, new LeadVerb(store, settings, clock), clock);
        foreach (var invitation in (await Read(db => db.Set<CampaignInvitation>().Where(i => i.CampaignId == id).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(ct))).Where((_, i) => i % 3 == 0).Take(5))
        {
            await door.CheckIn(marketing, id, invitation, ct);
        }

        await Link(setting, 0, ct);
    }

    private async Task Link(Setting setting, int from, CancellationToken ct)
    {
        var (id, reps) = (await Id(Present, ct), Reps(setting));
        var link = new LinkCompany(store, vault, settings, intake, new LeadVerb(store, settings, clock), Verb, clock);
        if (id == Guid.Empty || reps.Count == 0)
        {
            return;
        }

        foreach (var (i, company) in Companies.Index().Skip(from).Take(4))
        {
            var input = new LinkInput(company, People[i], i % 2 == 0 ? "总经理" : "设备科长", $"1377{(i * 1_234_567) + 1_000_001:0000000}", i % 2 == 0, i % 3 != 1, "产线数据采集与排产");
            await link.Link(reps[i % 3 % reps.Count], id, input, null, ct);
        }
    }

    private Task<Guid> Id(string code, CancellationToken ct) => Read(db => db.Set<Campaign>().Where(c => c.Code == code).Select(c => c.Id).SingleOrDefaultAsync(ct));

    private async Task<T> Read<T>(Func<GranaryDb, Task<T>> read)
    {
        await using var db = store.Open();
        return await read(db);
    }

    private static IReadOnlyList<Viewer> Reps(Setting setting) =>
        [.. setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative) && p.Status == PersonStatus.Active).OrderBy(p => p.Email, StringComparer.Ordinal).Take(4).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>()];

    private static Viewer? Of(Setting setting, string role) => setting.People.Values.Where(p => p.Roles.Contains(role)).OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).FirstOrDefault();
}
