using System.Buffers.Binary;

namespace Granary.Application.Storage;

/// <summary>The order in which both databases compare ids, byte by byte.</summary>
internal static class IdOrder
{
    public static IComparer<Guid> Instance { get; } = Comparer<Guid>.Create(static (a, b) =>
    {
        Span<byte> x = stackalloc byte[16], y = stackalloc byte[16];
        a.TryWriteBytes(x, true, out _);
        b.TryWriteBytes(y, true, out _);
        return x.SequenceCompareTo(y);
    });

    /// <summary>The upper half of an id: its time and twelve random bits. A walk over all ids remembers it as its position.</summary>
    public static long UpperHalf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>The least id with an upper half.</summary>
    public static Guid Id(long upperHalf)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, upperHalf);
        return new Guid(bytes, bigEndian: true);
    }
}
