using System.Diagnostics;
using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Npgsql;

namespace Granary.Bench;

/// <summary>
/// Batches against raw inserts, the cost of a lead with few and with many stored, and the lead list against the bare SQL.
/// The two databases take turns, so that both sides see the same machine.
/// </summary>
internal static class ScaleBench
{
    private const int Batch = 1000, Rounds = 12;

    public static async Task<int> Run(string[] args)
    {
        var few = 10_000;
        var many = args is [var number, ..] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
        await using var small = await Organisation.Open(postgres: true);
        await using var large = await Organisation.Open(postgres: true);
        var leads = new SampleLeads(11);
        await Fill(small, leads, few);
        await Fill(large, leads, many);
        await Batches(small, leads);
        await Growth(small, large, leads, few, many);
        await Lists(large, many);
        return 0;
    }

    private static async Task Fill(Organisation organisation, SampleLeads leads, int count)
    {
        var time = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count / Batch), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (chunk, _) => await Submit(organisation, Sample(leads, (long)chunk * Batch)));
        await Execute(organisation, "VACUUM ANALYZE");
        Console.WriteLine($"  filled {count:N0} leads at {count / time.Elapsed.TotalSeconds:0}/s");
    }

    private static async Task Batches(Organisation organisation, SampleLeads leads)
    {
        var raw = new RawBatch(organisation.Store);
        List<double> ratios = [];
        for (var round = 0; round < Rounds; round++)
        {
            var batch = Sample(leads, 50_000_000L + (round * Batch));
            // What the batch endpoint does.
            var product = await Time(() => Submit(organisation, batch));
            var rows = await raw.Last(organisation.Store, Batch);
            var bare = await Time(() => raw.Insert(rows));
            ratios.Add(bare / product);
        }

        Console.WriteLine($"batches of {Batch}: {Median(ratios):0.00} × the rate of raw {Batch}-row inserts of the same lead rows");
    }

    private static async Task Growth(Organisation small, Organisation large, SampleLeads leads, int few, int many)
    {
        List<double> ratios = [];
        for (var round = 0; round < Rounds * 2; round++)
        {
            var batch = Sample(leads, 80_000_000L + (round * Batch));
            var little = await Time(() => Submit(small, batch));
            var much = await Time(() => Submit(large, batch));
            ratios.Add(much / little);
        }

        Console.WriteLine($"growth: a lead costs {Median(ratios):0.00} × as much with {many:N0} stored as with {few:N0}");
    }

    private static async Task Lists(Organisation organisation, int many)
    {
        var setting = await organisation.Settings.Get();
        var owner = setting.People.Values.First().Id;
        var viewer = new Viewer { UserId = owner, Name = "", Grants = new Dictionary<Permission, DataScope> { [Permission.ViewLeads] = DataScope.All } };
        var list = new LeadList(organisation.Store, organisation.Vault, organisation.Settings);
        var filter = LeadFilter.All with { Owners = [owner], Statuses = [LeadStatus.Pending] };
        LeadCursor? page50 = null;
        for (var page = 1; page < 50; page++)
        {
            page50 = (await list.Read(viewer, filter, page50)).Next ?? page50;
        }

        foreach (var (name, cursor) in new[] { ("first page", (LeadCursor?)null), ("page 50", page50) })
        {
            List<double> ratios = [], bares = [];
            for (var round = 0; round < 60; round++)
            {
                var bare = await Time(() => BarePage(organisation, owner, cursor));
                var product = await Time(() => list.Read(viewer, filter, cursor));
                if (round >= 20)
                {
                    ratios.Add(product / bare);
                    bares.Add(bare);
                }
            }

            Console.WriteLine($"lead list, {name}, {many:N0} stored: {Median(ratios):0.00} × the bare SQL ({Median(bares) * 1000:0.00} ms)");
        }
    }

    private static async Task BarePage(Organisation organisation, Guid owner, LeadCursor? after)
    {
        await using var command = organisation.Store.Source!.CreateCommand("""
            SELECT id, company_name, contact_name, title, status, score, cell, priority, channel_id, received_at, findings FROM lead
            WHERE owner_id = $1 AND status = 1 AND (received_at, id) < ($2, $3) ORDER BY received_at DESC, id DESC LIMIT 51
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        command.Parameters.Add(new NpgsqlParameter { Value = after is { } a ? DateTimeOffset.FromUnixTimeMilliseconds(a.Key) : DateTimeOffset.MaxValue.AddDays(-1).ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = after?.Id ?? Guid.AllBitsSet });
        await using var rows = await command.ExecuteReaderAsync();
        var values = new object[rows.FieldCount];
        while (await rows.ReadAsync())
        {
            rows.GetValues(values);
        }
    }

    private static List<IntakeRequest> Sample(SampleLeads leads, long from) =>
        [.. Enumerable.Range(0, Batch).Select(i => new IntakeRequest { Submission = leads.Lead(from + i) })];

    private static Task<IntakeResult[]> Submit(Organisation organisation, List<IntakeRequest> batch) =>
        organisation.Intake.SubmitMany(batch);

    private static async Task Execute(Organisation organisation, string sql)
    {
        await using var command = organisation.Store.Source!.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
