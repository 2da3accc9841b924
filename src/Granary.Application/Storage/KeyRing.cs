using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// Keys of contact data. Data keys stand in the database, wrapped by the master key, which comes from the environment or
/// from a file only its owner may read; every node needs the same master key.
/// </summary>
public static class KeyRing
{
    private const int KeySize = 32, NonceSize = 12, TagSize = 16;

    /// <summary>Opens the key ring, making keys on first use.</summary>
    /// <exception cref="MasterKeyException">The master key is missing or is not the one this database was made with.</exception>
    public static async Task<Vault> OpenVault(this Store store, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var rows = await Rows(db, ct);
        var master = MasterKey(store.Options, mayMake: rows.Count == 0);
        if (rows.Count == 0)
        {
            rows = await store.Write(
                async scope =>
                {
                    if (!scope.Store.IsSqlite)
                    {
                        await scope.Db.Database.ExecuteSqlRawAsync("LOCK TABLE data_key IN EXCLUSIVE MODE", ct);
                    }

                    var made = await Rows(scope.Db, ct);
                    if (made.Count == 0)
                    {
                        scope.Db.AddRange(Enumerable.Range(0, 2).Select(i => new DataKey { Id = i, Wrapped = Wrap(master, RandomNumberGenerator.GetBytes(KeySize)) }));
                        await scope.Db.SaveChangesAsync(ct);
                        made = await Rows(scope.Db, ct);
                    }

                    return made;
                },
                ct);
        }

        var keys = rows.ConvertAll(r => Unwrap(master, r.Wrapped));
        return new Vault(keys[1..], keys[0]);
    }

    private static Task<List<DataKey>> Rows(GranaryDb db, CancellationToken ct) =>
        db.Set<DataKey>().AsNoTracking().OrderBy(k => k.Id).ToListAsync(ct);

    private static byte[] MasterKey(StoreOptions options, bool mayMake)
    {
        if (options.MasterKey is { Length: > 0 } given)
        {
            var key = new byte[KeySize];
            return Convert.TryFromBase64String(given, key, out var n) && n == KeySize
                ? key
                : throw new MasterKeyException("The master key in Granary:MasterKey must be 32 bytes in base64.");
        }

        if (File.Exists(options.KeyFile))
        {
            return Convert.FromBase64String(File.ReadAllText(options.KeyFile).Trim());
        }

        if (!mayMake)
        {
            throw new MasterKeyException($"The database has encrypted contact data, but the master key {options.KeyFile} is missing. Put it back, or give it as Granary:MasterKey.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(options.KeyFile)!);
        var made = RandomNumberGenerator.GetBytes(KeySize);
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(options.KeyFile, file);
        writer.WriteLine(Convert.ToBase64String(made));
        return made;
    }

    private static byte[] Wrap(byte[] master, byte[] key)
    {
        var wrapped = new byte[NonceSize + TagSize + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(master, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), key, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize));
        return wrapped;
    }

    private static byte[] Unwrap(byte[] master, byte[] wrapped)
    {
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(master, TagSize);
        try
        {
            aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize), key);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new MasterKeyException("The master key is not the one this database was made with. Every node needs the same key: copy keys/master.key, or give it as Granary:MasterKey.");
        }

        return key;
    }
}

/// <summary>The master key is missing or wrong; the message says what to do.</summary>
public sealed class MasterKeyException(string message) : Exception(message);
