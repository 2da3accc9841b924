using System.Data.Common;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Tests.Storage;

public sealed class SchemaTests
{
    private const string SqliteColumns = """
        SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" THEN ' not null' ELSE '' END || ' pk' || c.pk
        FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\' AND m.name NOT LIKE 'sqlite%'
        """;

    private const string SqliteIndexes = """
        SELECT i.tbl_name || ' ' || i.name || coalesce(' ' || substr(i.sql, instr(i.sql, ' ON ')), '') FROM sqlite_master i WHERE i.type = 'index' AND i.sql IS NOT NULL
        """;

    private const string PostgresColumns = """
        SELECT table_name || '.' || column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '')
            || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' collate ' || collation_name, '')
        FROM information_schema.columns c
        WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
            AND NOT (SELECT relispartition OR relkind = 'v' FROM pg_class WHERE oid = format('public.%I', c.table_name)::regclass)
        """;

    private const string PostgresIndexes = """
        SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND t.relname NOT LIKE '\_\_EF%'
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_migrations_make_the_columns_and_indexes_that_the_model_wants(DatabaseKind kind)
    {
        await using var modelled = await TestDatabase.OpenEmpty(kind);
        await using (var db = modelled.Store.Open())
        {
            // The model takes the numbers of the event log from a sequence that only the migrations know.
            var sequence = kind == DatabaseKind.Postgres ? "CREATE SEQUENCE event_position;" : "";
            await Execute(modelled, sequence + db.Database.GenerateCreateScript());
        }

        await using var migrated = await TestDatabase.Open(kind);
        var (want, have) = (await Schema(modelled), await Schema(migrated));
        Assert.NotEmpty(want);
        var differences = want.Except(have).Select(l => $"only the model: {l}").Concat(have.Except(want).Select(l => $"only the migrations: {l}"));
        Assert.Equal("", string.Join('\n', differences));
    }

    [Theory, OnBothDatabases]
    public async Task Migrating_twice_changes_nothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var before = await Schema(database);
        await database.Store.Migrate(Ct);
        Assert.Equal(before, await Schema(database));
    }

    [Fact]
    public async Task Nodes_that_start_together_migrate_once()
    {
        Assert.SkipWhen(PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var database = await TestDatabase.OpenEmpty(DatabaseKind.Postgres);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var node = new Store(database.Options);
            await node.Migrate(Ct);
        }));
        Assert.NotEmpty(await Schema(database));
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_stop_the_next_start()
    {
        await using var database = await TestDatabase.OpenEmpty(DatabaseKind.Sqlite);
        await Execute(database, """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');
            """);
        await database.Store.Migrate(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.NotEmpty(await Schema(database));
    }

    private static async Task<List<string>> Schema(TestDatabase database)
    {
        List<string> lines = [];
        string[] queries = database.Kind == DatabaseKind.Sqlite ? [SqliteColumns, SqliteIndexes] : [PostgresColumns, PostgresIndexes];
        await using var connection = await Connect(database);
        foreach (var query in queries)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            await using var rows = await command.ExecuteReaderAsync(Ct);
            while (await rows.ReadAsync(Ct))
            {
                lines.Add(rows.GetString(0));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var connection = await Connect(database);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<DbConnection> Connect(TestDatabase database)
    {
        DbConnection connection = database.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection($"Data Source={database.Options.SqliteFile};Pooling=False")
            : new NpgsqlConnection($"{database.Options.Postgres};Pooling=False");
        await connection.OpenAsync(Ct);
        return connection;
    }
}
