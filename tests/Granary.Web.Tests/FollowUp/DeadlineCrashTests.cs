using System.Diagnostics;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Web.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.FollowUp;

/// <summary>Kills the served process in the middle of a sweep: what it did is done, and nothing is done twice.</summary>
public sealed class DeadlineCrashTests
{
    private const int Leads = 1000, Kills = 3;

    // It only reminds, so that the test does not depend on the day of the week on which it runs.
    private static readonly SlaRule Rule = new()
    {
        Id = "crash",
        Name = "crash",
        Minutes = 60,
        Clock = DeadlineClock.Elapsed,
        Outcome = SlaOutcome.Reminder,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_sweep_that_is_killed_loses_nothing_and_does_nothing_twice(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await Overdue(database);
        for (var kill = 0; kill <= Kills; kill++)
        {
            using var process = Typing.Start(database, "--urls", "http://127.0.0.1:0");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            var before = (await Reminded(database)).Count;
            // The last one may finish.
            var enough = kill == Kills ? 3 * Leads : Math.Min(3 * Leads, before + 1);
            var waited = Stopwatch.StartNew();
            while ((await Reminded(database)).Count < enough && waited.Elapsed < TimeSpan.FromSeconds(90))
            {
                await Task.Delay(10, Ct);
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Ct);
            Assert.True((await Reminded(database)).Count >= enough, $"Nothing was swept before the process was killed: {await output}{await error}");
        }

        var reminded = (await Reminded(database)).ToLookup(e => e.SubjectId, e => Json.Read<DeadlineData>(e.Data).Percent);
        Assert.Equal(Leads, reminded.Count);
        Assert.All(reminded, lead => Assert.Equal([50, 80, 100], lead));
        await using var store = new Store(database.Options);
        await using var db = store.Open();
        Assert.Equal(3 * Leads, await db.Set<Notice>().CountAsync(n => n.Kind == NoticeKind.DeadlineNear, Ct));
    }

    /// <summary>Leads that somebody got ten days ago and nobody has followed up.</summary>
    private static async Task Overdue(TestDatabase database)
    {
        var clock = new FakeClock(TimeProvider.System.Now.AddDays(-10));
        await using var store = new Store(database.Options);
        await store.Prepare(clock, Ct);
        using var settings = new SettingCache(store, await store.OpenVault(Ct), clock);
        var admin = await new CreateFirstAdministrator(settings, clock).Create("Crash", "Admin", "admin@example.com", "a-long-password", Ct);
        var owner = Assert.IsType<PeopleResult.Done>(admin).Id;
        await settings.Change(
            scope =>
            {
                scope.Db.Add(Published(PolicyKind.Sla, new SlaPolicy { Rules = [Rule] }));
                scope.Db.Add(Published(PolicyKind.Assignment, new AssignmentPolicy
                {
                    Rules = [new() { Id = "all", Name = "all", Target = AssignmentTarget.OfUsers([owner]), Method = AssignmentMethod.RoundRobin }],
                }));
                return scope.Db.Users.Where(u => u.Id == owner).ExecuteUpdateAsync(u => u.SetProperty(x => x.Profile, Json.Write(new AssignmentProfile { HoldingCap = null })), Ct);
            },
            Ct);
        await using var intake = new LeadIntake(store, await store.OpenVault(Ct), settings, clock);
        await intake.SubmitMany(
            [
                .. Enumerable.Range(0, Leads).Select(i => new IntakeRequest
                {
                    Submission = new LeadSubmission { Channel = "官网/百度搜索", Contact = new ContactDetails { Name = "张三", Phones = [$"139{10_000_000 + (i * 7919):00000000}"] } },
                }),
            ],
            Ct);
        Assert.Equal(Leads, await Owned(store));

        PolicyVersion Published<T>(PolicyKind kind, T policy) => new() { Kind = kind.Name, Version = 2, Body = Json.Write(policy), CreatedAt = clock.Now, PublishedAt = clock.Now };
    }

    private static async Task<int> Owned(Store store)
    {
        await using var db = store.Open();
        return await db.Set<OwnershipRecord>().CountAsync(o => o.To == null, Ct);
    }

    private static async Task<List<EventRecord>> Reminded(TestDatabase database)
    {
        await using var store = new Store(database.Options);
        await using var db = store.Open();
        return await db.Set<EventRecord>().AsNoTracking().Where(e => e.Kind == LeadEvent.Reminded).OrderBy(e => e.Position).ToListAsync(Ct);
    }
}
