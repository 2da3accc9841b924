using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>One prepared statement for each question, stepped for each key. The one writer is the lock: nobody comes between.</summary>
internal sealed class SqliteReads(WriteScope scope) : BatchReads
{
    public override async Task<FirstLook> First(
        IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, CancellationToken ct)
    {
        var revision = await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct);
        return new FirstLook(revision, await Companies(looks, ct), await Accounts(accountKeys, ct));
    }

    public override Task<(FirstLook First, SecondLook Second)> Ahead(
        IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, IReadOnlyCollection<Guid> keys, CancellationToken ct) =>
        throw new NotSupportedException("There is one writer: nobody is ahead of another.");

    public override async Task<SecondLook> Second(IReadOnlyCollection<Guid> keys, CancellationToken ct) => new(
        await Holders(keys, ct),
        new(await scope.Db.Set<StoredRotation>().AsNoTracking().ToListAsync(ct), await scope.Db.Set<UserLoad>().AsNoTracking().ToListAsync(ct)),
        await Stops(keys, ct));

    private async Task<ILookup<Guid, string>> Stops(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        List<(Guid Key, string Purpose)> stops = [];
        await using var look = scope.Sqlite("SELECT purpose FROM consent_stop WHERE key = $key");
        var parameter = look.Parameters.Add("$key", SqliteType.Blob);
        foreach (var key in keys)
        {
            parameter.Value = key.ToByteArray(true);
            await using var rows = await look.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                stops.Add((key, rows.GetString(0)));
            }
        }

        return stops.ToLookup(s => s.Key, s => s.Purpose);
    }

    public override async Task<Dictionary<Guid, HeldKey>> Holders(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        Dictionary<Guid, HeldKey> holders = [];
        await using var look = scope.Sqlite($"""
            SELECT c.seq, {HolderColumns}
            FROM (SELECT * FROM (SELECT seq, lead_id FROM contact_point WHERE key = $key ORDER BY seq LIMIT {KeyHolders})
                UNION SELECT * FROM (SELECT seq, lead_id FROM contact_point WHERE key = $key ORDER BY seq DESC LIMIT {KeyHolders})) AS c
            JOIN lead l ON l.id = c.lead_id LEFT JOIN lead s ON s.id = l.source_lead_id
            """);
        var key = look.Parameters.Add("$key", SqliteType.Blob);
        foreach (var wanted in keys)
        {
            key.Value = wanted.ToByteArray(true);
            await using var rows = await look.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                if (!holders.TryGetValue(wanted, out var held))
                {
                    holders[wanted] = held = new HeldKey();
                }

                held.Add(rows.GetInt32(0), LeadRow.Sqlite(rows, 1));
            }
        }

        return holders;
    }

    private async Task<Dictionary<CompanyLook, List<LeadCandidate>>> Companies(IReadOnlyList<CompanyLook> looks, CancellationToken ct)
    {
        Dictionary<CompanyLook, List<LeadCandidate>> found = [];
        await using var earliest = scope.Sqlite($"SELECT {LeadColumns} FROM lead WHERE company_key = $key ORDER BY received_at LIMIT {CompanyLook.Ends}");
        await using var latest = scope.Sqlite($"SELECT {LeadColumns} FROM lead WHERE company_key = $key ORDER BY received_at DESC LIMIT {CompanyLook.Ends}");
        await using var others = scope.Sqlite(
            $"SELECT {LeadColumns} FROM lead WHERE company_key >= $from AND company_key < $to AND company_key IS NOT $key ORDER BY company_key, received_at LIMIT $most");
        await using var shorts = scope.Sqlite(
            $"SELECT {LeadColumns} FROM lead WHERE company_key >= $from AND company_key < $to AND {LeadTable.ShortNames} ORDER BY company_key, id LIMIT $most");
        foreach (var look in looks)
        {
            List<LeadCandidate> leads = [];
            if (look.ShortOnly)
            {
                await Read(shorts, leads, ct, ("$from", look.From), ("$to", look.To), ("$most", CompanyLook.Leads));
            }

            if (look.Key is not null)
            {
                await Read(earliest, leads, ct, ("$key", look.Key));
            }

            if (leads.Count == CompanyLook.Ends)
            {
                await Read(latest, leads, ct, ("$key", look.Key!));
            }

            if (!look.ShortOnly && leads.Count < CompanyLook.Leads)
            {
                await Read(others, leads, ct, ("$key", (object?)look.Key ?? DBNull.Value), ("$from", look.From), ("$to", look.To), ("$most", CompanyLook.Leads - leads.Count));
            }

            if (leads.Count > 0)
            {
                found[look] = leads;
            }
        }

        return found;
    }

    private static async Task Read(SqliteCommand look, List<LeadCandidate> leads, CancellationToken ct, params (string Name, object Value)[] parameters)
    {
        look.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            look.Parameters.AddWithValue(name, value);
        }

        await using var rows = await look.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            leads.Add(LeadRow.Sqlite(rows, 0));
        }
    }

    private async Task<ILookup<Guid, AccountKey>> Accounts(IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        List<AccountKey> found = [];
        await using var look = scope.Sqlite($"SELECT account_id, kind, account_name, owner_id FROM account_key WHERE key = $key LIMIT {KeyAccounts}");
        var parameter = look.Parameters.Add("$key", SqliteType.Blob);
        foreach (var key in keys)
        {
            parameter.Value = key.ToByteArray(true);
            await using var rows = await look.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                found.Add(new AccountKey
                {
                    Key = key,
                    AccountId = new Guid(rows.GetFieldValue<byte[]>(0), true),
                    Kind = rows.GetInt32(1),
                    AccountName = rows.GetString(2),
                    OwnerId = rows.IsDBNull(3) ? null : new Guid(rows.GetFieldValue<byte[]>(3), true),
                });
            }
        }

        return found.ToLookup(a => a.Key);
    }
}
