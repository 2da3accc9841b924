using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Qualification.Pools;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Lists of named accounts in the demo: made by marketing, worked on by representatives, with accounts in each stage.</summary>
internal sealed class DemoNamed(Store store, Vault vault, SettingCache settings, DemoClock clock)
{
    private static readonly string[] Cores = ["远景重工", "恒岳精密", "临港动力", "锦江化纤", "天目光电", "嘉禾食品", "浦源装备", "云栖材料", "越秀家电", "岭南玩具", "珠江电缆", "鹏程模具", "燕山特钢", "海河船舶", "太行矿机", "渤海轴承", "齐鲁橡胶", "辽河泵业"];
    private static readonly string[] Industries = ["制造业/装备", "制造业/汽车/零部件", "制造业/电子", "制造业/化工", "软件/企业服务"];
    private static readonly string[] Places = ["上海", "江苏", "浙江", "广东", "山东", "辽宁"];

    private readonly List<(Guid Named, Viewer Owner, NamedAccountStage Goal)> _accounts = [];

    private NamedKnowledge Knowledge => new(DealsOfAccount.Of);

    private NamedVerb Verb => new(store, settings, Knowledge, clock);

    /// <summary>Makes the lists, and names companies.</summary>
    public async Task Begin(CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var sellers = setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative)).OrderBy(p => p.Email, StringComparer.Ordinal).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().ToList();
        if (sellers.Count == 0 || setting.People.Values.Where(p => p.Roles.Contains("marketing_manager")).Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().FirstOrDefault() is not { } marketing)
        {
            return;
        }

        var saving = new SaveNamedList(store, settings, clock);
        List<NamedList> lists = [];
        foreach (var (name, premium, source) in new[] { ("制造业百强", false, "ranking"), ("工博会意向客户", false, "expo"), ("重点突破名单", true, "sales_resource") })
        {
            lists.AddRange(await saving.Create(marketing, new NamedListInput(name, premium, source, marketing.UserId, null), ct) is AccountResult<NamedList>.Done(var made) ? [made] : []);
        }

        var quarter = Quarter.Of(setting.Calendar.DateOf(clock.Now));
        foreach (var list in lists)
        {
            await saving.SetGoals(marketing, list.Id, quarter, new Dictionary<NamedAccountStage, int> { [NamedAccountStage.Named] = 6, [NamedAccountStage.Aware] = 4, [NamedAccountStage.Incubating] = 3, [NamedAccountStage.Opportunity] = 1 }, ct);
        }

        foreach (var (i, core) in Cores.Index())
        {
            await Name(marketing, sellers[i % sellers.Count], lists[i % 3 == 2 && i > 5 ? 1 : i % 3], core, i, ct);
        }
    }

    /// <summary>Takes each account to its next stage while it has not come to where it is today.</summary>
    public async Task Advance(CancellationToken ct)
    {
        foreach (var (id, owner, goal) in _accounts)
        {
            await using var db = store.Open();
            var stage = await db.Set<NamedAccount>().Where(n => n.Id == id).Select(n => (NamedAccountStage?)n.Stage).SingleOrDefaultAsync(ct);
            if (stage is { } now && now < goal)
            {
                await Ready(owner, id, now + 1, ct);
                await new MoveNamedAccount(Verb).To(owner, id, now + 1, null, ct: ct);
            }
        }
    }

    private async Task Name(Viewer marketing, Viewer owner, NamedList list, string core, int i, CancellationToken ct)
    {
        var goal = (NamedAccountStage)((i % 5) + 1);
        var contacts = goal == NamedAccountStage.Stranger ? Array.Empty<AccountContactInput>() :
        [
            new($"{"陈林赵周吴"[i % 5]}工", "信息部主管", null, null) { Roles = [BuyingRole.Influencer] },
            new($"{"沈陆顾杨韩"[i % 5]}总", "总经理", $"1360013{8000 + i}", null) { KeyPerson = true, Roles = [BuyingRole.DecisionMaker] },
        ];
        var input = new AccountInput($"{core}股份有限公司", null, owner.UserId, contacts)
        {
            Industry = Industries[i % Industries.Length],
            Size = CompanySize.Large,
            Province = Places[i % Places.Length],
            Competitors = goal >= NamedAccountStage.Aware ? ["同行软件"] : [],
        };
        if ((await new SaveAccount(store, vault, settings, clock).Create(owner, input, ct)).Id is not { } account)
        {
            return;
        }

        await new NameAccounts(store, vault, settings, new SaveAccount(store, vault, settings, clock), clock).Add(marketing, list.Id, [account], ct);
        await using var db = store.Open();
        var named = await db.Set<NamedAccount>().SingleAsync(n => n.AccountId == account, ct);
        _accounts.Add((named.Id, owner, goal));
        var today = (await settings.Get(ct)).Calendar.DateOf(clock.Now);
        var instruments = Enum.GetValues<TouchInstrument>();
        if (i == 15)
        {
            await new MoveAccount(store, settings, clock).Return(owner, account, PoolKeys.General, "区域调整，请其他同事领取", ct: ct);
            return;
        }

        await new TouchPlan(Verb).Plan(owner, named.Id, new TouchInput(instruments[i % instruments.Length], today.AddDays(28 + i), owner.UserId, "邀请关键人参加"), ct);
    }

    // What the product does not see by itself is ticked with evidence, or happens.
    private async Task Ready(Viewer owner, Guid id, NamedAccountStage stage, CancellationToken ct)
    {
        switch (stage)
        {
            case NamedAccountStage.Aware:
                await new TickNamedCheck(Verb).Tick(owner, id, "it_status", "现用 ERP 已八年，车间仍手工报工，今年有数字化预算", ct);
                break;
            case NamedAccountStage.Incubating:
                var plan = new TouchPlan(Verb);
                await plan.Plan(owner, id, new TouchInput(TouchInstrument.Salon, (await settings.Get(ct)).Calendar.DateOf(clock.Now), owner.UserId, "数字化工厂沙龙"), ct);
                await using (var db = store.Open())
                {
                    var salon = await db.Set<NamedTouch>().Where(t => t.NamedAccountId == id && t.Instrument == TouchInstrument.Salon).OrderByDescending(t => t.Id).FirstAsync(ct);
                    await plan.Done(owner, id, salon.Id, null, "总经理到场，希望看样板车间", ct);
                }

                break;
            case NamedAccountStage.Opportunity:
                await new TickNamedCheck(Verb).Tick(owner, id, "project_or_need", "调研小组已进场，预算 120 万", ct);
                break;
        }
    }
}
