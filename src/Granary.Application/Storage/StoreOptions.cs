namespace Granary.Application.Storage;

/// <summary>Which database, and where.</summary>
/// <param name="Postgres">Connection string of PostgreSQL; null for the embedded database.</param>
/// <param name="Directory">The data folder: the embedded database, the master key.</param>
/// <param name="MasterKey">The master key in base64 from the environment; null takes it from the data folder.</param>
public sealed record StoreOptions(string? Postgres, string Directory, string? MasterKey)
{
    /// <summary>The embedded database's file.</summary>
    public string SqliteFile => Path.Combine(Directory, "granary.db");

    /// <summary>The master key that is to follow, in base64 from the environment; null takes it from the data folder.</summary>
    public string? NextMasterKey { get; init; }

    /// <summary>The file with the master key that is to follow.</summary>
    public string NextKeyFile => Path.Combine(Directory, "keys", "master.next.key");

    /// <summary>The file with the master key.</summary>
    public string KeyFile => Path.Combine(Directory, "keys", "master.key");
}
