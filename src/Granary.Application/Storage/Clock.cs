using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Granary.Application.Storage;

/// <summary>Instants as both databases keep them: UTC, whole milliseconds.</summary>
public static class Clock
{
    private const int Drawn = 1024, Random = 10;

    // Ten random bytes cost as much as a thousand, and a lead takes eight ids.
    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _left;

    extension(TimeProvider time)
    {
        /// <summary>The present instant in whole milliseconds.</summary>
        public DateTimeOffset Now => Truncate(time.GetUtcNow());

        /// <summary>A new time-ordered id.</summary>
        public Guid NewId() => NewId(time.GetUtcNow());
    }

    /// <summary>A new id of an instant, ordered by time (version 7).</summary>
    public static Guid NewId(DateTimeOffset at)
    {
        if (_left < Random)
        {
            RandomNumberGenerator.Fill(_bytes ??= new byte[Drawn]);
            _left = Drawn;
        }

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        _bytes.AsSpan(Drawn - _left, Random).CopyTo(id[6..]);
        _left -= Random;
        id[6] = (byte)((id[6] & 0x0f) | 0x70);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>An instant in UTC without its part below a millisecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
