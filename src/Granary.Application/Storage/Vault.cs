using System.Security.Cryptography;
using System.Text;

namespace Granary.Application.Storage;

/// <summary>
/// Seals contact data with AES-256-GCM and makes the keyed blind indexes by which it is found (§18).
/// A sealed value is: key number (1 byte), nonce (12), tag (16), cipher text.
/// </summary>
public sealed class Vault
{
    private const int NonceSize = 12, TagSize = 16, Head = 1 + NonceSize + TagSize;
    private readonly byte[] _index;
    private readonly ThreadLocal<AesGcm>[] _ciphers;

    /// <summary>A vault over an unwrapped key ring; the last data key seals, all of them open.</summary>
    public Vault(IReadOnlyList<byte[]> dataKeys, byte[] indexKey)
    {
        _index = indexKey;
        // An AesGcm must not be used by two threads at once.
        _ciphers = [.. dataKeys.Select(k => new ThreadLocal<AesGcm>(() => new AesGcm(k, TagSize)))];
    }

    /// <summary>Encrypts a text.</summary>
    public SealedText Seal(string text)
    {
        Span<byte> plain = stackalloc byte[512];
        plain = Encoding.UTF8.GetByteCount(text) <= plain.Length ? plain[..Encoding.UTF8.GetBytes(text, plain)] : Encoding.UTF8.GetBytes(text);
        return new SealedText(SealBytes(plain));
    }

    /// <summary>Decrypts what <see cref="Seal"/> made; a changed value is a fault (<see cref="CryptographicException"/>).</summary>
    public string Open(SealedText text) => Encoding.UTF8.GetString(OpenBytes(text.Bytes));

    /// <summary>Encrypts bytes, such as a piece of a file.</summary>
    public byte[] SealBytes(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[Head + plain.Length];
        sealedBytes[0] = (byte)(_ciphers.Length - 1);
        var nonce = sealedBytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _ciphers[^1].Value!.Encrypt(nonce, plain, sealedBytes.AsSpan(Head), sealedBytes.AsSpan(1 + NonceSize, TagSize));
        return sealedBytes;
    }

    /// <summary>Decrypts what <see cref="SealBytes"/> made; a changed value is a fault (<see cref="CryptographicException"/>).</summary>
    public byte[] OpenBytes(ReadOnlySpan<byte> sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - Head];
        _ciphers[sealedBytes[0]].Value!.Decrypt(sealedBytes.Slice(1, NonceSize), sealedBytes[Head..], sealedBytes.Slice(1 + NonceSize, TagSize), plain);
        return plain;
    }

    /// <summary>Blind index of a normalised value: the same value always gives the same key, which tells nothing without ours.</summary>
    /// <param name="kind">One letter for the kind of value, so that equal texts of two kinds do not meet.</param>
    /// <param name="value">The normalised value.</param>
    public Guid Index(char kind, string value)
    {
        Span<byte> input = stackalloc byte[1 + Encoding.UTF8.GetMaxByteCount(value.Length) is var n && n <= 1024 ? n : 0];
        if (input.IsEmpty)
        {
            input = new byte[1 + Encoding.UTF8.GetMaxByteCount(value.Length)];
        }

        input[0] = (byte)kind;
        var length = 1 + Encoding.UTF8.GetBytes(value, input[1..]);
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_index, input[..length], hash);
        return new Guid(hash[..16], true);
    }
}
