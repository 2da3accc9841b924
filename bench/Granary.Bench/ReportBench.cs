using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Reports;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Bench;

/// <summary>
/// Each report over a year that begins and ends within a month, with few and with many leads stored and ten times as many touches: facts and rollups
/// are filled by the product's own functions, touches by the database. For somebody who sees all, and for a team of five. Rows are made as far as a page shows them.
/// </summary>
internal static class ReportBench
{
    private const int Rounds = 30, Chunk = 5_000, Few = 10_000, Days = 1_095, TouchesOfDeal = 10, PageRows = 200;

    // A server at work runs code that has been compiled for good; that is done beside the first calls, and is over when nothing has been compiled for this long.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(30);

    private static readonly DateOnly Begin = new(2024, 1, 1);
    private static readonly string[] Industries = ["软件", "机械", "化工", "汽车", "电子", "医药", "食品", "物流", "教育", "金融"], Regions = ["北京", "上海", "广东", "江苏", "浙江", "四川", "湖北", "山东", "福建", "陕西"];

    private static readonly string[] Reasons = ["price", "timing", "noBudget", "competitor", "noNeed"];
    private static readonly Guid[] Pools = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];

    private const string PostgresTouches = "INSERT INTO touch (id, lead_id, kind, at, count) SELECT gen_random_uuid(), lead_id, 1 + n % 5, received_on + make_interval(days => n), 1 FROM lead_fact CROSS JOIN generate_series(1, 10) n";

    private const string SqliteTouches = "INSERT INTO touch (id, lead_id, kind, at, count) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT randomblob(16), lead_id, 1 + i % 5, unixepoch(received_on) * 1000 + i * 86400000, 1 FROM lead_fact CROSS JOIN n";

    public static async Task<int> Run(string[] args)
    {
        var many = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 1_000_000);
        foreach (var postgres in new[] { true, false }.Where(p => !args.Contains(p ? "sqlite" : "postgres")))
        {
            await using var small = await Organisation.Open(postgres);
            await using var large = await Organisation.Open(postgres);
            await Fill(small, Few);
            await Fill(large, many);
            var named = Asked.Where(a => args.Contains(a.Report.Name)).ToList();
            foreach (var asked in named.Count > 0 ? named : Asked)
            {
                foreach (var team in new[] { false, true })
                {
                    var (few, lot) = await Measure(small, large, asked, team);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{(postgres ? "PostgreSQL" : "SQLite")} {asked.Name} {(team ? "team of five" : "everybody")}: {lot * 1000:0.0} ms with {many:N0} leads, {few * 1000:0.0} ms with {Few:N0}: {lot / few:0.00} ×"));
                }
            }
        }

        return 0;
    }

    private static IEnumerable<Question> Asked => [.. Whole, .. Whole.Where(q => q.Report.Filters && q.Report is not MeetingReport).SelectMany(q => new[] { q with { Channels = ["渠道1"] }, q with { Channels = ["渠道1"], Regions = ["北京"] } })];

    private static IEnumerable<Question> Whole =>
    [
        new(new FunnelReport(), Options("basis", "cohort")), new(new FunnelReport(), Options("basis", "activity")), new(new FunnelReport(), Options("by", "owner")), new(new MilestoneReport(), []),
        new(new MilestoneReport(), Options("basis", "activity")), new(new ChannelReport(), Options("level", "channel")), new(new ChannelReport(), Options("level", "keyword")),
        new(new AttributionReport(), Options("model", "u")), new(new CreditReport(), []), new(new StatusReport(), []), new(new InvalidReport(), []), new(new EfficiencyReport(TimeProvider.System), []),
        new(new KpiReport(), Options("basis", "cohort")), new(new KpiReport(), Options("lines", "month")), new(new RetrospectiveReport(), []), new(new FluctuationReport(), Options("span", "day")),
        new(new FluctuationReport(), Options("span", "month")), new(new DemandReport(), Options("demand", "product")), new(new MeetingReport(TimeProvider.System), Options("pack", "week")),
        new(new MeetingReport(TimeProvider.System), Options("pack", "month")), new(new MeetingReport(TimeProvider.System), Options("pack", "quarter")), new(new SupplyReport(TimeProvider.System), []),
    ];

    private static Dictionary<string, IReadOnlyList<string>> Options(string name, string value) => new() { [name] = [value] };

    private static async Task Fill(Organisation organisation, int count)
    {
        var (watch, random) = (Stopwatch.StartNew(), new Random(17));
        var people = (await organisation.Settings.Get()).People.Keys.ToArray();
        var channels = Enumerable.Range(0, 30).Select(i => new Channel { Id = Guid.CreateVersion7(), Path = $"渠道{i % 6}/来源{i}", Confirmed = true }).ToArray();
        await organisation.Settings.Change(scope => { scope.Db.AddRange(channels); return Task.CompletedTask; });
        for (var from = 0; from < count; from += Chunk)
        {
            var facts = Enumerable.Range(from, Math.Min(Chunk, count - from)).Select(i => Fact(random, people, channels, i, count)).ToList();
            var deals = facts.FindAll(f => f.OpportunityId is not null).ConvertAll(f => Deal(random, channels, f));
            await new FillFacts(organisation.Store).Put(facts, deals, facts.ConvertAll(f => Work(random, f)));
        }

        await organisation.Store.Write(async scope => await scope.Db.Database.ExecuteSqlRawAsync(organisation.Store.IsSqlite ? SqliteTouches : PostgresTouches));
        await organisation.Store.Write(async scope => await scope.Db.Database.ExecuteSqlRawAsync("ANALYZE"));
        await using var db = organisation.Store.Open();
        Console.WriteLine($"  filled {count:N0} leads and {await db.Set<ReportSheet>().CountAsync():N0} sheets, ten touches for each lead, in {watch.Elapsed.TotalSeconds:0} s");
    }

    // What somebody did with the lead: they got it, answered, followed up, and had it reviewed.
    private static WorkFact Work(Random random, LeadFact fact)
    {
        var (owner, day) = (fact.OwnerId, fact.ReceivedOn);
        var (answered, converted) = (fact.FollowedOn is not null || random.Next(3) > 0, fact.OpportunityOn is not null);
        Ended? ended = converted ? Ended.Converted : random.Next(3) == 0 ? Ended.Recycled : null;
        Guid? pool = random.Next(4) == 0 ? Pools[random.Next(Pools.Length)] : null;
        List<WorkPart> parts =
        [
            new(WorkCube.Held, owner, day, new HeldKey((Acquired)random.Next(1, 4), ended).Text, new(1, answered ? 1 : 0, converted ? 1 : 0)),
            new(WorkCube.HeldFrom, owner, day, new HeldFromKey(pool, ended).Text, new(1)),
            new(WorkCube.Due, owner, day, "", new(1, answered ? 1 : 0)),
            new(WorkCube.ReviewCohort, owner, day, "", new(1, fact.MqlOn is null ? 0 : 1, converted ? 1 : 0)),
            new(WorkCube.ReviewActivity, owner, day, "", new(1)),
        ];
        if (pool is { } from)
        {
            parts.Add(new(WorkCube.PoolMoves, LeadFact.Nobody, day, PoolMove.Key(PoolMove.Fresh, from), new(1)));
            parts.Add(new(WorkCube.PoolMoves, owner, day, PoolMove.Key(from, PoolMove.Owners), new(1)));
        }
        else if (random.Next(10) == 0)
        {
            parts.Add(new(WorkCube.Stock, ReportSheet.Everybody, day, Pools[random.Next(Pools.Length)].ToString("N"), new(1)));
        }

        if (answered)
        {
            parts.Add(new(WorkCube.Waits, owner, day, WaitScale.Of(Math.Exp(random.NextDouble() * 7)).ToString(CultureInfo.InvariantCulture), new(1)));
            parts.Add(new(WorkCube.FollowUps, owner, day, "", new(3, 2, random.Next(2))));
        }
        else if (random.Next(2) == 0)
        {
            parts.Add(new(WorkCube.Violations, owner, day, "", new(1)));
        }

        if (fact.MqlOn is { } passed)
        {
            parts.Add(new(WorkCube.ReviewActivity, owner, passed, "", new(0, 1)));
        }

        if (fact.OpportunityOn is { } made)
        {
            var won = fact.WonOn is null ? 0 : 1;
            parts.Add(new(WorkCube.ReviewActivity, owner, made, "", new(0, 0, 1)));
            parts.Add(new(WorkCube.RetroCohort, owner, day, won == 0 ? Reasons[random.Next(Reasons.Length)] : "", new(1, won, won, won * random.Next(90))));
            parts.Add(new(WorkCube.RetroActivity, owner, fact.WonOn ?? made, won == 0 ? Reasons[random.Next(Reasons.Length)] : "", new(1, won, won, won * random.Next(90))));
        }

        return WorkFact.Of(fact.LeadId, parts);
    }

    // Leads come in the order of time, as they do in life.
    private static LeadFact Fact(Random random, Guid[] people, Channel[] channels, int number, int of)
    {
        var received = Begin.AddDays((int)((long)number * Days / of));
        DateOnly? Next(DateOnly? before, double share, int days) => before is { } day && random.NextDouble() < share ? day.AddDays(random.Next(days)) : null;
        var mql = Next(received, .4, 10);
        var sql = Next(mql, .5, 20);
        var made = Next(sql, .5, 20);
        var won = Next(made, .25, 90);
        var paid = Next(won, .8, 30);
        var amount = random.Next(1_000, 900_000);
        var invalid = mql is null && random.Next(4) == 0;
        var (channel, owner) = (channels[(int)Math.Sqrt(random.Next(channels.Length * channels.Length))], people[random.Next(people.Length)]);
        return new LeadFact
        {
            LeadId = Guid.CreateVersion7(new DateTimeOffset(received, default, default)),
            OwnerId = owner,
            FirstOwnerId = owner,
            ChannelId = channel.Id,
            Campaign = number % 3 == 0 ? $"活动{random.Next(50)}" : null,
            Keyword = number % 2 == 0 ? $"词{random.Next(200)}" : null,
            Content = number % 5 == 0 ? $"文{random.Next(50)}" : null,
            Industry = Industries[random.Next(Industries.Length)],
            Region = Regions[random.Next(Regions.Length)],
            Products = number % 2 == 0 ? ["CRM"] : ["ERP", "MES"],
            Status = (int)(invalid ? LeadStatus.Invalid : LeadStatus.Pending),
            InvalidReason = invalid ? Reasons[random.Next(Reasons.Length)] : null,
            ReceivedOn = received,
            RecordedOn = received,
            AssignedOn = received,
            FollowedOn = mql,
            MqlOn = mql,
            SqlOn = sql,
            OpportunityOn = made,
            WonOn = won,
            PaidOn = paid,
            LastOn = paid ?? won ?? made ?? sql ?? mql ?? received,
            OpportunityId = made is null ? null : Guid.CreateVersion7(new DateTimeOffset(made.Value, default, default)),
            Amount = made is null ? 0 : amount,
            WonAmount = won is null ? 0 : amount,
            PaidAmount = paid is null ? 0 : amount,
            Payments = paid is { } on ? Json.Write(new[] { new PaidOnDay(on, amount) }) : "[]",
        };
    }

    private static DealFact Deal(Random random, Channel[] channels, LeadFact fact)
    {
        var made = new DateTimeOffset(fact.OpportunityOn!.Value, new TimeOnly(12, 0), default);
        return new DealFact
        {
            OpportunityId = fact.OpportunityId!.Value,
            LeadId = fact.LeadId,
            OwnerId = fact.OwnerId,
            SellerId = fact.OwnerId,
            ChannelId = fact.ChannelId,
            Campaign = fact.Campaign,
            CreatedAt = made,
            CreatedOn = fact.OpportunityOn.Value,
            WonAt = fact.WonOn is { } won ? new DateTimeOffset(won, new TimeOnly(12, 0), default) : null,
            WonOn = fact.WonOn,
            Amount = fact.Amount,
            WonAmount = fact.WonAmount,
            Path = TouchPath.Write(Enumerable.Range(0, TouchesOfDeal).Select(i => new PathTouch(made.AddMinutes(-random.Next(100_000)), channels[random.Next(channels.Length)].Id, i % 2 == 0 ? null : $"活动{random.Next(50)}", i))),
            CreditLeadId = fact.LeadId,
            CreditChannelId = fact.ChannelId,
            CreditCampaign = fact.Campaign,
        };
    }

    // In turns, so that both see the same machine.
    private static async Task<(double Few, double Lot)> Measure(Organisation small, Organisation large, Question asked, bool team)
    {
        var (few, lot) = (await Ready(small, asked, team), await Ready(large, asked, team));
        List<double> fews = [], lots = [];
        await WarmUp(async () => { await few(); await lot(); });
        for (var round = 0; round < Rounds; round++)
        {
            fews.Add(await Time(few));
            lots.Add(await Time(lot));
        }

        return (Median(fews), Median(lots));
    }

    private static async Task WarmUp(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var (compiled, last) = (0L, begun); Stopwatch.GetElapsedTime(last) < Settled && Stopwatch.GetElapsedTime(begun) < Patience;)
        {
            await work();
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                (compiled, last) = (now, Stopwatch.GetTimestamp());
            }
        }
    }

    private static async Task<Func<Task>> Ready(Organisation organisation, Question asked, bool team)
    {
        var people = (await organisation.Settings.Get()).People.Keys.ToArray();
        var viewer = new Viewer { UserId = people[0], Name = "", Team = people[..5], Grants = new Dictionary<Permission, DataScope> { [Permission.ViewReports] = team ? DataScope.Team : DataScope.All } };
        var build = new BuildReport(organisation.Store, organisation.Settings, [asked.Report]);
        var query = new ReportQuery { From = new DateOnly(2025, 3, 10), To = new DateOnly(2026, 3, 9), Compare = ReportCompare.LastYear, Options = asked.Options, Channels = asked.Channels, Regions = asked.Regions };
        return async () =>
        {
            foreach (var table in (await build.Of(viewer, asked.Report, query)).Body.Tables)
            {
                _ = table.Rows.Take(PageRows).Count();
            }
        };
    }

    private static async Task<double> Time(Func<Task> asked)
    {
        var begun = Stopwatch.GetTimestamp();
        await asked();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private sealed record Question(Report Report, Dictionary<string, IReadOnlyList<string>> Options)
    {
        public IReadOnlyList<string> Channels { get; init; } = [];

        public IReadOnlyList<string> Regions { get; init; } = [];

        public string Name => string.Join(' ', [Report.Name, .. Options.Select(o => o.Value[0]), .. Channels.Select(_ => "of a channel"), .. Regions.Select(_ => "and a region")]);
    }
}
