using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Application.Storage;

/// <summary>
/// Seals contact data with AES-256-GCM and makes the keyed blind indexes by which it is found (§18). The newest data key of the
/// ring seals, all of them open. A sealed value is: key number (<see cref="KeyNumber"/>), nonce (12), tag (16), cipher text.
/// </summary>
public sealed class Vault : IDisposable
{
    private const int NonceSize = 12, TagSize = 16;
    private const int NoncesAtOnce = 85;
    private const int ShortIndexed = 3, MostShort = 20_000;

    private readonly KeyRing _ring;
    private readonly ConcurrentDictionary<(char Kind, string Value), Guid> _short = new();
    private int _shortKnown;

    // None of these may be used by two threads at once, and making one costs more than what it is used for.
    private readonly ThreadLocal<IncrementalHash> _index;
    private readonly ThreadLocal<Nonces> _nonces = new(() => new Nonces());

    internal Vault(KeyRing ring)
    {
        _ring = ring;
        _index = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ring.IndexKey));
    }

    /// <summary>Encrypts a text.</summary>
    public SealedText Seal(string text)
    {
        Span<byte> plain = stackalloc byte[512];
        plain = Encoding.UTF8.GetByteCount(text) <= plain.Length ? plain[..Encoding.UTF8.GetBytes(text, plain)] : Encoding.UTF8.GetBytes(text);
        return new SealedText(Encrypt(plain));
    }

    /// <summary>Decrypts what <see cref="Seal"/> made; a changed value is a fault (<see cref="CryptographicException"/>).</summary>
    public string Open(SealedText text) => Encoding.UTF8.GetString(Decrypt(text.Bytes));

    /// <summary>Encrypts bytes, such as a piece of a file.</summary>
    public SealedBytes SealBytes(ReadOnlySpan<byte> plain) => new(Encrypt(plain));

    /// <summary>Decrypts what <see cref="SealBytes"/> made; a changed value is a fault (<see cref="CryptographicException"/>).</summary>
    public byte[] OpenBytes(SealedBytes sealedBytes) => Decrypt(sealedBytes.Bytes);

    /// <summary>The same value under the newest key.</summary>
    internal byte[] Reseal(ReadOnlySpan<byte> sealedBytes) => Encrypt(Decrypt(sealedBytes));

    /// <summary>Blind index of a normalised value: the same value always gives the same key, which tells nothing without ours.</summary>
    /// <param name="kind">One letter for the kind of value, so that equal texts of two kinds do not meet.</param>
    /// <param name="value">The normalised value.</param>
    public Guid Index(char kind, string value)
    {
        if (value.Length > ShortIndexed)
        {
            return Hash(kind, value);
        }

        // Beginnings of companies' names: few, and several asked for with every lead.
        if (!_short.TryGetValue((kind, value), out var index))
        {
            index = Hash(kind, value);
            if (_shortKnown < MostShort && _short.TryAdd((kind, value), index))
            {
                Interlocked.Increment(ref _shortKnown);
            }
        }

        return index;
    }

    /// <summary>
    /// Keyed digest of a longer content that may hold contact data, from its plain digest: who has the plain one could try numbers
    /// until one fits.
    /// </summary>
    /// <param name="kind">One letter for the kind of content.</param>
    /// <param name="digest">A cryptographic hash of the content.</param>
    public Guid Index(char kind, ReadOnlySpan<byte> digest) => Index(kind, Convert.ToHexString(digest));

    /// <inheritdoc />
    public void Dispose()
    {
        _index.Dispose();
        _nonces.Dispose();
    }

    private Guid Hash(char kind, string value)
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

    private byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var key = _ring.Newest;
        var begin = key.Prefix.Length;
        var made = new byte[begin + NonceSize + TagSize + plain.Length];
        key.Prefix.CopyTo(made, 0);
        var nonce = made.AsSpan(begin, NonceSize);
        _nonces.Value!.Next(nonce);
        key.Cipher.Encrypt(nonce, plain, made.AsSpan(begin + NonceSize + TagSize), made.AsSpan(begin + NonceSize, TagSize));
        return made;
    }

    private byte[] Decrypt(ReadOnlySpan<byte> made)
    {
        var number = KeyNumber.Read(made, out var begin);
        if (made.Length < begin + NonceSize + TagSize)
        {
            throw new CryptographicException("A sealed value is cut off.");
        }

        var plain = new byte[made.Length - begin - NonceSize - TagSize];
        _ring.Find(number).Cipher.Decrypt(made.Slice(begin, NonceSize), made[(begin + NonceSize + TagSize)..], made.Slice(begin + NonceSize, TagSize), plain);
        return plain;
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
