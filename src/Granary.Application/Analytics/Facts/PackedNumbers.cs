using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Granary.Application.Analytics.Facts;

/// <summary>Packs numbers in as many bytes as they need, and of figures which are not nothing, and those.</summary>
internal sealed class PackedWriter(int room)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(room + 256);

    /// <summary>What was packed.</summary>
    public byte[] Packed => _bytes.WrittenSpan.ToArray();

    /// <summary>Packs a number.</summary>
    public void Put(ulong value)
    {
        var span = _bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }

    /// <summary>Packs a text and its length.</summary>
    public void Put(ReadOnlySpan<char> text)
    {
        Put((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    /// <summary>Packs figures.</summary>
    public void Put(in CellValues v)
    {
        ReadOnlySpan<long> all = [v.N1, v.N2, v.N3, v.N4, v.N5, v.N6, v.M1, v.M2, v.M3];
        var mask = 0UL;
        for (var i = 0; i < all.Length; i++)
        {
            mask |= all[i] == 0 ? 0 : 1UL << i;
        }

        Put(mask);
        foreach (var value in all)
        {
            if (value != 0)
            {
                // Small numbers of either sign are short.
                Put((ulong)((value << 1) ^ (value >> 63)));
            }
        }
    }
}

/// <summary>Reads what <see cref="PackedWriter"/> packed.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Which byte is next.</summary>
    public int At { get; set; }

    /// <summary>Whether all has been read.</summary>
    public readonly bool IsOver => At >= _bytes.Length;

    /// <summary>Takes a number; most are a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Take() => _bytes[At] < 0x80 ? _bytes[At++] : Long();

    /// <summary>Takes the bytes of a text.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var length = (int)Take();
        At += length;
        return _bytes.Slice(At - length, length);
    }

    /// <summary>Takes figures and adds them.</summary>
    public void AddTo(ref CellValues values)
    {
        var figures = MemoryMarshal.Cast<CellValues, long>(new Span<CellValues>(ref values));
        for (var mask = (uint)Take(); mask != 0; mask &= mask - 1)
        {
            var value = Take();
            figures[BitOperations.TrailingZeroCount(mask)] += (long)(value >> 1) ^ -(long)(value & 1);
        }
    }

    /// <summary>Passes over figures.</summary>
    public void Skip()
    {
        for (var left = BitOperations.PopCount(Take()); left > 0; left--)
        {
            Take();
        }
    }

    private ulong Long()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = _bytes[At++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
