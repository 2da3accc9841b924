using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Storage;

public sealed class DurableTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_is_written_early_is_seen_by_others_and_on_the_disk_when_it_is_called_durable(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await KeepPromises(shop.Store);
        await shop.Store.WriteEarly(scope => scope.Db.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, "早写"), Ct), Ct);
        Assert.Equal("早写", await shop.Read(db => db.Set<Organisation>().Select(o => o.Name).SingleAsync(Ct)));
        if (shop.Store.Source is not { } source)
        {
            // SQLite has it on the disk when a write ends.
            Assert.True(shop.Store.Durable().IsCompletedSuccessfully);
            return;
        }

        await using var written = source.CreateCommand("SELECT pg_current_wal_insert_lsn()::text");
        var position = (string)(await written.ExecuteScalarAsync(Ct))!;
        await shop.Store.Durable();
        await using var flushed = source.CreateCommand($"SELECT pg_current_wal_flush_lsn() >= '{position}'::pg_lsn");
        Assert.True((bool)(await flushed.ExecuteScalarAsync(Ct))!);
    }

    // The server of the tests trades safety for speed, in this respect too.
    private static async Task KeepPromises(Store store)
    {
        if (store.Source is { } source)
        {
            await using var promise = source.CreateCommand("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$");
            await promise.ExecuteNonQueryAsync(Ct);
            source.Clear();
        }
    }

    [Fact]
    public async Task Who_comes_while_a_flush_runs_shares_the_next_one()
    {
        List<TaskCompletionSource> flushes = [];
        var begun = new SemaphoreSlim(0);
        var shared = new SharedFlush(() =>
        {
            var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            flushes.Add(flush);
            begun.Release();
            return flush.Task;
        });
        var first = shared.Wait();
        await begun.WaitAsync(Ct);
        var (second, third) = (shared.Wait(), shared.Wait());
        Assert.Single(flushes);
        flushes[0].SetResult();
        await first;
        await begun.WaitAsync(Ct);
        Assert.False(second.IsCompleted || third.IsCompleted);
        flushes[1].SetResult();
        await Task.WhenAll(second, third);
        Assert.Equal(2, flushes.Count);
    }

    [Fact]
    public async Task A_flush_that_fails_is_told_to_those_who_waited_for_it_and_nobody_else()
    {
        var count = 0;
        var shared = new SharedFlush(() => ++count == 1 ? Task.FromException(new InvalidOperationException("disk")) : Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(shared.Wait);
        await shared.Wait();
    }
}
