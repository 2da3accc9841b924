using Granary.Application.Campaigns;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>What people of the demo do for an event: forward its material, stand together in teams, check people in, and enter the companies they linked.</summary>
internal sealed class DemoEvent(Store store, Vault vault, SettingCache settings, DemoClock clock, LeadIntake intake)
{
    private const int AtOnce = 4, Goal = 10;

    private static readonly string[] Companies =
    [
        "无锡惠山减速机有限公司", "常州武进电机有限公司", "苏州相城检测设备有限公司", "昆山花桥自动化有限公司", "宁波鄞州液压件有限公司", "嘉兴秀洲电控有限公司", "绍兴上虞阀门有限公司", "南通如皋锻压机床有限公司",
        "无锡锡东精密机械有限公司", "常州龙城轴承有限公司", "苏州吴中自动化设备有限公司", "昆山玉山模具有限公司", "宁波北仑注塑机械有限公司", "嘉兴南湖泵业有限公司", "绍兴柯桥纺机有限公司", "南通崇川电气有限公司",
    ];

    private static readonly string[] People = ["陈国强", "陆建平", "沈志明", "顾晓峰", "俞海燕", "钱文斌", "施丽娟", "卞大伟"];

    private CampaignVerb Verb => new(store, settings, clock);

    /// <summary>A promotion task; so many of its people forward the material at once.</summary>
    public async Task Promote(Viewer marketing, Guid campaign, string title, string material, DateOnly deadline, IReadOnlyList<Viewer> reps, int forwards, CancellationToken ct)
    {
        var promote = new PromoteCampaign(Verb);
        if (await promote.Save(marketing, campaign, null, new PromotionInput(title, material, 3, deadline, [.. reps.Select(r => r.UserId)]), null, ct) is AccountResult<CampaignTask>.Done(var task))
        {
            foreach (var rep in reps.Take(forwards))
            {
                await promote.Forward(rep, campaign, task.Id, ct);
            }
        }
    }

    /// <summary>Two teams of two.</summary>
    public async Task Team(Viewer marketing, Guid campaign, IReadOnlyList<Viewer> reps, CancellationToken ct)
    {
        var roster = new CampaignRoster(Verb);
        foreach (var (i, name) in new[] { "先锋队", "远航队" }.Index())
        {
            if (i * 2 < reps.Count && await roster.Save(marketing, campaign, null, new TeamInput(name, reps[i * 2].UserId, "华东", 2 * Goal), ct) is AccountResult<CampaignTeam>.Done(var team))
            {
                foreach (var rep in reps.Skip(i * 2).Take(2))
                {
                    await roster.Put(marketing, campaign, new MemberInput(rep.UserId, team.Id, "5A 馆 01–20\n5B 馆 11–30", Goal), ct);
                }
            }
        }
    }

    /// <summary>Most of those who accepted come; one in three of them shows the code on their phone, the others are checked in by hand. Two walk in.</summary>
    public async Task CheckIn(Viewer marketing, Guid campaign, CancellationToken ct)
    {
        var door = new CheckInPeople(store, vault, intake, new LeadVerb(store, settings, clock), clock);
        List<Guid> accepted;
        string code;
        await using (var db = store.Open())
        {
            accepted = await db.Set<CampaignInvitation>().Where(i => i.CampaignId == campaign && i.State == InvitationState.Accepted).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(ct);
            code = await db.Set<Campaign>().Where(c => c.Id == campaign).Select(c => c.Code).SingleOrDefaultAsync(ct) ?? "";
        }

        foreach (var invitation in accepted.Where((_, i) => i % 5 != 4))
        {
            await door.CheckIn(marketing, campaign, invitation, ct);
        }

        if (await door.Find(code, ct) is not { } open)
        {
            return;
        }

        var channel = (await settings.Get(ct)).Campaigns.Channel;
        foreach (var (i, name) in new[] { "方晓岚", "邓志远" }.Index())
        {
            var input = new CheckInInput(name, $"1365{open.Id.ToByteArray()[15]:000}{1_234 + (i * 777)}", i == 0 ? "湖州德清印刷机械有限公司" : null, "设备经理", null, new Domain.Capture.Consent("sales_contact", "1", clock.Now));
            await door.Arrive(open, input, channel, null, null, null, ct);
        }
    }

    /// <summary>Representatives enter the companies that they linked.</summary>
    public async Task Link(Guid campaign, IReadOnlyList<Viewer> reps, int from, CancellationToken ct)
    {
        if (campaign == Guid.Empty || reps.Count == 0)
        {
            return;
        }

        var link = new LinkCompany(store, vault, settings, intake, new LeadVerb(store, settings, clock), Verb, clock);
        foreach (var (i, company) in Companies.Index().Skip(from).Take(AtOnce))
        {
            var input = new LinkInput(company, People[i % People.Length], i % 2 == 0 ? "总经理" : "设备科长", $"1377{(i * 234_567) + 1_000_001:0000000}", i % 2 == 0, i % 3 != 1, "产线数据采集与排产");
            await link.Link(reps[i % 3 % reps.Count], campaign, input, null, ct);
        }
    }
}
