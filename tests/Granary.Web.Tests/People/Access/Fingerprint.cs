using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People.Access;

/// <summary>What a database holds, told by a number for each table: every column of every row goes into it.</summary>
internal sealed class Fingerprint
{
    // When somebody was last here is noted whatever they were told; first answers keep refusals too.
    private static readonly string[] Aside = ["first_answer", "protection_key", "session", "user_session", "sign_in"];
    private static readonly string[] Noted = ["last_used_at", "last_seen_at", "seen_at"];

    private readonly Dictionary<string, (long Rows, long Sum)> _tables = [];

    public static async Task<Fingerprint> Of(Store store, CancellationToken ct)
    {
        var print = new Fingerprint();
        await using var db = store.Open();
        var tables = db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct().Except(Aside).Order(StringComparer.Ordinal).ToList();
        await db.Database.OpenConnectionAsync(ct);
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync(ct);
            print._tables[table] = await Read(rows, ct);
        }

        return print;
    }

    /// <summary>The tables in which something differs.</summary>
    public IReadOnlyList<string> Differences(Fingerprint later) =>
        [.. _tables.Keys.Where(t => _tables[t] != later._tables[t]).Select(t => $"{t} ({_tables[t].Rows} → {later._tables[t].Rows} rows)")];

    // The order of rows does not count, so that no table needs one.
    private static async Task<(long Rows, long Sum)> Read(DbDataReader rows, CancellationToken ct)
    {
        var (count, sum) = (0L, 0L);
        while (await rows.ReadAsync(ct))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (Noted.Contains(rows.GetName(i)))
                {
                    continue;
                }

                hash.AppendData(rows.IsDBNull(i) ? [0] : rows.GetValue(i) switch
                {
                    byte[] bytes => bytes,
                    DateTime at => BitConverter.GetBytes(at.Ticks),
                    string[] texts => Encoding.UTF8.GetBytes(string.Join('\n', texts)),
                    Guid[] ids => Encoding.UTF8.GetBytes(string.Join('\n', ids)),
                    var value => Encoding.UTF8.GetBytes(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""),
                });
                hash.AppendData([1]);
            }

            count++;
            unchecked
            {
                sum += BitConverter.ToInt64(hash.GetHashAndReset());
            }
        }

        return (count, sum);
    }
}
