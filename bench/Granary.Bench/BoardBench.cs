using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Bench;

/// <summary>
/// The first paint of the board, heads of its columns and choices of its filter included, against the bare SQL for the cards that are
/// seen: by somebody who sees all, and by a representative who sees their own. The two take turns, so that both sides see the same machine.
/// </summary>
internal static class BoardBench
{
    private const int Rounds = 120, Warm = 30, Chunk = 5_000, EachClosed = 1_000;

    private static readonly BusinessLine Line = OpportunityPolicy.BuiltIn.Lines[0];

    private static readonly string[] Products = ["CRM", "MES", "ERP", "PLM", "SCM"];

    public static async Task<int> Run(string[] args)
    {
        var count = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 100_000);
        foreach (var postgres in new[] { true, false }.Where(p => !args.Contains(p ? "sqlite" : "postgres")))
        {
            await using var organisation = await Organisation.Open(postgres);
            var people = (await organisation.Settings.Get()).People.Keys.ToArray();
            await Fill(organisation, people, count);
            await Measure(organisation, postgres, "all", new Viewer { UserId = people[0], Name = "", Grants = new Dictionary<Permission, DataScope> { [Permission.ViewOpportunities] = DataScope.All } }, null, count);
            await Measure(organisation, postgres, "own", new Viewer { UserId = people[0], Name = "", Grants = new Dictionary<Permission, DataScope> { [Permission.ViewOpportunities] = DataScope.Own } }, people[0], count);
        }

        return 0;
    }

    // So many open ones over the open stages, as many won and lost of late as a month brings, and five times as many before that.
    private static async Task Fill(Organisation organisation, Guid[] people, int count)
    {
        var (watch, now, random) = (Stopwatch.StartNew(), TimeProvider.System.GetUtcNow(), new Random(7));
        var stages = Line.Stages.SelectMany(s => s.Kind == StageKind.Open ? Enumerable.Repeat((s, 0), count / Line.Stages.Count(x => x.Kind == StageKind.Open)) : Enumerable.Range(0, EachClosed * 6).Select(i => (s, 1 + (i % 180)))).ToArray();
        random.Shuffle(stages);
        var accounts = Enumerable.Range(0, 2_000).Select(i => new Account { Id = Guid.CreateVersion7(now), Name = $"上海第{i}机械有限公司", CreatedAt = now, ChangedAt = now }).ToList();
        await organisation.Store.Write(async scope => { scope.Db.AddRange(accounts); await scope.Db.SaveChangesAsync(); return 0; });
        foreach (var some in stages.Index().Chunk(Chunk))
        {
            var rows = some.Select(x =>
            {
                var at = x.Item.Item2 > 0 ? now.AddDays(-x.Item.Item2) : now.AddMinutes(-random.Next(200_000));
                return new Opportunity
                {
                    Id = Guid.CreateVersion7(at),
                    Code = $"EN-{x.Index:0000000}",
                    Name = $"第 {x.Index} 个项目 · CRM",
                    AccountId = accounts[random.Next(accounts.Count)].Id,
                    OwnerId = people[random.Next(people.Length)],
                    Line = Line.Id,
                    Stage = x.Item.s.Id,
                    StageSince = at,
                    Amount = random.Next(10_000, 9_000_000),
                    Currency = "CNY",
                    ExpectedOn = DateOnly.FromDateTime(at.UtcDateTime).AddDays(90),
                    ProductLine = Products[random.Next(Products.Length)],
                    Inquiry = InquiryGrade.B,
                    CreatedAt = at,
                    ChangedAt = at,
                    ClosedAt = x.Item.Item2 > 0 ? at : null,
                };
            }).ToList();
            await organisation.Store.Write(async scope => { scope.Db.AddRange(rows); await scope.Db.SaveChangesAsync(); scope.Db.ChangeTracker.Clear(); return 0; });
        }

        await organisation.Store.Write(async scope => await scope.Db.Database.ExecuteSqlRawAsync("ANALYZE"));
        Console.WriteLine($"  filled {stages.Length:N0} opportunities in {watch.Elapsed.TotalSeconds:0} s");
    }

    private static async Task Measure(Organisation organisation, bool postgres, string scope, Viewer viewer, Guid? owner, int count)
    {
        var (board, list) = (new OpportunityBoard(organisation.Store, organisation.Settings, TimeProvider.System), new ListOpportunities(organisation.Store, organisation.Settings));
        await using var connection = Connection(organisation, postgres);
        await connection.OpenAsync();
        List<double> ratios = [], bares = [], products = [];
        for (var round = 0; round < Rounds; round++)
        {
            var bare = await Time(async () =>
            {
                await using var command = Bare(connection, postgres, owner);
                await Read(command);
            });
            var product = await Time(async () =>
            {
                await board.Read(viewer, Line, new OpportunityFilter());
                await list.ProductLines(viewer);
            });
            if (round >= Warm)
            {
                ratios.Add(product / bare);
                bares.Add(bare);
                products.Add(product);
            }
        }

        Console.WriteLine($"board, {(postgres ? "PostgreSQL" : "SQLite")}, scope {scope}, {count:N0} open: {Median(ratios):0.00} × the bare SQL ({Median(products) * 1000:0.00} against {Median(bares) * 1000:0.00} ms); fastest of {ratios.Count} against fastest {products.Min() / bares.Min():0.00} × ({products.Min() * 1000:0.00} against {bares.Min() * 1000:0.00} ms)");
    }

    private static DbConnection Connection(Organisation organisation, bool postgres)
    {
        if (postgres)
        {
            return new NpgsqlConnection(organisation.Options.Postgres);
        }

        using var db = organisation.Store.Open();
        return new SqliteConnection(db.Database.GetConnectionString());
    }

    // What a card shows, of the 50 that moved last in each column.
    private static DbCommand Bare(DbConnection connection, bool postgres, Guid? owner)
    {
        var command = connection.CreateCommand();
        var closed = TimeProvider.System.GetUtcNow().AddDays(-30);
        command.CommandText = string.Join(" UNION ALL ", Line.Stages.Select(s => $"""
            SELECT * FROM (SELECT o.id, o.version, o.name, a.name AS account, o.stage, o.stage_since, o.amount, o.currency, o.grade, o.inquiry, o.owner_id, o.expected_on, o.closed_at
            FROM opportunity o LEFT JOIN account a ON a.id = o.account_id
            WHERE o.line = 'default' AND o.stage = '{s.Id}' AND {(s.Kind == StageKind.Open ? "o.closed_at IS NULL" : "o.stage_since > @closed")}{(owner is null ? "" : " AND o.owner_id = @owner")}
            ORDER BY o.stage_since DESC, o.id DESC LIMIT 50) AS "{s.Id}"
            """));
        Add("@closed", postgres ? closed : closed.ToUnixTimeMilliseconds());
        if (owner is { } id)
        {
            Add("@owner", postgres ? id : id.ToByteArray(true));
        }

        return command;

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    private static async Task Read(DbCommand command)
    {
        await using var rows = await command.ExecuteReaderAsync();
        var values = new object[rows.FieldCount];
        while (await rows.ReadAsync())
        {
            rows.GetValues(values);
        }
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
