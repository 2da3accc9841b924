using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Intake;

/// <summary>
/// Settles who is first with a contact key (docs/adr/0004). Each submission claims the head (seq 0) of its keys; the
/// database lets one win. Of the keys that had a head before, the head row is locked, so that two nodes that meet on one
/// key decide one after the other. All claims and locks are taken in the order of the keys.
/// </summary>
internal static class ContactClaims
{
    private const int Candidates = 20;

    private const string LeadColumns =
        "l.id, l.received_at, COALESCE(s.owner_id, l.owner_id), l.pool_id, l.source_lead_id, l.account_id, l.company_name, l.status, l.findings";

    /// <summary>Claims the heads and returns, for every key that somebody held before, its candidates and next number.</summary>
    public static Task<Dictionary<Guid, HeldKey>> Claim(WriteScope scope, List<ContactPoint> heads, CancellationToken ct)
    {
        heads.Sort(static (a, b) => Compare(a.Key, b.Key));
        return scope.Store.IsSqlite ? ClaimOnSqlite(scope, heads, ct) : ClaimOnPostgres(scope, heads, ct);
    }

    // The order in which both databases compare ids: byte by byte.
    private static int Compare(Guid a, Guid b)
    {
        Span<byte> x = stackalloc byte[16], y = stackalloc byte[16];
        a.TryWriteBytes(x, true, out _);
        b.TryWriteBytes(y, true, out _);
        return x.SequenceCompareTo(y);
    }

    private static async Task<Dictionary<Guid, HeldKey>> ClaimOnPostgres(WriteScope scope, List<ContactPoint> heads, CancellationToken ct)
    {
        HashSet<Guid> ours = [];
        await using (var claim = scope.Batch())
        {
            claim.BatchCommands.Add(scope.Store.Shapes.Get<ContactPoint>(scope.Db).Postgres(heads, " ON CONFLICT (key, seq) DO NOTHING RETURNING key"));
            await using var reader = await claim.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                ours.Add(reader.GetGuid(0));
            }
        }

        Dictionary<Guid, HeldKey> held = heads.Where(h => !ours.Contains(h.Key)).ToDictionary(h => h.Key, _ => new HeldKey());
        if (held.Count == 0)
        {
            return held;
        }

        await using var look = scope.Batch();
        look.BatchCommands.Add(new NpgsqlBatchCommand("SELECT FROM contact_point WHERE key = ANY($1) AND seq = 0 ORDER BY key FOR UPDATE")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. held.Keys] } },
        });
        look.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT k.key, c.seq, {LeadColumns}
            FROM unnest($1) AS k(key)
            CROSS JOIN LATERAL (
                (SELECT seq, lead_id FROM contact_point WHERE key = k.key ORDER BY seq LIMIT {Candidates})
                UNION (SELECT seq, lead_id FROM contact_point WHERE key = k.key ORDER BY seq DESC LIMIT {Candidates})) AS c
            JOIN lead l ON l.id = c.lead_id LEFT JOIN lead s ON s.id = l.source_lead_id
            """)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. held.Keys] } },
        });
        await using var rows = await look.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            held[rows.GetGuid(0)].Add(rows.GetInt32(1), LeadRow.Postgres(rows, 2));
        }

        return held;
    }

    // One writer: nobody comes between looking and writing.
    private static async Task<Dictionary<Guid, HeldKey>> ClaimOnSqlite(WriteScope scope, List<ContactPoint> heads, CancellationToken ct)
    {
        Dictionary<Guid, HeldKey> held = [];
        List<ContactPoint> ours = [];
        await using var look = scope.Sqlite($"""
            SELECT c.seq, {LeadColumns}
            FROM (SELECT * FROM (SELECT seq, lead_id FROM contact_point WHERE key = $key ORDER BY seq LIMIT {Candidates})
                UNION SELECT * FROM (SELECT seq, lead_id FROM contact_point WHERE key = $key ORDER BY seq DESC LIMIT {Candidates})) AS c
            JOIN lead l ON l.id = c.lead_id LEFT JOIN lead s ON s.id = l.source_lead_id
            """);
        var key = look.Parameters.Add("$key", Microsoft.Data.Sqlite.SqliteType.Blob);
        foreach (var head in heads)
        {
            key.Value = head.Key.ToByteArray(true);
            HeldKey? found = null;
            await using (var rows = await look.ExecuteReaderAsync(ct))
            {
                while (await rows.ReadAsync(ct))
                {
                    (found ??= new HeldKey()).Add(rows.GetInt32(0), LeadRow.Sqlite(rows, 1));
                }
            }

            if (found is null)
            {
                ours.Add(head);
            }
            else
            {
                held[head.Key] = found;
            }
        }

        scope.Insert().Add(ours);
        return held;
    }

}

/// <summary>A contact key that somebody held before this batch.</summary>
internal sealed class HeldKey
{
    public List<LeadCandidate> Candidates { get; } = [];

    /// <summary>Number of the next holder.</summary>
    public int Next { get; set; } = 1;

    public void Add(int seq, LeadCandidate candidate)
    {
        Candidates.Add(candidate);
        Next = Math.Max(Next, seq + 1);
    }
}
