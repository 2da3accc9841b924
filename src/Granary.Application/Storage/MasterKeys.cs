using System.Security.Cryptography;

namespace Granary.Application.Storage;

/// <summary>
/// The master key that wraps the keys in the database, and the one that is to follow it. Each comes from the environment or from
/// a file only its owner may read. While they change, either opens; the data says which of them is in force.
/// </summary>
/// <param name="options">Where they are.</param>
internal sealed class MasterKeys(StoreOptions options)
{
    private const int KeySize = 32, NonceSize = 12, TagSize = 16;

    /// <summary>Wraps a key.</summary>
    public static byte[] Wrap(byte[] master, byte[] key)
    {
        var wrapped = new byte[NonceSize + TagSize + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(master, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), key, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize));
        return wrapped;
    }

    /// <summary>Unwraps a key; null when another master key wrapped it.</summary>
    public static byte[]? Unwrap(byte[] master, byte[] wrapped)
    {
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(master, TagSize);
        try
        {
            aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize), key);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A new key.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(KeySize);

    /// <summary>The master key of a database that has no keys yet, made where there is none.</summary>
    /// <exception cref="MasterKeyException">It cannot be read.</exception>
    public byte[] First() => Given(options.MasterKey, "Granary:MasterKey") ?? InFile(options.KeyFile) ?? Make(options.KeyFile);

    /// <summary>The master key in force: the one that opens what is in the database.</summary>
    /// <exception cref="MasterKeyException">None of them does.</exception>
    public byte[] InForce(byte[] wrapped)
    {
        var present = Given(options.MasterKey, "Granary:MasterKey") ?? InFile(options.KeyFile);
        if (present is not null && Unwrap(present, wrapped) is not null)
        {
            return present;
        }

        if (Next() is { } next && Unwrap(next, wrapped) is not null)
        {
            // The change was committed and its last step is missing.
            Settle();
            return next;
        }

        throw new MasterKeyException(present is null
            ? $"The database has encrypted contact data, but the master key {options.KeyFile} is missing. Put it back, or give it as Granary:MasterKey."
            : "The master key is not the one this database was made with. Every node needs the same key: copy keys/master.key, or give it as Granary:MasterKey.");
    }

    /// <summary>The master key that is to follow; null where none was prepared.</summary>
    public byte[]? Next() => Given(options.NextMasterKey, "Granary:NextMasterKey") ?? InFile(options.NextKeyFile);

    /// <summary>Makes the master key that is to follow, in its file.</summary>
    public byte[] Prepare() => Make(options.NextKeyFile);

    /// <summary>Puts the file of the new master key in the place of the old one, once the new one is in force.</summary>
    public void Settle()
    {
        if (options.MasterKey is not { Length: > 0 } && options.NextMasterKey is not { Length: > 0 } && File.Exists(options.NextKeyFile))
        {
            File.Move(options.NextKeyFile, options.KeyFile, overwrite: true);
        }
    }

    private static byte[]? Given(string? text, string name) => text is not { Length: > 0 } ? null
        : Read(text) ?? throw new MasterKeyException($"The master key in {name} must be 32 bytes in base64.");

    private static byte[]? InFile(string file)
    {
        try
        {
            return Read(File.ReadAllText(file).Trim()) ?? throw new MasterKeyException($"The master key in {file} must be 32 bytes in base64.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static byte[]? Read(string text)
    {
        var key = new byte[KeySize];
        return Convert.TryFromBase64String(text, key, out var n) && n == KeySize ? key : null;
    }

    private static byte[] Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = New();
        // Under its name a key file is always whole.
        var unfinished = $"{path}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(made) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: false);
        return made;
    }
}

/// <summary>The master key is missing or wrong; the message says what to do.</summary>
public sealed class MasterKeyException(string message) : Exception(message);
