using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
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
            if (await UpToDate(held, ct))
            {
                return;
            }

            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", held) { CommandTimeout = 0, Parameters = { new() { Value = LockKey } } };
            await take.ExecuteNonQueryAsync(ct);
            await db.Database.MigrateAsync(ct);
            await store.Source!.ReloadTypesAsync(ct);
            return;
        }

        // The data folder belongs to one process, so whatever lock row stands here is a dead one's.
        await using var alone = new SqliteConnection($"Data Source={store.Options.SqliteFile};Pooling=False");
        await alone.OpenAsync(ct);
        if (await UpToDate(alone, ct))
        {
            return;
        }

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

    // The framework builds its services and a model to find that there is nothing to do: half of the time of a start.
    private static async Task<bool> UpToDate(DbConnection connection, CancellationToken ct)
    {
        HashSet<string> applied = [];
        try
        {
            await using var look = connection.CreateCommand();
            look.CommandText = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";
            await using var rows = await look.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                applied.Add(rows.GetString(0));
            }
        }
        catch (DbException)
        {
            // No such table: nothing was ever applied.
            return false;
        }

        return typeof(GranaryDb).Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).All(id => id is null || applied.Contains(id));
    }
}
