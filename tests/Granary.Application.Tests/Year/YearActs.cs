using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Year;

/// <summary>What people do with leads on an ordinary day, through the product's own verbs; a refusal is an answer like any other.</summary>
internal sealed class YearActs(Shop shop, FakeClock clock, YearStaff staff, Random random)
{
    private static readonly string[] Open = [PoolKeys.Nurture, PoolKeys.Active, PoolKeys.General, PoolKeys.Company, PoolKeys.Sdr];
    private readonly SortedDictionary<string, (int Tried, int Done)> _counts = new(StringComparer.Ordinal);

    /// <summary>How often each act was tried and done.</summary>
    public IReadOnlyDictionary<string, (int Tried, int Done)> Counts => _counts;

    private static CancellationToken Ct => Shop.Ct;

    /// <summary>Does something with each of some leads, as they stand.</summary>
    public async Task Each(Guid[] ids)
    {
        var leads = await shop.Read(db => db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, Ct));
        var boss = await shop.As(staff.Leads);
        foreach (var id in ids)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            var (name, result) = await Act(leads[id], boss);
            Count(name, result is LeadResult.Done);
        }
    }

    /// <summary>Checks leads that are held.</summary>
    public async Task Check(int most)
    {
        var invalid = (await shop.Settings.Get(Ct)).Pools.Invalid;
        await Each(await shop.Read(db => db.Set<Lead>().Where(l => l.PoolId == invalid && l.Status == LeadStatus.Unassigned)
            .OrderBy(l => l.PlacedAt).ThenBy(l => l.Id).Select(l => l.Id).Take(most).ToArrayAsync(Ct)));
    }

    /// <summary>Decides what was asked for.</summary>
    public async Task Decide(int most)
    {
        var boss = await shop.As(staff.Leads);
        foreach (var line in await shop.Requests.OpenRequests(boss, null, most, Ct))
        {
            var granted = random.Next(3) > 0;
            var (_, result) = await shop.Deciding.Decide(boss, line.Request.Id, new RequestVerdict(granted, "已核实", granted && line.Request.Kind == LeadRequestKind.Adjustment ? line.Request.To ?? staff.Anybody() : null), Ct);
            Count(granted ? "grant" : "refuse", result is LeadResult.Done);
        }
    }

    private void Count(string name, bool done)
    {
        var (tried, already) = _counts.GetValueOrDefault(name);
        _counts[name] = (tried + 1, already + (done ? 1 : 0));
    }

    private async Task<(string Name, LeadResult Result)> Act(Lead lead, Viewer boss) => lead switch
    {
        { Status: LeadStatus.Converted } => ("touch", await Touch(boss, lead.Id)),
        { Status: LeadStatus.Invalid or LeadStatus.Voided } => random.Next(4) == 0 ? ("reopen", await shop.Reopening.Reopen(boss, lead.Id, "客户又来咨询", null, Ct)) : ("touch", await Touch(boss, lead.Id)),
        { OwnerId: { } owner } => await Owned(lead, (await shop.As(owner))!, boss),
        { TrayUserId: { } director } => random.Next(4) > 0
            ? ("assign", await shop.Assigning.Assign(await shop.As(director), lead.Id, staff.Anybody(), null, Ct)) : ("withdraw", await shop.Withdrawing.Withdraw(boss, lead.Id, "不再人工分配", null, null, Ct)),
        { PoolId: { } pool } when pool == (await shop.Settings.Get(Ct)).Pools.Invalid => await Held(lead, boss),
        _ => await Pooled(lead, boss),
    };

    private async Task<(string Name, LeadResult Result)> Owned(Lead lead, Viewer owner, Viewer boss) => random.Next(100) switch
    {
        < 48 => ("follow_up", await FollowUp(owner, lead)),
        < 56 => ("return", await shop.Returning.Return(owner, lead.Id, "不在我的区域", null, Ct)),
        < 61 => ("transfer", await shop.Transferring.Transfer(owner, lead.Id, staff.Anybody(), "熟悉该客户", null, Ct)),
        < 68 => ("invalidate", await shop.Invalidating.Invalidate(owner, lead.Id, "no_intention", "客户暂无计划", null, Ct)),
        < 72 => ("adjust", (await shop.Adjusting.Ask(owner, lead.Id, "行业不熟", random.Next(2) == 0 ? staff.Anybody() : null, null, Ct)).Result),
        < 75 => ("finish_step", await new FinishNextStep(shop.Verb).Finish(owner, lead.Id, null, Ct)),
        < 79 => ("edit", await Edit(owner, lead.Id)),
        < 83 => ("withdraw", await shop.Withdrawing.Withdraw(boss, lead.Id, "长期未成交", random.Next(2) == 0 ? Pick(Open) : null, null, Ct)),
        < 87 => ("assign", await shop.Assigning.Assign(boss, lead.Id, staff.Anybody(), null, Ct)),
        < 89 => ("void", await shop.Voiding.Void(boss, lead.Id, "录入错误", null, Ct)),
        < 92 => ("protect", await shop.Protecting.Protect(boss, lead.Id, random.Next(2) == 0, random.Next(1, 10), null, Ct)),
        < 94 => ("promote", await shop.Promoting.Promote(boss, lead.Id, "重点客户", null, Ct)),
        _ => ("touch", await Touch(boss, lead.Id)),
    };

    private async Task<(string Name, LeadResult Result)> Pooled(Lead lead, Viewer boss) => random.Next(100) switch
    {
        < 50 => ("claim", await shop.Claiming.Claim(await shop.As(staff.Anybody()), lead.Id, null, Ct)),
        < 57 => ("give", (await shop.Giving.To(boss, lead.PoolId!.Value, [lead.Id], staff.Anybody(), Ct))[0]),
        < 62 => ("give_by_rule", (await shop.Giving.ByRule(boss, lead.PoolId!.Value, [lead.Id], Ct))[0]),
        < 69 => ("move", (await shop.Moving.Move(boss, lead.PoolId!.Value, [lead.Id], (await shop.Pool(Pick(Open))).Id, Ct))[0]),
        < 73 => ("promote", await shop.Promoting.Promote(boss, lead.Id, "重点客户", null, Ct)),
        < 77 => ("invalidate", await shop.Invalidating.Invalidate(boss, lead.Id, "unreachable", null, null, Ct)),
        < 79 => ("void", await shop.Voiding.Void(boss, lead.Id, "录入错误", null, Ct)),
        < 82 => ("reveal", (await shop.Revealing.Reveal(await shop.As(staff.Anybody()), lead.Id, Ct)).Result),
        _ => ("touch", await Touch(boss, lead.Id)),
    };

    private async Task<(string Name, LeadResult Result)> Held(Lead lead, Viewer boss) => random.Next(100) switch
    {
        < 50 => ("release", (await shop.Releasing.Release(boss, lead.Id, null, Ct)).Result),
        < 85 => ("confirm_invalid", await shop.Invalidating.Invalidate(boss, lead.Id, "wrong_contact", null, null, Ct)),
        _ => ("void", await shop.Voiding.Void(boss, lead.Id, "测试数据", null, Ct)),
    };

    private async Task<LeadResult> FollowUp(Viewer owner, Lead lead)
    {
        var call = random.Next(2) == 0;
        return (await new LogFollowUp(shop.Verb).Log(
            owner,
            lead.Id,
            new FollowUpInput
            {
                Method = call ? FollowUpMethod.Call : FollowUpMethod.WeChat,
                Content = "已与客户沟通需求和预算，约定下一步安排",
                Answered = call && random.Next(2) == 0,
                NextStep = random.Next(3) == 0 ? "安排演示" : null,
                NextAt = random.Next(3) == 0 ? clock.GetUtcNow().AddDays(random.Next(1, 20)) : null,
                Changes = random.Next(6) == 0 ? new KeyFields { BudgetMatch = BudgetMatch.Full, Role = BuyingRole.DecisionMaker } : null,
            },
            Ct)).Result;
    }

    private async Task<LeadResult> Edit(Viewer owner, Guid id)
    {
        var (fields, version) = (await shop.Editing.Begin(owner, id, Ct))!.Value;
        return await shop.Editing.Save(owner, id, fields with { Requirement = $"改为采购 {random.Next(5, 500)} 套" }, version, Ct);
    }

    private Task<LeadResult> Touch(Viewer boss, Guid id) =>
        shop.Touching.Touch(boss, id, Pick([TouchKind.CorePageViewed, TouchKind.Downloaded, TouchKind.WebinarAttended, TouchKind.OfflineEventAttended]), null, null, ct: Ct);

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
