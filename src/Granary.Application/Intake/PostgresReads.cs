using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Npgsql;

namespace Granary.Application.Intake;

/// <summary>
/// Each step is one round trip. Planning the look-ups takes longer than looking up the few keys of a batch, so their plans are
/// kept; and lest a plan that was made while a table was empty is kept for long, they always go by the index.
/// </summary>
internal sealed class PostgresReads(WriteScope scope) : BatchReads
{
    private static readonly string[] KeepPlans = ["SET LOCAL plan_cache_mode = force_generic_plan", "SET LOCAL enable_seqscan = off"];
    private static readonly string[] PlanAnew = ["SET LOCAL plan_cache_mode = force_custom_plan", "SET LOCAL enable_seqscan = on"];

    public override async Task<FirstLook> First(IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, CancellationToken ct)
    {
        await using var batch = scope.Batch();
        var (wide, shorts) = Add(batch, looks, accountKeys);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await Read(reader, wide, shorts, ct);
    }

    public override async Task<(FirstLook First, SecondLook Second)> Ahead(
        IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        await using var batch = scope.Batch();
        var (wide, shorts) = Add(batch, looks, accountKeys);
        Add(batch, keys);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var first = await Read(reader, wide, shorts, ct);
        await reader.NextResultAsync(ct);
        return (first, await Read(reader, new BoardRows([], []), ct));
    }

    private static (List<CompanyLook> Wide, List<CompanyLook> Shorts) Add(NpgsqlBatch batch, IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys)
    {
        List<CompanyLook> wide = [.. looks.Where(l => !l.ShortOnly)], shorts = [.. looks.Where(l => l.ShortOnly)];
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LeadWork.LockRevision));
        Add(batch, KeepPlans);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT a.* FROM (SELECT key FROM unnest($1) AS k(key) WHERE EXISTS (SELECT FROM account_key WHERE key = k.key)) AS k CROSS JOIN LATERAL (SELECT key, account_id, kind, account_name, owner_id FROM account_key WHERE key = k.key LIMIT {KeyAccounts}) AS a") { Parameters = { Array(accountKeys) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT k.place::int, l.* FROM unnest($1, $2, $3) WITH ORDINALITY AS k(key, low, high, place)
            JOIN LATERAL (
                SELECT count(*) AS n, count(*) > {CompanyLook.Leads} OR bool_or(company_key = k.key COLLATE "C") AS named FROM (
                    SELECT company_key FROM lead WHERE company_key >= k.low COLLATE "C" AND company_key < k.high COLLATE "C" ORDER BY company_key LIMIT {CompanyLook.Leads + 1}) AS r
                ) AS known ON known.n > 0
            CROSS JOIN LATERAL (
                (SELECT {LeadColumns} FROM lead WHERE known.named AND company_key = k.key COLLATE "C" ORDER BY received_at LIMIT {CompanyLook.Ends})
                UNION ALL
                (SELECT {LeadColumns} FROM lead WHERE known.named AND company_key = k.key COLLATE "C" ORDER BY received_at DESC LIMIT {CompanyLook.Ends})
                UNION ALL
                (SELECT {LeadColumns} FROM lead WHERE company_key >= k.low COLLATE "C" AND company_key < k.high COLLATE "C" AND company_key IS DISTINCT FROM k.key COLLATE "C"
                 ORDER BY company_key, received_at LIMIT {CompanyLook.Leads})
                LIMIT {CompanyLook.Leads}) AS l
            """)
        {
            Parameters = { Array([.. wide.Select(l => l.Key)]), Array([.. wide.Select(l => l.From)]), Array([.. wide.Select(l => l.To)]) },
        });
        // In the order of the index of short names, which no other has, so that it is taken however few leads there were when this was planned.
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT k.place::int, l.* FROM unnest($1, $2) WITH ORDINALITY AS k(low, high, place)
            CROSS JOIN LATERAL (
                SELECT {LeadColumns} FROM lead WHERE company_key >= k.low COLLATE "C" AND company_key < k.high COLLATE "C" AND {LeadTable.ShortNames}
                ORDER BY company_key, id LIMIT {CompanyLook.Leads}) AS l
            """)
        {
            Parameters = { Array([.. shorts.Select(l => l.From)]), Array([.. shorts.Select(l => l.To)]) },
        });
        return (wide, shorts);
    }

    private static async Task<FirstLook> Read(NpgsqlDataReader reader, IReadOnlyList<CompanyLook> wide, IReadOnlyList<CompanyLook> shorts, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var revision = reader.GetInt64(0);

        List<AccountKey> accounts = [];
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            accounts.Add(new AccountKey
            {
                Key = reader.GetGuid(0),
                AccountId = reader.GetGuid(1),
                Kind = reader.GetInt32(2),
                AccountName = reader.GetString(3),
                OwnerId = reader.IsDBNull(4) ? null : reader.GetGuid(4),
            });
        }

        Dictionary<CompanyLook, List<LeadCandidate>> companies = [];
        foreach (var looks in new[] { wide, shorts })
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var look = looks[reader.GetInt32(0) - 1];
                if (!companies.TryGetValue(look, out var list))
                {
                    companies[look] = list = [];
                }

                list.Add(LeadRow.Postgres(reader, 1));
            }
        }

        return new FirstLook(revision, companies, accounts.ToLookup(a => a.Key));
    }

    public override async Task<Dictionary<Guid, HeldKey>> Holders(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        await using var batch = scope.Batch();
        batch.BatchCommands.Add(HoldersOf(keys));
        Add(batch, PlanAnew);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await Holders(reader, ct);
    }

    public override async Task<SecondLook> Second(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        await using var batch = scope.Batch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(BoardStore.LockRotations));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(BoardStore.LockLoads));
        Add(batch, keys);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var board = await BoardRows.Read(reader, ct);
        await reader.NextResultAsync(ct);
        return await Read(reader, board, ct);
    }

    private static void Add(NpgsqlBatch batch, IReadOnlyCollection<Guid> keys)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT key, purpose FROM consent_stop WHERE key = ANY($1)") { Parameters = { Array(keys) } });
        batch.BatchCommands.Add(HoldersOf(keys));
        Add(batch, PlanAnew);
    }

    private static async Task<SecondLook> Read(NpgsqlDataReader reader, BoardRows board, CancellationToken ct)
    {
        List<(Guid Key, string Purpose)> stops = [];
        while (await reader.ReadAsync(ct))
        {
            stops.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        await reader.NextResultAsync(ct);
        return new SecondLook(await Holders(reader, ct), board, stops.ToLookup(s => s.Key, s => s.Purpose));
    }

    private static async Task<Dictionary<Guid, HeldKey>> Holders(NpgsqlDataReader reader, CancellationToken ct)
    {
        Dictionary<Guid, HeldKey> holders = [];
        while (await reader.ReadAsync(ct))
        {
            var key = reader.GetGuid(0);
            if (!holders.TryGetValue(key, out var held))
            {
                holders[key] = held = new HeldKey();
            }

            held.Add(reader.GetInt32(1), LeadRow.Postgres(reader, 2));
        }

        return holders;
    }

    // Each lead by its id, one by one: a plan that joins the table, made while it was small, would be kept and read all of it.
    private static NpgsqlBatchCommand HoldersOf(IReadOnlyCollection<Guid> keys) => new($"""
        SELECT k.key, c.seq, {HolderColumns}
        FROM unnest($1) AS k(key)
        CROSS JOIN LATERAL (SELECT FROM contact_point WHERE key = k.key LIMIT 1) AS known
        CROSS JOIN LATERAL (
            (SELECT seq, lead_id FROM contact_point WHERE key = k.key ORDER BY seq LIMIT {KeyHolders})
            UNION (SELECT seq, lead_id FROM contact_point WHERE key = k.key ORDER BY seq DESC LIMIT {KeyHolders})) AS c
        CROSS JOIN LATERAL (SELECT * FROM lead WHERE id = c.lead_id LIMIT 1) AS l
        LEFT JOIN LATERAL (SELECT owner_id FROM lead WHERE id = l.source_lead_id LIMIT 1) AS s ON true
        """) { Parameters = { Array(keys) } };

    private static void Add(NpgsqlBatch batch, string[] commands)
    {
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command));
        }
    }

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyCollection<T> values) => new() { TypedValue = [.. values] };
}
