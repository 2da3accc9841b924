using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Matching;
using Granary.Domain.Ownership;
using Granary.Domain.People;
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
                var role = person.Roles.Count > 0 ? person.Roles[0] : null;
                string[] keys = role switch
                {
                    BuiltInRoles.SalesRepresentative => open,
                    BuiltInRoles.Sdr => [PoolKeys.Sdr, PoolKeys.Nurture],
                    BuiltInRoles.SalesDirector or "sales_supervisor" => [PoolKeys.Sdr, .. open],
                    _ => [],
                };
                var manages = role is BuiltInRoles.SalesDirector or "sales_supervisor";
                scope.Db.AddRange(keys.Select(key => new PoolMember { PoolId = setting.Pools.Find(key)!.Id, UserId = person.Id, Manages = manages }));
            }
        },
        ct);

    // Consumers of the video platform come again and again: for them the consumer policy holds. How many leads somebody may
    // hold is up to their profile alone, so that those who have much can still claim.
    private Task PublishPolicies(DemoClock clock, CancellationToken ct) => settings.Change(
        scope =>
        {
            PolicyVersion Second<T>(PolicyKind kind, T policy, string note) =>
                new() { Kind = kind.Name, Version = 2, Body = Json.Write(policy), Note = note, CreatedAt = clock.Now, PublishedAt = clock.Now };
            scope.Db.Add(Second(
                PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("广告/抖音广告", DuplicatePolicy.Consumer)] }, "抖音广告按个人客户查重"));
            scope.Db.Add(Second(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { HoldingCap = null } }, "保有量上限以个人档案为准"));
            return Task.CompletedTask;
        },
        ct);

    private async Task Live(DemoClock clock, WorkingCalendar calendar, DateOnly today, DateTimeOffset now, IProgress<int> progress, CancellationToken ct)
    {
        await using var intake = new LeadIntake(store, vault, settings, clock);
        var random = new Random(20261121);
        var leads = new DemoLeads(random);
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
        {
            var count = calendar.IsWorkingDay(day) ? LeadsOnAWorkingDay : LeadsOnAFreeDay;
            foreach (var moment in Moments)
            {
                var at = calendar.StartOf(day) + moment;
                if (at > now)
                {
                    return;
                }

                clock.MoveTo(at);
                var chunk = Enumerable.Range(0, count / Moments.Length).Select(_ => new IntakeRequest { Submission = leads.Next(at - TimeSpan.FromMinutes(random.Next(1, 90))) }).ToList();
                await intake.SubmitChunk(chunk, (_, _) => Task.CompletedTask, ct);
            }

            progress.Report(100 - ((today.DayNumber - day.DayNumber) * 100 / Days));
        }
    }
}
