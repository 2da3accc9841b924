using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>
/// Makes the demo organisation: people, policies, and six months of leads that went through the real pipeline under a
/// simulated clock.
/// </summary>
public sealed class DemoOrganisation(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    /// <summary>The password of everybody in the demo.</summary>
    public const string Password = "granary-demo-2026";

    private const int Days = 182, LeadsOnAWorkingDay = 37, LeadsOnAFreeDay = 8;

    // For so long the rules of time have been in force: five weeks make a report, and half a year of deadlines would take the start too long.
    private const int DaysUnderRules = 35;
    private static readonly TimeSpan[] Moments = [new(9, 40, 0), new(11, 20, 0), new(14, 30, 0), new(17, 10, 0), new(20, 15, 0)];

    /// <summary>Makes it in an organisation without people; null when there are people already.</summary>
    public async Task<IReadOnlyList<DemoPerson>?> Make(IProgress<int> progress, CancellationToken ct = default)
    {
        if ((await settings.Latest(ct)).People.Count > 0)
        {
            return null;
        }

        var now = time.Now;
        var setting = await settings.Latest(ct);
        var today = setting.Calendar.DateOf(now);
        await store.PrepareEventMonths(setting.Calendar.StartOf(today.AddDays(-Days)), now, ct);
        var clock = new DemoClock(setting.Calendar.StartOf(today.AddDays(-Days)));
        var people = await DemoStaff.Hire(settings, clock, Password, ct);
        await PublishPolicies(clock, ct);
        await JoinPools(ct);
        await Live(clock, setting.Calendar, today, now, progress, ct);
        await DemoReports.Make(store, settings, clock, ct);
        await Look(clock, ct);
        return people;
    }

    // Representatives claim from the public pools, SDRs from theirs; director and supervisor manage them.
    private Task JoinPools(CancellationToken ct) => settings.Change(
        async scope =>
        {
            var setting = await settings.Get(ct);
            string[] open = [PoolKeys.Nurture, PoolKeys.Active, PoolKeys.General, PoolKeys.Company];
            foreach (var person in setting.People.Values)
            {
                var manages = person.Roles.Any(role => role is BuiltInRoles.SalesDirector or "sales_supervisor");
                string[] keys = manages ? [PoolKeys.Sdr, .. open]
                    : person.Roles.Contains(BuiltInRoles.SalesRepresentative) ? open
                    : person.Roles.Contains(BuiltInRoles.Sdr) ? [PoolKeys.Sdr, PoolKeys.Nurture]
                    : [];
                scope.Db.AddRange(keys.Select(key => new PoolMember { PoolId = setting.Pools.Find(key)!.Id, UserId = person.Id, Manages = manages }));
            }
        },
        ct);

    // Consumers of the video platform come again and again: for them the consumer policy holds. How many leads somebody may
    // hold is up to their profile alone, so that those who have much can still claim.
    private Task PublishPolicies(DemoClock clock, CancellationToken ct) => settings.Change(
        async scope =>
        {
            var begun = clock.Now;
            await scope.Db.Set<PolicyVersion>().ExecuteUpdateAsync(v => v.SetProperty(x => x.CreatedAt, begun).SetProperty(x => x.PublishedAt, begun), ct);
            scope.Db.Add(Second(
                clock, PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("广告/抖音广告", DuplicatePolicy.Consumer)] }, "抖音广告按个人客户查重"));
            scope.Db.Add(Second(clock, PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { HoldingCap = null } }, "保有量上限以个人档案为准"));
            scope.Db.Add(Second(clock, PolicyKind.Review, DemoReviews.Policy(await settings.Get(ct)), "大额线索先评审再转商机"));
            // What an event brings from these industries goes to the market pool of its region.
            scope.Db.Add(Second(clock, PolicyKind.NamedAccounts, NamedAccountPolicy.BuiltIn with { TargetIndustries = ["制造业", "软件/企业服务", "装备制造", "电子制造", "新能源"] }, "目标行业以制造业为主"));
        },
        ct);

    // They are held to following up and nothing else, consumers go on after half a day, and one reminder is enough.
    private Task PublishDeadlines(DemoClock clock, CancellationToken ct) => settings.Change(
        scope =>
        {
            var rules = SlaPolicy.BuiltIn.Rules.Where(r => r.Goal == SlaGoal.FollowUp || r.Outcome is SlaOutcome.Recycle)
                .Select(r => r with { Reminders = r.Reminders.Count > 0 ? [80] : [], Minutes = r.Id == "consumer_idle" ? 360 : r.Minutes });
            scope.Db.Add(Second(clock, PolicyKind.Sla, SlaPolicy.BuiltIn with { Rules = [.. rules] }, "只考核跟进和回收时限，到期前提醒一次"));
            return Task.CompletedTask;
        },
        ct);

    private static PolicyVersion Second<T>(DemoClock clock, PolicyKind kind, T policy, string note) =>
        new() { Kind = kind.Name, Version = 2, Body = Json.Write(policy), Note = note, CreatedAt = clock.Now, PublishedAt = clock.Now };

    // They have seen what they were told; only what is of the last day waits for them.
    private Task<int> Look(DemoClock clock, CancellationToken ct) => store.Write(
        scope =>
        {
            var yesterday = clock.Now.AddDays(-1);
            return scope.Db.Set<Notice>().Where(n => n.SeenAt == null && n.At < yesterday).ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, x => x.At), ct);
        },
        ct);

    private async Task Live(DemoClock clock, WorkingCalendar calendar, DateOnly today, DateTimeOffset now, IProgress<int> progress, CancellationToken ct)
    {
        await using var intake = new LeadIntake(store, vault, settings, clock);
        var random = new Random(20261121);
        var deals = new DemoDeals(store, vault, settings, clock, new Random(20261123), new DemoJourneys(store, settings, clock, new Random(20261127)));
        var reviews = new DemoReviews(store, settings, clock, new Random(20261124));
        var (leads, life) = (new DemoLeads(random, now), new DemoLife(store, settings, clock, new Random(20261122)));
        var (named, partners) = (new DemoNamed(store, vault, settings, clock), new DemoPartners(store, vault, settings, clock));
        await using var links = new DemoLinks(store, settings, clock, new DemoLeads(new Random(20261125), now), new Random(20261126));
        var campaigns = new DemoCampaigns(store, vault, settings, clock, intake);
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
        {
            var (working, underRules) = (calendar.IsWorkingDay(day), today.DayNumber - day.DayNumber < DaysUnderRules);
            if (today.DayNumber - day.DayNumber == DaysUnderRules - 1)
            {
                await PublishDeadlines(clock, ct);
            }

            foreach (var (i, moment) in Moments.Index())
            {
                var at = calendar.StartOf(day) + moment;
                if (at > now)
                {
                    return;
                }

                clock.MoveTo(at);
                if (underRules)
                {
                    await life.Live(working && i < Moments.Length - 1, ct);
                }

                if (working && i == 1)
                {
                    await (underRules ? life.ClaimAndDecide(ct) : life.Tidy(ct));
                    await (underRules ? reviews.Live(ct) : Task.CompletedTask);
                    await (underRules ? deals.Live(ct) : Task.CompletedTask);
                }

                if (i == 2 && underRules)
                {
                    await NameAccounts(named, today.DayNumber - day.DayNumber, ct);
                    await (today.DayNumber - day.DayNumber == 4 ? partners.Make(ct) : Task.CompletedTask);
                    await links.Live(intake, today.DayNumber - day.DayNumber, ct);
                }

                if (i == 2)
                {
                    await campaigns.Live(today.DayNumber - day.DayNumber, ct);
                }

                var count = working ? LeadsOnAWorkingDay : LeadsOnAFreeDay;
                var chunk = Enumerable.Range(0, count / Moments.Length).Select(_ => new IntakeRequest { Submission = leads.Next(at - TimeSpan.FromMinutes(random.Next(1, 90))) }).ToList();
                await intake.SubmitMany(chunk, ct);
            }

            progress.Report(100 - ((today.DayNumber - day.DayNumber) * 100 / Days));
        }
    }

    // A month ago marketing made its lists; every week since the accounts went on.
    private static Task NameAccounts(DemoNamed named, int daysAgo, CancellationToken ct) => daysAgo switch
    {
        30 => named.Begin(ct),
        27 or 20 or 13 or 6 => named.Advance(ct),
        _ => Task.CompletedTask,
    };
}
