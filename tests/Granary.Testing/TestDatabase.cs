using Granary.Application.Storage;

namespace Granary.Testing;

/// <summary>A database of one test: new, isolated from every other one, gone when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> MigratedFile = new(MigrateFile);

    private readonly Lazy<Store> _store;

    private TestDatabase(DatabaseKind kind, StoreOptions options)
    {
        Kind = kind;
        Options = options;
        _store = new Lazy<Store>(() => new Store(options));
    }

    /// <summary>Which database.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>How to open it; on PostgreSQL a test opens a second store with them to play another node.</summary>
    public StoreOptions Options { get; }

    /// <summary>The store over it, opened on first use and closed with the database.</summary>
    public Store Store => _store.Value;

    /// <summary>The settings that make the product run on it.</summary>
    public IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>
            {
                ["Granary:Database"] = Kind == DatabaseKind.Sqlite ? "sqlite" : "postgres",
                ["Granary:DataDirectory"] = Options.Directory,
            };
            if (Options.Postgres is { } connection)
            {
                settings["ConnectionStrings:Granary"] = connection;
            }

            return settings;
        }
    }

    /// <summary>A database with the present schema and no rows but those that the migrations bring.</summary>
    public static Task<TestDatabase> Open(DatabaseKind kind) => Open(kind, migrated: true);

    /// <summary>A database without any table.</summary>
    public static Task<TestDatabase> OpenEmpty(DatabaseKind kind) => Open(kind, migrated: false);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_store.IsValueCreated)
        {
            await _store.Value.DisposeAsync();
        }

        if (Options.Postgres is { } connection)
        {
            await PostgresServer.Drop(connection);
        }

        Directory.Delete(Options.Directory, recursive: true);
    }

    private static async Task<TestDatabase> Open(DatabaseKind kind, bool migrated)
    {
        if (kind == DatabaseKind.Postgres)
        {
            var connection = await PostgresServer.Create(migrated);
            return new TestDatabase(kind, new StoreOptions(connection, NewDirectory(), null));
        }

        var options = new StoreOptions(null, NewDirectory(), null);
        if (migrated)
        {
            File.Copy(await MigratedFile.Value, options.SqliteFile);
        }

        return new TestDatabase(kind, options);
    }

    /// <summary>Migrates once for all tests of this process; copying the file takes a fraction of that time.</summary>
    private static async Task<string> MigrateFile()
    {
        var options = new StoreOptions(null, NewDirectory(), null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(options.Directory, recursive: true);
        await using var store = new Store(options);
        await store.Migrate();
        return options.SqliteFile;
    }

    private static string NewDirectory() => Directory.CreateTempSubdirectory("granary-test-").FullName;
}
