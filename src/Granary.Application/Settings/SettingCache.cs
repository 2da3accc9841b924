using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>
/// Keeps the setting of this node. It is loaded anew when the revision in the database has moved; intake compares the
/// revision in each batch, everything else looks at most once a second.
/// </summary>
public sealed class SettingCache(Store store, Vault vault, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The keys that a setting was read with.</summary>
    internal Vault Vault => vault;

    private readonly SemaphoreSlim _loading = new(1);
    private volatile Setting? _current;
    private long _checkedAt;

    /// <summary>The setting, at most a second old.</summary>
    public async ValueTask<Setting> Get(CancellationToken ct = default)
    {
        if (_current is { } current && time.GetElapsedTime(Interlocked.Read(ref _checkedAt)) < Fresh)
        {
            return current;
        }

        return await Latest(ct);
    }

    /// <summary>The setting as the database has it at this moment.</summary>
    public async ValueTask<Setting> Latest(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await AtRevision(await db.Set<Organisation>().Select(o => o.Revision).FirstOrDefaultAsync(ct), ct);
    }

    /// <summary>A setting that is at least as new as a revision seen in the database.</summary>
    public async ValueTask<Setting> AtRevision(long revision, CancellationToken ct = default)
    {
        if (_current is { } current && current.Revision >= revision)
        {
            Interlocked.Exchange(ref _checkedAt, time.GetTimestamp());
            return current;
        }

        await _loading.WaitAsync(ct);
        try
        {
            if (_current is not { } loaded || loaded.Revision < revision)
            {
                await using var db = store.Open();
                _current = loaded = await SettingLoader.Load(db, vault, time.Now, ct);
            }

            Interlocked.Exchange(ref _checkedAt, time.GetTimestamp());
            return loaded;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Changes something the setting is made of; every node sees it with its next look.</summary>
    public async Task<T> Change<T>(Func<WriteScope, Task<T>> work, CancellationToken ct = default)
    {
        var (result, revision) = await store.Write(
            async scope =>
            {
                // The row is the lock: changes of the setting come one after another.
                await scope.Db.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Revision, x => x.Revision + 1), ct);
                var done = await work(scope);
                if (Refused(done) || scope.Abandoned)
                {
                    // Nothing changed, so no node reads the setting anew.
                    scope.Abandon();
                    return (done, 0);
                }

                await scope.Db.SaveChangesAsync(ct);
                return (done, await scope.Db.Set<Organisation>().Select(o => o.Revision).FirstOrDefaultAsync(ct));
            },
            ct);
        await AtRevision(revision, ct);
        return result;
    }

    private static bool Refused(object? result) =>
        result is false or PeopleResult.Refused or PeopleResult.Missing or PeopleResult.Stale or SettingResult.Refused or SettingResult.Missing;

    /// <inheritdoc cref="Change{T}"/>
    public Task Change(Func<WriteScope, Task> work, CancellationToken ct = default) =>
        Change(async scope => { await work(scope); return 0; }, ct);

    /// <inheritdoc />
    public void Dispose() => _loading.Dispose();
}
