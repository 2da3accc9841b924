using System.Data.Common;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Testing;

public sealed class TestDatabaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Two_databases_share_nothing(DatabaseKind kind)
    {
        await using var one = await TestDatabase.Open(kind);
        await using var other = await TestDatabase.Open(kind);
        await AddDepartment(one);

        Assert.Equal(1, await Departments(one));
        Assert.Equal(0, await Departments(other));
    }

    [Theory, OnBothDatabases]
    public async Task A_second_store_sees_the_same_rows(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await AddDepartment(database);

        await using var second = new Store(database.Options);
        await using var db = second.Open();
        Assert.Equal(1, await db.Set<Department>().CountAsync(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task An_empty_database_has_no_tables_until_it_is_migrated(DatabaseKind kind)
    {
        await using var database = await TestDatabase.OpenEmpty(kind);
        await Assert.ThrowsAnyAsync<DbException>(() => Departments(database));
        await database.Store.Migrate(Ct);
        Assert.Equal(0, await Departments(database));
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_left_of_a_disposed_database(DatabaseKind kind)
    {
        var database = await TestDatabase.Open(kind);
        await AddDepartment(database);
        await database.DisposeAsync();

        Assert.False(Directory.Exists(database.Options.Directory));
        if (kind == DatabaseKind.Postgres)
        {
            await using var gone = new Npgsql.NpgsqlConnection(database.Options.Postgres);
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => gone.OpenAsync(Ct));
            Assert.Equal(Npgsql.PostgresErrorCodes.InvalidCatalogName, refused.SqlState);
        }
    }

    private static Task AddDepartment(TestDatabase database) => database.Store.Write(
        async scope =>
        {
            scope.Db.Add(new Department { Id = Guid.CreateVersion7(), Name = "East" });
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);

    private static async Task<int> Departments(TestDatabase database)
    {
        await using var db = database.Store.Open();
        return await db.Set<Department>().CountAsync(Ct);
    }
}
