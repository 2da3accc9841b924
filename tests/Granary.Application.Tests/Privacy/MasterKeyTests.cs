using System.Security.Cryptography;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class MasterKeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_master_key_takes_the_place_of_the_file_and_the_old_one_opens_nothing()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        await Keep(database);
        var old = await File.ReadAllTextAsync(database.Options.KeyFile, Ct);

        Assert.Equal(2, await Rewrap(database.Options));

        Assert.NotEqual(old, await File.ReadAllTextAsync(database.Options.KeyFile, Ct));
        Assert.False(File.Exists(database.Options.NextKeyFile));
        Assert.Equal("13800138000", await Opened(database.Options));
        await File.WriteAllTextAsync(database.Options.KeyFile, old, Ct);
        await Assert.ThrowsAsync<MasterKeyException>(() => Opened(database.Options));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_dies_before_or_after_the_commit_leaves_keys_that_open(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await Keep(database);
        var old = await File.ReadAllBytesAsync(database.Options.KeyFile, Ct);
        await using (var store = new Store(database.Options))
        {
            using var vault = await store.OpenVault(Ct);
            new RewrapKeys(store, TimeProvider.System).Prepare();
        }

        // The new file is there and nothing else: the old one opens.
        Assert.Equal("13800138000", await Opened(database.Options));
        Assert.True(File.Exists(database.Options.NextKeyFile));
        var next = await File.ReadAllBytesAsync(database.Options.NextKeyFile, Ct);

        await Rewrap(database.Options);
        // The change is committed and the files still stand as they did.
        await File.WriteAllBytesAsync(database.Options.KeyFile, old, Ct);
        await File.WriteAllBytesAsync(database.Options.NextKeyFile, next, Ct);
        Assert.Equal("13800138000", await Opened(database.Options));
        Assert.Equal(next, await File.ReadAllBytesAsync(database.Options.KeyFile, Ct));
        Assert.False(File.Exists(database.Options.NextKeyFile));
    }

    [Theory, OnBothDatabases]
    public async Task A_master_key_of_the_environment_is_followed_by_another_of_the_environment(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var (first, second) = (New(), New());
        var before = database.Options with { MasterKey = first };
        await Keep(before);
        await Assert.ThrowsAsync<MasterKeyException>(() => Rewrap(before));

        var between = before with { NextMasterKey = second };
        await Rewrap(between);

        Assert.Equal("13800138000", await Opened(between));
        Assert.Equal("13800138000", await Opened(before with { MasterKey = second }));
        await Assert.ThrowsAsync<MasterKeyException>(() => Opened(before));
        await Assert.ThrowsAsync<MasterKeyException>(() => Rewrap(between));
        Assert.False(Directory.Exists(Path.GetDirectoryName(before.KeyFile)));
    }

    [Fact]
    public async Task A_node_with_the_old_master_key_works_on_and_learns_of_the_new_one_by_its_file()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Postgres);
        await Keep(database);
        var elsewhere = database.Options with { Directory = Directory.CreateTempSubdirectory("granary-node-").FullName };
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere.KeyFile)!);
        File.Copy(database.Options.KeyFile, elsewhere.KeyFile);
        await using var running = new Store(elsewhere);
        using var theirs = await running.OpenVault(Ct);
        await using var store = new Store(database.Options);
        using var vault = await store.OpenVault(Ct);
        await Assert.ThrowsAsync<MasterKeyException>(() => new RewrapKeys(store, TimeProvider.System).Run(Ct));
        new RewrapKeys(store, TimeProvider.System).Prepare();
        File.Copy(database.Options.NextKeyFile, elsewhere.NextKeyFile);

        await new RewrapKeys(store, TimeProvider.System).Run(Ct);
        await new RotateKeys(store, vault, TimeProvider.System).Begin(null, Ct);
        var newer = vault.Seal("newer");

        Assert.Equal("newer", theirs.Open(newer));
        Assert.False(File.Exists(elsewhere.NextKeyFile));
        Directory.Delete(elsewhere.Directory, recursive: true);
    }

    private static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Task Keep(TestDatabase database) => Keep(database.Options);

    private static async Task Keep(StoreOptions options)
    {
        await using var store = new Store(options);
        using var vault = await store.OpenVault(Ct);
        await store.Write(
            async scope =>
            {
                scope.Db.Add(new ProtectionKey { Name = "test", Xml = vault.Seal("13800138000") });
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
    }

    private static async Task<int> Rewrap(StoreOptions options)
    {
        await using var store = new Store(options);
        using var vault = await store.OpenVault(Ct);
        if (options.Postgres is not null && options.MasterKey is null && !File.Exists(options.NextKeyFile))
        {
            new RewrapKeys(store, TimeProvider.System).Prepare();
        }

        return await new RewrapKeys(store, TimeProvider.System).Run(Ct);
    }

    private static async Task<string> Opened(StoreOptions options)
    {
        await using var store = new Store(options);
        using var vault = await store.OpenVault(Ct);
        await using var db = store.Open();
        return vault.Open(await db.Set<ProtectionKey>().Select(k => k.Xml).SingleAsync(Ct));
    }
}
