using Granary.Application.Campaigns;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Campaigns in the demo: one that is over and was summarised, one that is on these days, one in preparation, and a charter that waits.</summary>
internal sealed class DemoCampaigns(Store store, Vault vault, SettingCache settings, DemoClock clock, LeadIntake intake)
{
    private readonly DemoEvent _event = new(store, vault, settings, clock, intake);

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

        await new CampaignResults(store, settings, clock).Sweep(ct);
        var (today, reps) = (setting.Calendar.DateOf(clock.Now), Reps(setting));
        await (daysAgo switch
        {
            62 => Plan(marketing, admin, new CampaignInput(DemoNames.Past, "秋季增长大会", "forum", marketing.UserId, "上海市", "上海世博中心", today.AddDays(24), today.AddDays(25), "面向制造与软件行业的客户大会，发布新版本并促成老客户推荐", null, new CampaignTargets(20, 8, 10, 100, 10), 1_200_000), [("venue", 60_000, 58_000), ("speakers", 30_000, 32_500), ("catering", 20_000, 18_200), ("promotion", 25_000, 24_000)], ct),
            55 => Invite(marketing, DemoNames.Past, new InviteFilter(Industry: "软件", MinScore: 80), today.AddDays(5), [], ct),
            50 => Answer(marketing, DemoNames.Past, ct),
            44 => Prepare(marketing, DemoNames.Past, reps, today.AddDays(6), 3, ct),
            38 => Go(marketing, DemoNames.Past, CampaignStage.Run, ct),
            37 => OnSite(marketing, DemoNames.Past, reps, 0, ct),
            36 => _event.Link(await Id(DemoNames.Past, ct), reps, 4, ct),
            35 => Go(marketing, DemoNames.Past, CampaignStage.Convert, ct),
            29 => Split(marketing, ct),
            16 => Plan(marketing, admin, new CampaignInput(DemoNames.Present, "智能制造展", "expo", marketing.UserId, "上海市", "国家会展中心 5A12", today.AddDays(15), today.AddDays(17), "链接装备制造企业，获取替换与扩容需求", null, new CampaignTargets(40, 15, 20, 60, 8), 1_200_000), [("stand", 120_000, 118_000), ("travel", 30_000, null), ("material", 15_000, 14_300), ("gifts", 8_000, null)], ct),
            12 => Invite(marketing, DemoNames.Present, new InviteFilter(Industry: "装备制造", MinScore: 75), today.AddDays(10), reps, ct),
            9 => Summarise(marketing, ct),
            8 => Answer(marketing, DemoNames.Present, ct),
            7 => Prepare(marketing, DemoNames.Present, reps, today.AddDays(8), 2, ct),
            6 => Plan(marketing, admin, new CampaignInput(DemoNames.Next, "客户答谢年会", "customer_day", marketing.UserId, "浙江省", "杭州西溪喜来登", today.AddDays(32), today.AddDays(32), "答谢老客户，邀请其带来同行推荐", null, new CampaignTargets(Companies: 30, Leads: 40, Opportunities: 5), 600_000), [("venue", 45_000, null), ("catering", 36_000, null), ("gifts", 12_000, 11_600)], ct),
            5 => Upcoming(marketing, reps, today, ct),
            2 => Wait(marketing, today, ct),
            1 => OnSite(marketing, DemoNames.Present, reps, 8, ct),
            0 => _event.Link(await Id(DemoNames.Present, ct), reps, 12, ct),
            _ => Task.CompletedTask,
        });
    }

    private async Task Plan(Viewer marketing, Viewer admin, CampaignInput input, (string Category, decimal Planned, decimal? Actual)[] costs, CancellationToken ct)
    {
        if (await Apply(marketing, input, costs, ct) is { } id)
        {
            await Move.Decide(admin, id, true, "同意，按预算执行", null, ct);
            await Complete(marketing, input.Code!, ChecklistStep.Charter, ct);
        }
    }

    private async Task<Guid?> Apply(Viewer marketing, CampaignInput input, (string Category, decimal Planned, decimal? Actual)[] costs, CancellationToken ct)
    {
        if (await new SaveCampaign(store, settings, Verb, clock).Create(marketing, input, ct) is not AccountResult<Campaign>.Done(var made))
        {
            return null;
        }

        foreach (var (category, planned, actual) in costs)
        {
            await new CampaignCosts(Verb).Add(marketing, made.Id, new CostInput(category, planned, actual, actual is null ? null : input.StartsOn, null, null), ct);
        }

        await Move.Move(marketing, made.Id, CampaignStage.Charter, null, null, ct);
        return made.Id;
    }

    // What should have been done by now is done, up to a step.
    private async Task Complete(Viewer marketing, string code, ChecklistStep step, CancellationToken ct)
    {
        var id = await Id(code, ct);
        foreach (var item in await Read(db => db.Set<CampaignItem>().Where(i => i.CampaignId == id && i.Step <= step && i.State == ItemState.Open).OrderBy(i => i.Step).ThenBy(i => i.Ordinal).ToListAsync(ct)))
        {
            await new CampaignChecklist(Verb).Close(marketing, id, item.Id, ItemState.Done, null, ct);
        }
    }

    // Marketing calls, or representatives do, each a share.
    private async Task Invite(Viewer marketing, string code, InviteFilter filter, DateOnly remindOn, IReadOnlyList<Viewer> reps, CancellationToken ct)
    {
        var (id, invite) = (await Id(code, ct), new InvitePeople(Verb, vault));
        await invite.Add(marketing, id, new InviteInput([], [], [], filter, InvitationChannel.Call, marketing.UserId, remindOn), ct);
        foreach (var (rep, i) in reps.Select((r, i) => (r, i)))
        {
            await invite.Add(marketing, id, new InviteInput([], [], [], filter with { Industry = DemoNames.Industries[i % DemoNames.Industries.Length], MinScore = 90 }, InvitationChannel.WeChat, rep.UserId, remindOn), ct);
        }
    }

    private async Task Answer(Viewer marketing, string code, CancellationToken ct)
    {
        var (id, invite) = (await Id(code, ct), new InvitePeople(Verb, vault));
        foreach (var (i, line) in (await Read(db => db.Set<CampaignInvitation>().Where(x => x.CampaignId == id).OrderBy(x => x.Id).Select(x => x.Id).Take(48).ToListAsync(ct))).Index())
        {
            var (state, note) = (i % 6) switch { 0 or 3 => (InvitationState.Accepted, (string?)null), 1 => (InvitationState.Declined, "当周出差"), _ => (InvitationState.Invited, null) };
            await invite.Answer(marketing, id, line, state, null, note, ct);
        }
    }

    // A promotion task of which some forwarded the material, and two teams.
    private async Task Prepare(Viewer marketing, string code, IReadOnlyList<Viewer> reps, DateOnly deadline, int forwards, CancellationToken ct)
    {
        await Complete(marketing, code, ChecklistStep.Prepare, ct);
        await _event.Promote(marketing, await Id(code, ct), "转发活动邀请", "诚邀莅临，现场看产线数字化与线索管理演示，扫码即可报名", deadline, reps, forwards, ct);
        await _event.Team(marketing, await Id(code, ct), reps, ct);
    }

    private async Task OnSite(Viewer marketing, string code, IReadOnlyList<Viewer> reps, int companies, CancellationToken ct)
    {
        var id = await Id(code, ct);
        if (code == DemoNames.Present)
        {
            await Go(marketing, code, CampaignStage.Run, ct);
            foreach (var item in await Read(db => db.Set<CampaignItem>().Where(i => i.CampaignId == id && i.Step == ChecklistStep.OnSite && i.Line != "evening_review").OrderBy(i => i.Ordinal).ToListAsync(ct)))
            {
                await new CampaignChecklist(Verb).Close(marketing, id, item.Id, ItemState.Done, null, ct);
            }
        }

        await _event.CheckIn(marketing, id, ct);
        await _event.Link(id, reps, companies, ct);
    }

    private async Task Upcoming(Viewer marketing, IReadOnlyList<Viewer> reps, DateOnly today, CancellationToken ct)
    {
        var (id, checklist) = (await Id(DemoNames.Next, ct), new CampaignChecklist(Verb));
        var open = await Read(db => db.Set<CampaignItem>().Where(i => i.CampaignId == id && i.State == ItemState.Open && i.DueOn <= today.AddDays(7)).OrderBy(i => i.DueOn).ToListAsync(ct));
        foreach (var (i, item) in open.Index())
        {
            if (i % 2 == 0)
            {
                await checklist.Close(marketing, id, item.Id, ItemState.Done, null, ct);
            }
            else if (reps.Count > 0)
            {
                await checklist.Change(marketing, id, item.Id, new ItemInput(item.Step, item.Name, reps[i % reps.Count].UserId, today.AddDays(4 + i)), ct);
            }
        }

        await _event.Promote(marketing, id, "邀请老客户带同行", "年会席位有限，欢迎带一位同行一起来", today.AddDays(6), reps, 1, ct);
        await new InvitePeople(Verb, vault).Add(marketing, id, new InviteInput([], [], [], new InviteFilter(Industry: "医疗", MinScore: 85), InvitationChannel.Message, marketing.UserId, today.AddDays(4)), ct);
    }

    private Task<Guid?> Wait(Viewer marketing, DateOnly today, CancellationToken ct) => Apply(
        marketing, new CampaignInput(DemoNames.Series, "数字化工厂直播季", "webinar", marketing.UserId, null, "线上", today.AddDays(75), today.AddDays(110), "六场直播，讲透从线索到回款", null, new CampaignTargets(Leads: 200, Opportunities: 6), 500_000), [("speakers", 18_000, null), ("promotion", 22_000, null)], ct);

    private async Task Go(Viewer marketing, string code, CampaignStage to, CancellationToken ct)
    {
        await Complete(marketing, code, to == CampaignStage.Run ? ChecklistStep.Prepare : ChecklistStep.OnSite, ct);
        await Move.Move(marketing, await Id(code, ct), to, null, null, ct);
    }

    private async Task Split(Viewer marketing, CancellationToken ct) => await new SplitCampaign(store, vault, settings, clock).Run(marketing, await Id(DemoNames.Past, ct), ct);

    private async Task Summarise(Viewer marketing, CancellationToken ct)
    {
        var id = await Id(DemoNames.Past, ct);
        await Complete(marketing, DemoNames.Past, ChecklistStep.Convert, ct);
        await new SaveCampaign(store, settings, Verb, clock).Change(marketing, id, i => i with { Summary = "到场客户以装备制造与软件为主，线索质量好于春季；餐饮节省，嘉宾费略超。下次提前两周锁定重点客户名单。" }, null, ct);
        await Move.Move(marketing, id, CampaignStage.Summarised, null, null, ct);
    }

    private Task<Guid> Id(string code, CancellationToken ct) => Read(db => db.Set<Campaign>().Where(c => c.Code == code).Select(c => c.Id).SingleOrDefaultAsync(ct));

    private async Task<T> Read<T>(Func<GranaryDb, Task<T>> read)
    {
        await using var db = store.Open();
        return await read(db);
    }

    private static IReadOnlyList<Viewer> Reps(Setting setting) =>
        [.. setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative) && p.Status == PersonStatus.Active).OrderBy(p => p.Email?.Length).ThenBy(p => p.Email, StringComparer.Ordinal).Take(4).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>()];

    private static Viewer? Of(Setting setting, string role) => setting.People.Values.Where(p => p.Roles.Contains(role)).OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).FirstOrDefault();
}
