using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Granary.Testing;

/// <summary>
/// Runs a theory once on each database: <c>[Theory, OnBothDatabases] public async Task … (DatabaseKind kind)</c>, with
/// <see cref="TestDatabase.Open"/> inside. More arguments follow the kind; the attribute may be repeated for more rows.
/// Without a PostgreSQL server its rows are skipped and say so; CI counts a skipped test as a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnBothDatabasesAttribute(params object?[] more) : DataAttribute
{
    /// <summary>The arguments after the kind.</summary>
    public IReadOnlyList<object?> More { get; } = more;

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([Row(DatabaseKind.Sqlite, null), Row(DatabaseKind.Postgres, PostgresServer.MissingReason)]);

    private TheoryDataRow Row(DatabaseKind kind, string? skip) => new([kind, .. More]) { Skip = skip };
}
