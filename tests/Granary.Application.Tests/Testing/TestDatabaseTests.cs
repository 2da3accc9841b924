using System.Data.Common;
using Granary.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Granary.Application.Tests.Testing;

public sealed class TestDatabaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Two_databases_share_nothing(DatabaseKind kind)
    {
        await using var one = await TestDatabase.OpenEmpty(kind);
        await using var other = await TestDatabase.OpenEmpty(kind);
        await Run(one, "CREATE TABLE mine (n int)");
        await Run(other, "CREATE TABLE mine (n int)");
        await Run(one, "INSERT INTO mine VALUES (1)");

        Assert.Equal(0L, Convert.ToInt64(await Run(other, "SELECT count(*) FROM mine"), null));
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_left_of_a_disposed_database(DatabaseKind kind)
    {
        var database = await TestDatabase.Open(kind);
        await Run(database, "CREATE TABLE mine (n int)");
        await database.DisposeAsync();

        Assert.False(Directory.Exists(database.DataDirectory));
        await Assert.ThrowsAnyAsync<DbException>(() => Run(database, "SELECT 1"));
    }

    private static async Task<object?> Run(TestDatabase database, string sql)
    {
        await using DbConnection connection = database.Kind == DatabaseKind.Sqlite
            ? new SqliteConnection(database.ConnectionString)
            : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Ct);
    }
}
