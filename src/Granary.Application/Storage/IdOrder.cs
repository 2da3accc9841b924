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
}
