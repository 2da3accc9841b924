using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Application.Storage;

/// <summary>
/// The digest of an entry of the event log: SHA-256 over its canonical bytes, the same on both databases. These are, numbers
/// with the high byte first: a version (1 byte), position (8), instant in microseconds since 1970 (8), subject (16), whether
/// there is an actor (1), actor (16, zero without), then kind and data, each as its length in bytes (4) and UTF-8.
/// </summary>
public static class EventDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const byte Version = 1;
    private const int Fixed = 1 + 8 + 8 + 16 + 1 + 16 + 4 + 4;

    /// <summary>The digest of an entry as it is stored.</summary>
    public static byte[] Of(EventRecord record)
    {
        var (kind, data) = (Encoding.UTF8.GetByteCount(record.Kind), Encoding.UTF8.GetByteCount(record.Data));
        var bytes = new byte[Fixed + kind + data];
        var rest = bytes.AsSpan();
        rest[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(rest[1..], record.Position);
        BinaryPrimitives.WriteInt64BigEndian(rest[9..], Microseconds(record.At));
        record.SubjectId.TryWriteBytes(rest[17..], bigEndian: true, out _);
        rest[33] = record.ActorId is null ? (byte)0 : (byte)1;
        record.ActorId.GetValueOrDefault().TryWriteBytes(rest[34..], bigEndian: true, out _);
        rest = rest[50..];
        BinaryPrimitives.WriteInt32BigEndian(rest, kind);
        rest = rest[(4 + Encoding.UTF8.GetBytes(record.Kind, rest[4..]))..];
        BinaryPrimitives.WriteInt32BigEndian(rest, data);
        Encoding.UTF8.GetBytes(record.Data, rest[4..]);
        return SHA256.HashData(bytes);
    }

    /// <summary>An instant in whole microseconds since 1970, as finely as either database keeps it.</summary>
    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
