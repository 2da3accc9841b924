using System.Globalization;
using System.Text;
using Granary.Application.Analytics;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Intake.Import;
using Granary.Application.Ownership.Recount;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Year;

public sealed class ReplayedYearTests
{
    private const int Leads = 600, Seed = 20261127;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_year_ends_with_every_lead_somewhere_and_tables_that_say_what_the_log_says(DatabaseKind kind)
    {
        var only = Environment.GetEnvironmentVariable("GRANARY_YEAR_DATABASE");
        Assert.SkipWhen(only is { Length: > 0 } && !string.Equals(only, kind.ToString(), StringComparison.OrdinalIgnoreCase), "Only the other database is asked for.");
        var plan = new YearPlan(Given("GRANARY_YEAR_LEADS") ?? Leads, Given("GRANARY_YEAR_SEED") ?? Seed);
        await using var year = await SimulatedYear.Open(kind, plan);
        await year.Background.Timed("all", year.Live);

        var recount = new RecountResult();
        var timers = new TimerCheck();
        await year.Background.Timed("recount", async () => recount = await new RecountLeads(year.Shop.Store).Run(Ct));
        await year.Background.Timed("check_timers", async () => timers = await new CheckTimers(year.Shop.Store, year.Shop.Settings, year.Shop.Time).Run(Ct));
        ReportCheck? reports = null;
        await year.Background.Timed("verify_reports", async () => reports = await new VerifyReports(year.Shop.Store, year.Shop.Settings).Run(Ct));
        var told = await Report(kind, plan, year, recount, timers);
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        if (Environment.GetEnvironmentVariable("GRANARY_YEAR_REPORT") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, told, Ct);
        }

        Assert.Empty(recount.Nowhere);
        Assert.True(recount.Differences.Count + timers.Differences.Count == 0, told);
        Assert.Equal(0, timers.Waiting);
        Assert.Equal("", string.Join('\n', reports!.Differences.Take(20).Select(d => d.What)));
        Assert.Equal((0, true), (reports.Waiting, reports.Facts > 0));
        await year.Shop.HoldingsAreExact();
        var gone = await year.Shop.Read(db => db.Users.Where(u => u.Status == PersonStatus.Departed).Select(u => u.Id).ToListAsync(Ct));
        Assert.Equal(7, gone.Count);
        Assert.Equal(0, await year.Shop.Read(db => db.Set<Lead>().CountAsync(l => gone.Contains(l.OwnerId ?? Guid.Empty) || gone.Contains(l.TrayUserId ?? Guid.Empty), Ct)));
        // The year was a full one: everything that people can do was done, and imports were taken back.
        Assert.All(year.Acts.Counts, act => Assert.True(act.Value.Done > 0, act.Key));
        Assert.Equal(2, year.Reverted.OfType<RevertResult.Reverted>().Count());
        Assert.All(new[] { "Owned", "Pool", "Converted", "Invalid", "Voided" }, state => Assert.True(recount.States.GetValueOrDefault(state) > 0, state));
    }

    private static int? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static async Task<string> Report(DatabaseKind kind, YearPlan plan, SimulatedYear year, RecountResult recount, TimerCheck timers)
    {
        var pools = (await year.Shop.Settings.Latest(Ct)).Pools;
        var events = await year.Shop.Read(db => db.Set<EventRecord>().GroupBy(e => e.Kind).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(Ct));
        var violations = await year.Shop.Read(db => db.Set<Violation>().CountAsync(Ct));
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name,-14} {value}\n");
        Line("year", $"{kind}, seed {plan.Seed}, {plan.Leads} submissions, {plan.Sellers} representatives, {plan.Cleaners} SDRs, {plan.Acts} acts");
        Line("leads", $"{recount.Leads}: {string.Join(", ", recount.States.Select(s => $"{s.Key} {s.Value}"))}");
        Line("pools", string.Join(", ", recount.Pools.Select(p => $"{pools.Find(p.Key)?.Key ?? p.Key.ToString()} {p.Value}").Order(StringComparer.Ordinal)));
        Line("ownerships", $"{recount.Ownerships}");
        Line("events", $"{events.Sum(e => e.Count)}: {string.Join(", ", events.Select(e => $"{e.Key} {e.Count}"))}");
        Line("acts", string.Join(", ", year.Acts.Counts.Select(a => $"{a.Key} {a.Value.Done}/{a.Value.Tried}")));
        Line("violations", $"{violations}");
        Line("timers", $"{timers.Timers}, waiting {timers.Waiting}, wrong {timers.Differences.Count}");
        Line("nowhere", $"{recount.Nowhere.Count} {string.Join(' ', recount.Nowhere.Take(20))}");
        Line("differences", $"{recount.Differences.Count}");
        Line("seconds", string.Join(", ", year.Background.Seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.0}"))));
        foreach (var difference in recount.Differences.Concat(timers.Differences).Take(50))
        {
            Line("  differs", $"{difference.Id} {difference.What}");
        }

        return text.ToString();
    }
}
