namespace Granary.Testing;

/// <summary>The databases that every persistence test runs on.</summary>
public enum DatabaseKind
{
    /// <summary>The embedded database.</summary>
    Sqlite,

    /// <summary>The server, named by <see cref="PostgresServer.Variable"/>.</summary>
    Postgres,
}
