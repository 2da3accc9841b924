using System.Security.Cryptography;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// Changes the data key while the product runs (§18). A new key seals from now on; what older keys sealed is sealed anew in small
/// batches, by whichever node has the lease; when nothing is left and every node knows the new key, the older ones are deleted.
/// Killed at any point, it goes on from what is left.
/// </summary>
public sealed class RotateKeys(Store store, Vault vault, TimeProvider time)
{
    /// <summary>
    /// For how long older keys are kept after nothing was left under them: several times what a node may seal without looking
    /// whether there is a newer key.
    /// </summary>
    public static readonly TimeSpan Settling = 4 * KeyRing.Fresh;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromHours(1);

    private KeyRing Ring => store.Ring!;

    /// <summary>The latest rotation; null when keys were never changed.</summary>
    public async Task<KeyRotation?> Latest(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<KeyRotation>().AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>The keys there are, without the keys.</summary>
    public async Task<IReadOnlyList<(int Number, DateTimeOffset? MadeAt)>> Keys(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return [.. (await db.Set<DataKey>().Where(k => k.Id > 0).OrderBy(k => k.Id).Select(k => new { k.Id, k.MadeAt }).ToListAsync(ct)).Select(k => (k.Id, k.MadeAt))];
    }

    /// <summary>Makes a new key and begins to seal with it; when the last change has not ended, that one is returned.</summary>
    /// <param name="actor">Who asks; null for the command line.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<KeyRotation> Begin(Guid? actor, CancellationToken ct = default)
    {
        var rotation = await store.Write(
            async scope =>
            {
                // Adding locks the ring, so that of two who begin at once the second finds the first's.
                var number = await Ring.Add(scope, ct);
                if (await scope.Db.Set<KeyRotation>().AsNoTracking().FirstOrDefaultAsync(r => r.EndedAt == null, ct) is { } running)
                {
                    scope.Abandon();
                    return running;
                }

                var begun = new KeyRotation { Id = number + 1, ActorId = actor, StartedAt = time.Now };
                scope.Db.Add(begun);
                scope.Db.Add(KeyEvent.Of(KeyEvent.Rotated, time.Now, actor, new { key = begun.Id }));
                await scope.Db.SaveChangesAsync(ct);
                return begun;
            },
            ct);
        await Ring.Open(ct);
        return rotation;
    }

    /// <summary>Goes on with a change that has not ended, unless another node does.</summary>
    /// <param name="moved">Is told how far it is.</param>
    /// <param name="ct">Cancellation: what was done stays, and another goes on.</param>
    public async Task Work(Action<KeyRotation>? moved = null, CancellationToken ct = default)
    {
        if (await Latest(ct) is not { EndedAt: null } || await Take(ct) is not { } rotation)
        {
            return;
        }

        try
        {
            await Ring.Open(ct);
            if (rotation.SealedAt is null)
            {
                await SealAnew(rotation, moved, ct);
            }
            else if (time.Now >= rotation.SealedAt + Settling)
            {
                await End(rotation, ct);
                moved?.Invoke(rotation);
            }
        }
        catch (RotationTakenException)
        {
            return;
        }

        // A value that nothing opens stays so: it is not looked for again and again.
        await Move(rotation, r => r.LeaseUntil = rotation.Broken > 0 ? time.Now + Pause : null, CancellationToken.None);
    }

    private async Task SealAnew(KeyRotation rotation, Action<KeyRotation>? moved, CancellationToken ct)
    {
        var prefix = Ring.Newest.Prefix;
        IReadOnlyList<SealedTable> tables;
        long left = 0;
        await using (var db = store.Open())
        {
            tables = SealedTable.Of(db);
            foreach (var table in tables)
            {
                left += await table.Count(db, prefix, ct);
            }
        }

        await Move(rotation, r => (r.Total, r.Broken) = (r.Done + left, 0), ct);
        moved?.Invoke(rotation);
        foreach (var table in tables)
        {
            SealedRow? last = null;
            do
            {
                last = await Batch(rotation, table, prefix, last, ct);
                moved?.Invoke(rotation);
            }
            while (last is not null);
        }

        if (rotation.Broken == 0)
        {
            await Move(rotation, r => (r.SealedAt, r.Done) = (time.Now, r.Total), ct);
            moved?.Invoke(rotation);
        }
    }

    private async Task<SealedRow?> Batch(KeyRotation rotation, SealedTable table, byte[] prefix, SealedRow? after, CancellationToken ct)
    {
        IReadOnlyList<SealedRow> rows;
        await using (var db = store.Open())
        {
            rows = await table.Read(db, prefix, after, ct);
        }

        if (rows.Count == 0)
        {
            return null;
        }

        List<(SealedRow Row, int Column, byte[] Made)> made = [];
        var broken = 0;
        foreach (var row in rows)
        {
            var whole = true;
            foreach (var (i, value) in row.Values.Index())
            {
                if (value is not null && !value.AsSpan().StartsWith(prefix))
                {
                    try
                    {
                        made.Add((row, i, vault.Reseal(value)));
                    }
                    catch (CryptographicException)
                    {
                        whole = false;
                    }
                }
            }

            broken += whole ? 0 : 1;
        }

        await Move(rotation, r => (r.Done, r.Broken) = (r.Done + rows.Count - broken, r.Broken + broken), ct, scope => table.Write(scope, made, ct));
        return rows[^1];
    }

    private async Task End(KeyRotation rotation, CancellationToken ct)
    {
        var prefix = Ring.Newest.Prefix;
        await using (var db = store.Open())
        {
            // Whoever has begun to write by now ends before the older keys go.
            if (!await Alone(db, ct))
            {
                return;
            }

            foreach (var table in SealedTable.Of(db))
            {
                if (await table.Any(db, prefix, ct))
                {
                    // A node that did not know better, or one that stood still for long.
                    await Move(rotation, r => r.SealedAt = null, ct);
                    return;
                }
            }
        }

        await Move(rotation, r => r.EndedAt = time.Now, ct, async scope =>
        {
            if (store.IsSqlite)
            {
                await scope.Db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", ct);
            }

            var old = scope.Db.Set<DataKey>().Where(k => k.Id > 0 && k.Id < rotation.Id);
            var gone = await old.Select(k => k.Id).ToListAsync(ct);
            await old.ExecuteDeleteAsync(ct);
            scope.Db.Add(KeyEvent.Of(KeyEvent.Deleted, time.Now, null, new { keys = gone, values = rotation.Done }));
            await scope.Db.SaveChangesAsync(ct);
        });
        await Forget(ct);
    }

    // Deleted rows stand in the files of a database until they are written over.
    private async Task Forget(CancellationToken ct)
    {
        await using var db = store.Open();
        await (store.IsSqlite ? store.Checkpoint(ct) : db.Database.ExecuteSqlRawAsync("VACUUM (FULL) data_key", ct));
    }

    // A transaction that began before its node last looked for a newer key may still bring a value of an older one.
    private async Task<bool> Alone(GranaryDb db, CancellationToken ct) => store.IsSqlite || await db.Database.SqlQuery<bool>($"""
        SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
            AND pid <> pg_backend_pid() AND xact_start < now() - {KeyRing.Fresh}) AS "Value"
        """).SingleAsync(ct);

    private async Task<KeyRotation?> Take(CancellationToken ct)
    {
        var (now, until) = (time.Now, time.Now + Lease);
        return await store.Write(
            async scope => await scope.Db.Set<KeyRotation>().Where(r => r.EndedAt == null && (r.LeaseUntil == null || r.LeaseUntil <= now))
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.LeaseUntil, until), ct) == 0
                ? null
                : await scope.Db.Set<KeyRotation>().AsNoTracking().SingleAsync(r => r.EndedAt == null, ct),
            ct);
    }

    // The row's expiry is the token: whose lease ran out and was taken by another commits nothing any more.
    private async Task Move(KeyRotation rotation, Action<KeyRotation> change, CancellationToken ct, Func<WriteScope, Task>? work = null)
    {
        var (held, until) = (rotation.LeaseUntil, time.Now + Lease);
        var next = rotation.Copy();
        next.LeaseUntil = until > held ? until : held!.Value.AddMilliseconds(1);
        change(next);
        await store.Write(
            async scope =>
            {
                var mine = scope.Db.Set<KeyRotation>().Where(r => r.Id == rotation.Id && r.LeaseUntil == held);
                if (await mine.ExecuteUpdateAsync(
                    r => r.SetProperty(x => x.Total, next.Total).SetProperty(x => x.Done, next.Done).SetProperty(x => x.Broken, next.Broken)
                        .SetProperty(x => x.SealedAt, next.SealedAt).SetProperty(x => x.EndedAt, next.EndedAt).SetProperty(x => x.LeaseUntil, next.LeaseUntil),
                    ct) == 0)
                {
                    throw new RotationTakenException();
                }

                await (work?.Invoke(scope) ?? Task.CompletedTask);
            },
            ct);
        (rotation.Total, rotation.Done, rotation.Broken, rotation.SealedAt, rotation.EndedAt, rotation.LeaseUntil) =
            (next.Total, next.Done, next.Broken, next.SealedAt, next.EndedAt, next.LeaseUntil);
    }

    private sealed class RotationTakenException() : Exception("Another node goes on with the change of keys.");
}

/// <summary>How changes of keys stand in the event log.</summary>
public static class KeyEvent
{
    /// <summary>A new data key seals.</summary>
    public const string Rotated = "keys.rotated";

    /// <summary>Older data keys were deleted.</summary>
    public const string Deleted = "keys.deleted";

    /// <summary>The data keys were wrapped by a new master key.</summary>
    public const string Rewrapped = "keys.rewrapped";

    internal static EventRecord Of(string kind, DateTimeOffset now, Guid? actor, object data) =>
        new() { At = now, ActorId = actor, SubjectId = Guid.Empty, Kind = kind, Data = Json.Write(data) };
}
