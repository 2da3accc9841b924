using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.FollowUp.Office;

namespace Granary.Application.Tests.FollowUp;

public sealed class DeadlineConsumerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_policy_that_is_published_changes_the_deadlines_of_leads_that_are_there(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        var boss = await office.Shop.Hire("Boss", "system_administrator");
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.Work();
        Assert.Equal(China(3, 3, 9), (await office.Timer(lead))!.DeadlineAt);

        var saving = new SavePolicy(office.Shop.Store, office.Shop.Settings, office.Shop.Time);
        var policy = new SlaPolicy { Rules = [BuiltIn("first_contact") with { Minutes = 120 }] };
        Assert.IsType<SettingResult.Done>(await saving.Draft(boss, PolicyKind.Sla, Json.Write(policy), Ct));
        Assert.IsType<SettingResult.Done>(await saving.Publish(boss, PolicyKind.Sla, "faster", Ct));
        await office.Work();

        Assert.Equal(China(3, 2, 11), (await office.Timer(lead))!.DeadlineAt);
    }

    [Theory, OnBothDatabases]
    public async Task Taking_the_log_twice_changes_nothing(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.At(3, 2, 21);
        var before = await office.Timer(lead);

        await office.Shop.Store.Write(scope => scope.Db.Set<LogPosition>().ExecuteUpdateAsync(p => p.SetProperty(x => x.Position, 0), Ct), Ct);
        await office.Work();

        Assert.Equal((before!.DueAt, before.State), ((await office.Timer(lead))!.DueAt, (await office.Timer(lead))!.State));
        Assert.Equal(["first_contact 50"], await office.Log(lead));
    }

    [Theory, OnBothDatabases]
    public async Task An_organisation_from_before_is_armed_from_the_beginning_of_its_log(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        await office.Shop.Hire("Zhang", profile: new() { HoldingCap = null });
        await office.Shop.Intake.SubmitMany([.. Enumerable.Range(0, 1010).Select(_ => new IntakeRequest { Submission = office.Shop.Lead() })], Ct);

        // More than one batch of events.
        Assert.True(await office.Follow() > 2000);

        Assert.Equal(1010, await office.Shop.Read(db => db.Set<LeadTimer>().CountAsync(Ct)));
        Assert.Equal(1010, await office.Shop.Read(db => db.Set<LeadResponse>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Whatever_of_a_lead_a_rule_asks_for_is_read(DatabaseKind kind)
    {
        await using var office = await Open(kind);
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.Shop.Store.Write(
            scope => scope.Db.Set<Lead>().ExecuteUpdateAsync(l => l.SetProperty(x => x.ProjectGrade, "A").SetProperty(x => x.Campaign, "autumn").SetProperty(x => x.Requirement, "CRM").SetProperty(x => x.City, "苏州"), Ct), Ct);
        List<string> asked = [];
        foreach (var field in DeadlineFacts.Fields.Select(f => f.Name))
        {
            await office.Shop.Publish(PolicyKind.Sla, new SlaPolicy { Rules = [BuiltIn("first_contact") with { When = [new(field, Comparison.Present)] }] });
            await office.Change(lead, _ => { }, LeadEvent.Edited);
            await office.Follow();
            if (await office.Timer(lead) is not null)
            {
                asked.Add(field);
            }

            // The check reads whole leads.
            Assert.Empty((await new CheckTimers(office.Shop.Store, office.Shop.Settings, office.Clock).Run(Ct)).Differences);
        }

        Assert.Superset(new HashSet<string>(["audience", "owner.role", "channel", "campaign", "company.industry", "city", "requirement", "score", "priority", "cell", "mature", "grade"]), asked.ToHashSet());
    }

    [Theory, OnBothDatabases]
    public async Task Leave_that_is_approved_later_moves_the_deadlines_of_its_owner(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact") with { PausesOnLeave = true });
        var zhang = await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.Work();

        await office.Shop.Settings.Change(
            async scope =>
            {
                var user = await scope.Db.Users.SingleAsync(u => u.Id == zhang, Ct);
                user.Profile = Json.Write(new AssignmentProfile { Leave = [new(new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 5))] });
                scope.Db.Add(new EventRecord { At = office.Clock.Now, SubjectId = zhang, Kind = "user.changed" });
            },
            Ct);
        await office.Work();

        Assert.Equal(China(3, 6, 9), (await office.Timer(lead))!.DeadlineAt);
    }

    [Theory, OnBothDatabases]
    public async Task A_position_that_is_held_back_by_a_running_transaction_is_not_skipped(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            // There is one writer: nothing is ever held back.
            return;
        }

        await using var office = await Open(kind);
        var (store, log) = (office.Shop.Store, new EventLog(office.Shop.Store));
        var start = await log.Settled(Ct);
        await using var slow = store.Open();
        await using var transaction = await slow.Database.BeginTransactionAsync(Ct);
        slow.Add(new EventRecord { At = office.Clock.Now, SubjectId = Guid.NewGuid(), Kind = "lead.slow" });
        await slow.SaveChangesAsync(Ct);
        await store.Write(
            async scope =>
            {
                scope.Db.Add(new EventRecord { At = office.Clock.Now, SubjectId = Guid.NewGuid(), Kind = "lead.quick" });
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);

        Assert.Equal(start, await log.Settled(Ct));
        await transaction.CommitAsync(Ct);
        var settled = start;
        while (settled < start + 2)
        {
            // Transactions of other tests on this server hold it back too.
            await Task.Delay(5, Ct);
            settled = await log.Settled(Ct);
        }

        await using var db = store.Open();
        Assert.Equal(["lead.slow", "lead.quick"], (await EventLog.Read(db, start, settled, 10, Ct)).Select(e => e.Kind));
    }

    [Theory, OnBothDatabases]
    public async Task Pools_flow_by_their_rules_and_the_blacklist_does_not(DatabaseKind kind)
    {
        await using var office = await Open(kind);
        await office.Shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with
        {
            Flows =
            [
                new() { Id = "sdr_active", Name = "sdr_active", Pool = "sdr", AfterDays = 7, To = "active" },
                new() { Id = "out", Name = "out", Pool = "blacklist", AfterDays = 1, To = "general" },
            ],
        });
        var (lead, black) = (await office.Lead(), await office.Lead());
        await office.Shop.Store.Write(
            async scope =>
            {
                var pool = await scope.Db.Set<Pool>().SingleAsync(p => p.Key == "blacklist", Ct);
                await scope.Db.Set<Lead>().Where(l => l.Id == black).ExecuteUpdateAsync(l => l.SetProperty(x => x.PoolId, pool.Id), Ct);
            },
            Ct);
        Assert.Equal("sdr", await office.PoolOf(lead));

        await office.At(3, 9, 8, 59);
        Assert.Equal("sdr", await office.PoolOf(lead));
        await office.At(3, 9, 9);

        Assert.Equal("active", await office.PoolOf(lead));
        Assert.Equal("blacklist", await office.PoolOf(black));
        Assert.Equal("flow", await office.Shop.Read(db => db.Set<Decision>().Where(d => d.LeadId == lead).OrderByDescending(d => d.Id).Select(d => d.Kind).FirstAsync(Ct)));
    }
}
