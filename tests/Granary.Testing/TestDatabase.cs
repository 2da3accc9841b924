using Microsoft.Data.Sqlite;

namespace Granary.Testing;

/// <summary>A database of one test: new, isolated from every other one, gone when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> MigratedFile = new(MigrateFile);

    private TestDatabase(DatabaseKind kind, string dataDirectory, string connectionString)
    {
        Kind = kind;
        DataDirectory = dataDirectory;
        ConnectionString = connectionString;
    }

    /// <summary>Which database.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>A data directory of its own; SQLite's file is in it.</summary>
    public string DataDirectory { get; }

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>The settings that make the product run on it.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Granary:Database"] = Kind == DatabaseKind.Sqlite ? "sqlite" : "postgres",
        ["Granary:DataDirectory"] = DataDirectory,
        ["ConnectionStrings:Granary"] = ConnectionString,
    };

    /// <summary>A database with the present schema and no rows but those that the migrations bring.</summary>
    public static Task<TestDatabase> Open(DatabaseKind kind) => Open(kind, migrated: true);

    /// <summary>A database without any table.</summary>
    public static Task<TestDatabase> OpenEmpty(DatabaseKind kind) => Open(kind, migrated: false);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.Postgres)
        {
            await PostgresServer.Drop(ConnectionString);
        }
        else
        {
            await using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private static async Task<TestDatabase> Open(DatabaseKind kind, bool migrated)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var connectionString = await PostgresServer.Create(migrated);
            return new TestDatabase(kind, NewDirectory(), connectionString);
        }

        var directory = NewDirectory();
        if (migrated)
        {
            File.Copy(await MigratedFile.Value, FileIn(directory));
        }

        return new TestDatabase(kind, directory, ConnectionTo(directory));
    }

    private static async Task<string> MigrateFile()
    {
        var directory = NewDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        await Schema.Migrate(DatabaseKind.Sqlite, ConnectionTo(directory));
        await using var connection = new SqliteConnection(ConnectionTo(directory));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // What is still in the write-ahead log belongs into the file that is copied.
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
        SqliteConnection.ClearPool(connection);
        return FileIn(directory);
    }

    private static string NewDirectory() => Directory.CreateTempSubdirectory("granary-test-").FullName;

    private static string FileIn(string directory) => Path.Combine(directory, "granary.db");

    private static string ConnectionTo(string directory) => new SqliteConnectionStringBuilder { DataSource = FileIn(directory) }.ConnectionString;
}
