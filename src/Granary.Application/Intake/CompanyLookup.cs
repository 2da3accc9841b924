using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Intake;

/// <summary>Finds the leads and accounts that share a company with a batch, by look-up keys only (§5.2).</summary>
internal static class CompanyLookup
{
    /// <summary>Leads considered for one key, the earliest first; a company has few leads, a careless name may have many.</summary>
    private const int Candidates = 10;

    private const string Columns = "id, received_at, owner_id, pool_id, source_lead_id, account_id, company_name, status, findings";

    /// <summary>Stored leads by range of company keys.</summary>
    public static async Task<Dictionary<CompanyRange, List<LeadCandidate>>> Leads(WriteScope scope, IReadOnlyCollection<CompanyRange> ranges, CancellationToken ct)
    {
        Dictionary<CompanyRange, List<LeadCandidate>> found = [];
        if (ranges.Count == 0)
        {
            return found;
        }

        if (scope.Store.IsSqlite)
        {
            await using var look = scope.Sqlite($"SELECT {Columns} FROM lead WHERE company_key >= $from AND company_key < $to ORDER BY company_key, received_at LIMIT {Candidates}");
            var from = look.Parameters.Add("$from", Microsoft.Data.Sqlite.SqliteType.Text);
            var to = look.Parameters.Add("$to", Microsoft.Data.Sqlite.SqliteType.Text);
            foreach (var range in ranges)
            {
                (from.Value, to.Value) = (range.From, range.To);
                await using var rows = await look.ExecuteReaderAsync(ct);
                while (await rows.ReadAsync(ct))
                {
                    Add(found, range, LeadRow.Sqlite(rows, 0));
                }
            }

            return found;
        }

        await using var batch = scope.Batch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT k.low, k.high, l.* FROM unnest($1, $2) AS k(low, high)
            CROSS JOIN LATERAL (
                SELECT {Columns} FROM lead WHERE company_key >= k.low COLLATE "C" AND company_key < k.high COLLATE "C"
                ORDER BY company_key, received_at LIMIT {Candidates}) AS l
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. ranges.Select(r => r.From)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. ranges.Select(r => r.To)] },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Add(found, new CompanyRange(reader.GetString(0), reader.GetString(1)), LeadRow.Postgres(reader, 2));
        }

        return found;
    }

    /// <summary>Keys of accounts among those of the batch.</summary>
    public static async Task<ILookup<Guid, AccountKey>> Accounts(WriteScope scope, IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        var wanted = keys.ToArray();
        return (await scope.Db.Set<AccountKey>().AsNoTracking().Where(k => wanted.Contains(k.Key)).ToListAsync(ct)).ToLookup(k => k.Key);
    }

    private static void Add(Dictionary<CompanyRange, List<LeadCandidate>> found, CompanyRange range, LeadCandidate lead)
    {
        if (!found.TryGetValue(range, out var list))
        {
            found[range] = list = [];
        }

        list.Add(lead);
    }
}
