using Granary.Application.Cleansing;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Cleansing;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Testing;

namespace Granary.Application.Tests.Year;

/// <summary>The rules of a simulated year: all that come with the product are on, and they are edited again and again.</summary>
internal sealed class YearRules(Shop shop, FakeClock clock, YearStaff staff, YearPlan plan)
{
    private const string Regional = "huadong";

    /// <summary>What holds from the first day on: consumers are told from businesses, two lists, three reactivations.</summary>
    public async Task Open()
    {
        await Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy(YearLeads.Consumers, DuplicatePolicy.Consumer)] });
        var listed = await new SaveBlacklistEntry(shop.Settings, shop.Vault, clock).Add(staff.Leads, new BlacklistInput(BlacklistKind.Company, YearLeads.Unwanted, "同行", null), Shop.Ct);
        Assert.IsType<SettingResult.Done>(listed);
        Assert.IsType<SettingResult.Done>(await new SaveSensitiveWord(shop.Settings, clock).Add(staff.Leads, [YearLeads.Sensitive], false, Shop.Ct));
        await Reactivate("每周盘活培育池", new ReactivationPlan
        {
            Select = new() { Pools = [PoolKeys.Nurture], IdleDays = 20 },
            Push = new() { ByRules = true, PerRun = Math.Clamp(plan.Leads / 150, 1, 1_000), PerRecipient = 10 },
            Schedule = new() { Every = ReactivationRhythm.Weekly, Weekdays = [DayOfWeek.Tuesday] },
        });
        await Reactivate("每日盘活公海", new ReactivationPlan
        {
            Select = new() { Pools = [PoolKeys.Active, PoolKeys.General], IdleDays = 10 },
            Push = new() { Target = AssignmentTarget.OfRole(BuiltInRoles.SalesRepresentative), MatchRegion = false, PerRun = Math.Clamp(plan.Leads / 1_000, 1, 1_000), PerRecipient = 3 },
            Schedule = new() { Every = ReactivationRhythm.Daily },
            Campaign = "公海唤醒",
        });
        await Reactivate("每月回到培育", new ReactivationPlan
        {
            Select = new() { Pools = [PoolKeys.Company, PoolKeys.Sdr], IdleDays = 30 },
            Push = new() { Target = AssignmentTarget.OfPool(PoolKeys.Nurture), PerRun = 100 },
            Schedule = new() { Every = ReactivationRhythm.Monthly, Day = 5 },
        });
    }

    /// <summary>What is edited on a day of the year.</summary>
    public async Task Edit(int dayOfYear)
    {
        switch (dayOfYear)
        {
            // Flows in weeks instead of months, so that leads wander through all pools within the year.
            case 40:
                await Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with
                {
                    Flows = [.. PoolPolicy.BuiltIn.Flows.Select(f => f with { AfterDays = f.From == FlowSource.Sales ? f.AfterDays : 45, NextInLine = f.To == PoolKeys.Active })],
                });
                break;
            case 70:
                var manual = new AssignmentRule { Id = "tray", Name = "大单人工分配", When = [new("company.size", Comparison.AnyOf, ["large"]), new("province", Comparison.AnyOf, ["四川", "湖北"])], Target = AssignmentTarget.OfUsers(staff.Director), Method = AssignmentMethod.Manual };
                await Publish(PolicyKind.Assignment, AssignmentPolicy.BuiltIn with { Rules = [manual, .. AssignmentPolicy.BuiltIn.Rules] });
                break;
            case 110:
                Assert.IsType<SettingResult.Done>(await shop.Pools.Create(staff.Administrator, Regional, "华东培育池", Shop.Ct));
                await staff.Staff(Regional, [.. staff.Sellers]);
                var rules = (await shop.Settings.Latest(Shop.Ct)).PoolRules;
                await Publish(PolicyKind.Pools, rules with
                {
                    Pools = new Dictionary<string, PoolRules>(rules.Pools) { [Regional] = new() { Regions = ["上海", "江苏", "浙江", "安徽"], StandsFor = PoolKeys.Nurture } },
                });
                break;
            case 140:
                var idle = SlaPolicy.BuiltIn.Rules.Single(r => r.Id == "business_idle");
                await Publish(PolicyKind.Sla, SlaPolicy.BuiltIn with
                {
                    Rules = [new() { Id = "north", Name = "华北超期转下一人", When = [new("province", Comparison.AnyOf, ["北京", "天津"])], From = idle.From, Minutes = 2 * 24 * 60, Outcome = SlaOutcome.NextInLine }, .. SlaPolicy.BuiltIn.Rules],
                });
                break;
            case 170:
                Assert.IsType<SettingResult.Done>(await new SaveCalendar(shop.Settings, clock).SetDay(staff.Administrator, new DateOnly(2026, 7, 3), false, "司庆", Shop.Ct));
                break;
            case 215:
                await Publish(PolicyKind.Pools, (await shop.Settings.Latest(Shop.Ct)).PoolRules with { ConfirmInvalid = false, ReturnPool = PoolKeys.General });
                break;
            case 240:
                await Publish(PolicyKind.Scoring, (await shop.Settings.Latest(Shop.Ct)).Scoring with { PassMark = new(50) });
                break;
            case 290:
                await Publish(PolicyKind.Sla, SlaPolicy.BuiltIn);
                break;
        }
    }

    private async Task Publish<T>(PolicyKind kind, T policy)
    {
        var saving = new SavePolicy(shop.Store, shop.Settings, clock);
        Done(await saving.Draft(staff.Administrator, kind, Json.Write(policy), Shop.Ct));
        Done(await saving.Publish(staff.Administrator, kind, "年度调整", Shop.Ct));
    }

    private async Task Reactivate(string name, ReactivationPlan what) =>
        Done(await new SaveReactivation(shop.Store, shop.Settings, clock).Create(staff.Leads, new ReactivationInput(name, what), Shop.Ct));

    private static void Done(SettingResult result) => Assert.True(result is SettingResult.Done, result.ToString() + string.Join(", ", (result as SettingResult.Refused)?.Errors ?? []));
}
