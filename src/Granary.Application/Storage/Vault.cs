using System.Security.Cryptography;
using System.Text;

namespace Granary.Application.Storage;

/// <summary>
/// Seals contact data with AES-256-GCM and makes the keyed blind indexes by which it is found (§18).
/// A sealed value is: key number (1 byte), nonce (12), tag (16), cipher text.
/// </summary>
public sealed class Vault : IDisposable
{
    private const int NonceSize = 12, TagSize = 16, Head = 1 + NonceSize + TagSize;
    private const int NoncesAtOnce = 85;

    // None of these may be used by two threads at once, and making one costs more than what it is used for.
    private readonly ThreadLocal<IncrementalHash> _index;
    private readonly ThreadLocal<AesGcm>[] _ciphers;
    private readonly ThreadLocal<Nonces> _nonces = new(() => new Nonces());

    /// <summary>A vault over an unwrapped key ring; the last data key seals, all of them open.</summary>
    public Vault(IReadOnlyList<byte[]> dataKeys, byte[] indexKey)
    {
        _index = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, indexKey));
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
        _nonces.Value!.Next(nonce);
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
        var index = _index.Value!;
        index.AppendData(input[..length]);
        index.GetHashAndReset(hash);
        return new Guid(hash[..16], true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _index.Dispose();
        _nonces.Dispose();
        Array.ForEach(_ciphers, c => c.Dispose());
    }

    // Random numbers come from the system, which is asked for many at once.
    private sealed class Nonces
    {
        private readonly byte[] _random = new byte[NoncesAtOnce * NonceSize];
        private int _used = NoncesAtOnce * NonceSize;

        public void Next(Span<byte> nonce)
        {
            if (_used == _random.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _used = 0;
            }

            _random.AsSpan(_used, NonceSize).CopyTo(nonce);
            _used += NonceSize;
        }
    }
}
