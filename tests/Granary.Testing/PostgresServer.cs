using Granary.Application.Storage;
using Npgsql;

namespace Granary.Testing;

/// <summary>The PostgreSQL server of the tests: databases are made from one migrated template and dropped afterwards.</summary>
public static class PostgresServer
{
    /// <summary>The environment variable with the connection string of a server on which tests may make and drop databases.</summary>
    public const string Variable = "GRANARY_TEST_POSTGRES";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);

    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);

    /// <summary>Why there is no server; null when there is one.</summary>
    public static string? MissingReason =>
        string.IsNullOrEmpty(Server) ? $"No PostgreSQL: run eng/test, or name a server in {Variable}." : null;

    /// <summary>The connection string of a new database.</summary>
    public static async Task<string> Create(bool migrated)
    {
        var template = migrated ? await Template.Value : "template0";
        var name = NewName("test");
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return For(name);
    }

    /// <summary>Drops a database, whoever is still connected to it.</summary>
    public static Task Drop(string connectionString) =>
        Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    private static async Task<string> MakeTemplate()
    {
        var name = NewName("template");
        await Execute($"CREATE DATABASE {name}");
        var directory = Directory.CreateTempSubdirectory("granary-test-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(For(name)).GetAwaiter().GetResult();
        // A template can be copied only while nobody is connected to it.
        await using (var store = new Store(new StoreOptions(For(name), directory.FullName, null)))
        {
            await store.Migrate();
        }

        directory.Delete(recursive: true);
        return name;
    }

    private static string NewName(string purpose) => $"granary_{purpose}_{Guid.NewGuid():N}";

    // Each database has a pool of its own, and all of them share the server's connections.
    private static string For(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;

    private static async Task Execute(string sql)
    {
        Assert.SkipWhen(MissingReason is not null, MissingReason ?? "");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
