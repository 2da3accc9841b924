using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// Keys of contact data as this node knows them. They stand in the database, wrapped by the master key. The newest seals. A number
/// this node has not heard of makes it read again, and so does a transaction when it has not looked for a while; a key it has
/// once read it keeps for opening, so that no reader is caught between two keys.
/// </summary>
internal sealed class KeyRing(Store store, TimeProvider time) : IDisposable
{
    /// <summary>For how long this node seals without looking whether there is a newer key.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private readonly MasterKeys _masters = new(store.Options);
    private readonly Lock _reading = new();
    private volatile Keys? _keys;

    /// <summary>The key of blind indexes.</summary>
    public byte[] IndexKey => Known.Index;

    /// <summary>The key that seals.</summary>
    public SealingKey Newest => Known.Newest;

    private Keys Known => _keys ?? throw new InvalidOperationException("The key ring has not been read.");

    /// <summary>The key of a number.</summary>
    /// <exception cref="CryptographicException">There is no such key.</exception>
    public SealingKey Find(int number) => Known.ByNumber.GetValueOrDefault(number) ?? FindAnew(number);

    /// <summary>Reads the ring, and makes it where there is none.</summary>
    public async Task Open(CancellationToken ct)
    {
        await using var db = store.Open();
        var rows = await Rows(db, ct);
        Take(rows.Count > 0 ? rows : await store.Write(scope => Found(scope, ct), ct));
    }

    /// <summary>
    /// Looks within a transaction that writes whether there is a newer key. A key this node sealed with may be gone, because it
    /// stood still for long: it puts it back, since values of it may be on their way, and they are sealed anew like all others.
    /// </summary>
    public async Task Look(WriteScope scope, CancellationToken ct)
    {
        if (_keys is not { } known || time.GetUtcNow() - known.ReadAt < Fresh)
        {
            return;
        }

        var rows = await Rows(scope.Db, ct);
        if (rows.TrueForAll(r => r.Number != known.Newest.Number))
        {
            var back = new DataKey { Id = known.Newest.Number + 1, Wrapped = MasterKeys.Wrap(_masters.InForce(rows[0].Wrapped), known.Newest.Key), MadeAt = Clock.Truncate(time.GetUtcNow()) };
            await scope.Insert().Add([back]).Send(ct);
        }

        Take(rows);
    }

    /// <summary>Adds a key and returns its number. This node seals with it once the transaction is committed and <see cref="Open"/> was called.</summary>
    public async Task<int> Add(WriteScope scope, CancellationToken ct)
    {
        var rows = await Locked(scope, ct);
        var made = new DataKey { Id = rows[^1].Id + 1, Wrapped = MasterKeys.Wrap(_masters.InForce(rows[0].Wrapped), MasterKeys.New()), MadeAt = Clock.Truncate(time.GetUtcNow()) };
        await scope.Insert().Add([made]).Send(ct);
        return made.Number;
    }

    /// <summary>Wraps every key anew with the master key that is to follow, and says how many keys there are.</summary>
    /// <param name="mayMake">Whether the one to follow may be made here.</param>
    /// <param name="noted">Notes it within the transaction.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="MasterKeyException">There is none to follow.</exception>
    public async Task<int> Rewrap(bool mayMake, Func<WriteScope, int, Task> noted, CancellationToken ct)
    {
        var next = _masters.Next() ?? (mayMake ? _masters.Prepare()
            : throw new MasterKeyException($"There is no new master key. Make {store.Options.NextKeyFile} with 'rotate-keys --master --prepare' and copy it to the keys folder of every node, or give it to every node as Granary:NextMasterKey."));
        var wrapped = await store.Write(
            async scope =>
            {
                var rows = await Locked(scope, ct);
                var present = _masters.InForce(rows[0].Wrapped);
                if (CryptographicOperations.FixedTimeEquals(present, next))
                {
                    throw new MasterKeyException("The new master key is in force already. Where it was given as Granary:NextMasterKey, give it as Granary:MasterKey from now on.");
                }

                foreach (var row in rows)
                {
                    var again = MasterKeys.Wrap(next, MasterKeys.Unwrap(present, row.Wrapped) ?? throw Unknown());
                    await scope.Db.Set<DataKey>().Where(k => k.Id == row.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.Wrapped, again), ct);
                }

                await noted(scope, rows.Count);
                return rows.Count;
            },
            ct);
        _masters.Settle();
        return wrapped;
    }

    /// <summary>Makes the master key that is to follow, so that it can be copied to other nodes first.</summary>
    public void Prepare() => _ = _masters.Next() ?? _masters.Prepare();

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in _keys?.ByNumber.Values ?? [])
        {
            key.Dispose();
        }
    }

    private async Task<List<DataKey>> Found(WriteScope scope, CancellationToken ct)
    {
        var made = await Locked(scope, ct);
        if (made.Count == 0)
        {
            var master = _masters.First();
            made = [.. Enumerable.Range(0, 2).Select(i => new DataKey { Id = i, Wrapped = MasterKeys.Wrap(master, MasterKeys.New()), MadeAt = Clock.Truncate(time.GetUtcNow()) })];
            await scope.Insert().Add(made).Send(ct);
        }

        return made;
    }

    private SealingKey FindAnew(int number)
    {
        using var db = store.Open();
        Take([.. db.Set<DataKey>().AsNoTracking().OrderBy(k => k.Id)]);
        return Known.ByNumber.GetValueOrDefault(number) ?? throw new CryptographicException($"There is no key {number}; what it sealed cannot be opened.");
    }

    private void Take(List<DataKey> rows)
    {
        lock (_reading)
        {
            var old = _keys;
            var keys = old?.ByNumber.ToDictionary() ?? [];
            if (rows.Find(r => r.Number >= 0 && !keys.ContainsKey(r.Number)) is not null || old is null)
            {
                var master = _masters.InForce(rows[0].Wrapped);
                foreach (var row in rows.Where(r => r.Number >= 0 && !keys.ContainsKey(r.Number)))
                {
                    keys[row.Number] = new SealingKey(row.Number, MasterKeys.Unwrap(master, row.Wrapped) ?? throw Unknown());
                }

                old ??= new Keys(MasterKeys.Unwrap(master, rows[0].Wrapped)!, keys.ToFrozenDictionary(), keys[rows[^1].Number], time.GetUtcNow());
            }

            _keys = new Keys(old.Index, keys.Count == old.ByNumber.Count ? old.ByNumber : keys.ToFrozenDictionary(), keys[rows[^1].Number], time.GetUtcNow());
        }
    }

    private static MasterKeyException Unknown() => new("A key in the database was wrapped by another master key than the others. Restore the table data_key from a backup.");

    // Whoever adds or wraps keys does it alone.
    private static async Task<List<DataKey>> Locked(WriteScope scope, CancellationToken ct)
    {
        if (!scope.Store.IsSqlite)
        {
            await scope.Db.Database.ExecuteSqlRawAsync("LOCK TABLE data_key IN EXCLUSIVE MODE", ct);
        }

        return await Rows(scope.Db, ct);
    }

    private static Task<List<DataKey>> Rows(GranaryDb db, CancellationToken ct) => db.Set<DataKey>().AsNoTracking().OrderBy(k => k.Id).ToListAsync(ct);

    private sealed record Keys(byte[] Index, FrozenDictionary<int, SealingKey> ByNumber, SealingKey Newest, DateTimeOffset ReadAt);
}

/// <summary>A data key, ready for use.</summary>
internal sealed class SealingKey(int number, byte[] key) : IDisposable
{
    private const int TagSize = 16;

    // One cipher may not be used by two threads at once.
    private readonly ThreadLocal<AesGcm> _cipher = new(() => new AesGcm(key, TagSize));

    public int Number => number;

    public byte[] Key => key;

    public byte[] Prefix { get; } = KeyNumber.Prefix(number);

    public AesGcm Cipher => _cipher.Value!;

    public void Dispose() => _cipher.Dispose();
}

/// <summary>Opening the vault of a database.</summary>
public static class Vaults
{
    /// <summary>Opens the vault, making keys on first use.</summary>
    /// <exception cref="MasterKeyException">The master key is missing or is not the one this database was made with.</exception>
    public static Task<Vault> OpenVault(this Store store, CancellationToken ct = default) => store.OpenVault(TimeProvider.System, ct);

    /// <inheritdoc cref="OpenVault(Store, CancellationToken)"/>
    public static async Task<Vault> OpenVault(this Store store, TimeProvider time, CancellationToken ct = default)
    {
        store.Ring ??= new KeyRing(store, time);
        await store.Ring.Open(ct);
        return new Vault(store.Ring);
    }
}
