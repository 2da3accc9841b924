using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Bench;

/// <summary>
/// What a sweep of 1,000 due timers costs with few and with many timers stored, and how late a deadline acts while intake runs
/// at full speed. The two databases take turns, so that both sides see the same machine.
/// </summary>
internal static class TimerBench
{
    private const int Due = 1000, Rounds = 15, Seconds = 60;

    // Wall time, so that the day of the week on which it is measured does not matter.
    private static readonly SlaPolicy Policy = new()
    {
        Rules = [new() { Id = "bench", Name = "bench", Minutes = 1440, Clock = DeadlineClock.Elapsed, Reminders = [50] }],
    };

    public static async Task<int> Run(string[] args)
    {
        var postgres = !args.Contains("sqlite");
        var many = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, postgres ? 10_000_000 : 1_000_000);
        const int Few = 10_000;
        await using var small = await Open(postgres, Few);
        await using var large = await Open(postgres, many);
        List<double> ratios = [], costs = [];
        for (var round = 0; round < Rounds; round++)
        {
            var little = await Sweep(small);
            var much = await Sweep(large);
            if (round >= 3)
            {
                ratios.Add(much / little);
                costs.Add(much);
            }
        }

        Console.WriteLine($"sweep of {Due:N0} due timers: {Median(ratios):0.00} × as much with {many:N0} stored as with {Few:N0} ({Median(costs) * 1000:0} ms)");
        await Latency(small);
        return 0;
    }

    /// <summary>Leads of which more than a thousand are owned, and besides them timers that are due in years.</summary>
    private static async Task<Organisation> Open(bool postgres, int timers)
    {
        var organisation = await Organisation.Open(postgres);
        await organisation.Settings.Change(scope =>
        {
            scope.Db.Add(new PolicyVersion { Kind = PolicyKind.Sla.Name, Version = 2, Body = Json.Write(Policy), CreatedAt = DateTimeOffset.UnixEpoch, PublishedAt = DateTimeOffset.UnixEpoch });
            return Task.CompletedTask;
        });
        var leads = new SampleLeads(17);
        await organisation.Intake.SubmitMany([.. Enumerable.Range(0, 8 * Due).Select(i => new IntakeRequest { Submission = leads.Lead(i) })]);
        await Consumer(organisation).Run();
        var watch = Stopwatch.StartNew();
        await Execute(organisation, postgres
            ? $"INSERT INTO timer (lead_id, due_at, rule_id, percent, deadline_at, deadline_rule, state) SELECT gen_random_uuid(), now() + interval '1 year' + n * interval '1 second', 'bench', 50, now() + interval '2 years', 'bench', '{{{{}}}}' FROM generate_series(1, {timers}) AS n"
            : $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {timers}) INSERT INTO timer (lead_id, due_at, rule_id, percent, deadline_at, deadline_rule, state) SELECT randomblob(16), 4102444800000 + i, 'bench', 50, 4133980800000, 'bench', '{{{{}}}}' FROM n");
        Console.WriteLine($"  stored {timers:N0} timers in {watch.Elapsed.TotalSeconds:0} s");
        if (postgres)
        {
            await using var analyze = organisation.Store.Source!.CreateCommand("VACUUM ANALYZE");
            analyze.CommandTimeout = 0;
            await analyze.ExecuteNonQueryAsync();
        }

        return organisation;
    }

    /// <summary>Makes the reminder of every real lead due, and sweeps.</summary>
    private static async Task<double> Sweep(Organisation organisation)
    {
        var now = TimeProvider.System.Now;
        await MakeDue(organisation, _ => now.AddHours(-13));
        var watch = Stopwatch.StartNew();
        var done = await new SweepDeadlines(organisation.Store, organisation.Settings, TimeProvider.System).Sweep();
        if (done < Due)
        {
            throw new InvalidOperationException($"Only {done} timers were swept.");
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task Latency(Organisation organisation)
    {
        var begin = TimeProvider.System.Now;
        // Half of a day is over for one lead after another within the next seconds.
        await MakeDue(organisation, i => begin.AddHours(-12).AddMilliseconds(2000 + (i * (Seconds - 20) * 1000 / Due)));
        var leads = new SampleLeads(23);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        var number = 0;
        ConcurrentBag<int> landed = [];
        async Task Intake()
        {
            while (!stop.IsCancellationRequested)
            {
                var from = 1_000_000L + (Interlocked.Increment(ref number) * 200L);
                await Task.WhenAll(Enumerable.Range(0, 200).Select(i => organisation.Intake.Submit(new IntakeRequest { Submission = leads.Lead(from + i) })));
                landed.Add(200);
            }
        }

        async Task Every(TimeSpan time, Func<Task> work)
        {
            while (!stop.IsCancellationRequested)
            {
                await work();
                await Task.Delay(time);
            }
        }

        var consumer = Consumer(organisation);
        var sweep = new SweepDeadlines(organisation.Store, organisation.Settings, TimeProvider.System);
        await Task.WhenAll(
            Task.Run(Intake), Task.Run(Intake), Task.Run(() => Every(TimeSpan.FromSeconds(1), () => consumer.Run())), Task.Run(() => Every(TimeSpan.FromSeconds(5), () => sweep.Sweep())));
        await using var db = organisation.Store.Open();
        var acted = (await db.Set<EventRecord>().Where(e => e.Kind == LeadEvent.Reminded && e.At >= begin).ToListAsync())
            .ConvertAll(e => (e.At - Json.Read<DeadlineData>(e.Data).DeadlineAt.AddHours(-12)).TotalSeconds);
        Console.WriteLine($"while intake took {landed.Sum() / Seconds}/s: {acted.Count:N0} of {Due:N0} acted, median {Median(acted):0.0} s and at most {acted.Max():0.0} s after they were due");
    }

    private static Task MakeDue(Organisation organisation, Func<int, DateTimeOffset> from) => organisation.Store.Write(async scope =>
    {
        var real = await scope.Db.Set<LeadTimer>().Where(t => scope.Db.Set<OwnershipRecord>().Any(o => o.LeadId == t.LeadId && o.To == null)).OrderBy(t => t.LeadId).Take(Due).ToListAsync();
        var ids = real.ConvertAll(t => t.LeadId);
        var owned = await scope.Db.Set<OwnershipRecord>().Where(o => ids.Contains(o.LeadId)).ToDictionaryAsync(o => o.LeadId);
        foreach (var (i, timer) in real.Index())
        {
            owned[timer.LeadId].From = from(i);
            (timer.State, timer.DueAt) = ("{}", from(i).AddHours(12));
        }

        await scope.Db.SaveChangesAsync();
    });

    private static DeadlineConsumer Consumer(Organisation organisation) =>
        new(organisation.Store, organisation.Settings, new Granary.Application.Storage.EventLog(organisation.Store), TimeProvider.System);

    private static Task Execute(Organisation organisation, string sql) => organisation.Store.Write(async scope =>
    {
        scope.Db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await scope.Db.Database.ExecuteSqlRawAsync(sql);
    });

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
