using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Storage;

/// <summary>
/// Brings the schema up to date under a lock that the server or the operating system releases when its holder dies.
/// The framework's own lock is not enough: on PostgreSQL two starting nodes race, on SQLite a killed process leaves a
/// row behind for which every later start waits.
/// </summary>
public static class Migrator
{
    private const long LockKey = 0x47_72_61_6E_61_72_79; // "Granary"

    /// <summary>Migrates forward; does nothing when the schema is up to date.</summary>
    public static async Task Migrate(this Store store, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (store.Options.Postgres is { } connection)
        {
            await using var held = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
            await held.OpenAsync(ct);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", held) { CommandTimeout = 0, Parameters = { new() { Value = LockKey } } };
            await take.ExecuteNonQueryAsync(ct);
            await db.Database.MigrateAsync(ct);
            await store.Source!.ReloadTypesAsync(ct);
            return;
        }

        // The data folder belongs to one process, so whatever lock row stands here is a dead one's.
        await using var alone = new SqliteConnection($"Data Source={store.Options.SqliteFile};Pooling=False");
        await alone.OpenAsync(ct);
        await using var clear = alone.CreateCommand();
        clear.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)(await clear.ExecuteScalarAsync(ct))! != 0)
        {
            clear.CommandText = "DELETE FROM \"__EFMigrationsLock\"";
            await clear.ExecuteNonQueryAsync(ct);
        }

        db.Database.SetDbConnection(alone);
        await db.Database.MigrateAsync(ct);
    }
}
