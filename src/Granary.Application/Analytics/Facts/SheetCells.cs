using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Packs cells: in the order of their keys, of each key what differs from the one before, then which of the nine figures are not nothing, and those. Numbers
/// take as many bytes as they need.
/// </summary>
public static class SheetCells
{
    /// <summary>Packs cells; those with nothing in them are left out.</summary>
    public static byte[] Pack(IEnumerable<KeyValuePair<string, CellValues>> cells) => Change([], cells);

    /// <summary>Adds to packed cells; what comes to nothing is left out.</summary>
    public static byte[] Change(byte[] cells, IEnumerable<KeyValuePair<string, CellValues>> changes)
    {
        var packer = new SheetPacker(cells.Length);
        var reader = Read(cells);
        var more = reader.Next();
        foreach (var (key, values) in changes.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var order = -1;
            for (; more && (order = reader.Key.SequenceCompareTo(key)) < 0; more = reader.Next())
            {
                packer.Put(reader.Key, reader.Values());
            }

            if (more && order == 0)
            {
                packer.Put(key, reader.Values() + values);
                more = reader.Next();
            }
            else
            {
                packer.Put(key, values);
            }
        }

        for (; more; more = reader.Next())
        {
            packer.Put(reader.Key, reader.Values());
        }

        return packer.Packed;
    }

    /// <summary>Reads cells one after another.</summary>
    public static SheetReader Read(byte[] cells) => new(cells);

    /// <summary>All cells by their keys.</summary>
    public static Dictionary<string, CellValues> Unpack(byte[] cells)
    {
        Dictionary<string, CellValues> all = new(StringComparer.Ordinal);
        for (var reader = Read(cells); reader.Next();)
        {
            all[reader.Key.ToString()] = reader.Values();
        }

        return all;
    }
}

/// <summary>Packs cells that come in the order of their keys.</summary>
internal sealed class SheetPacker(int room)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(room + 256);
    private char[] _before = new char[128];
    private int _length;

    /// <summary>What was packed.</summary>
    public byte[] Packed => _bytes.WrittenSpan.ToArray();

    /// <summary>Packs one; nothing where nothing is in it.</summary>
    public void Put(ReadOnlySpan<char> key, in CellValues values)
    {
        if (values.IsZero)
        {
            return;
        }

        var shared = Shared(_before.AsSpan(0, _length), key);
        var rest = key[shared..];
        Put((ulong)shared);
        Put((ulong)Encoding.UTF8.GetByteCount(rest));
        Encoding.UTF8.GetBytes(rest, _bytes);
        Put(values);
        if (key.Length > _before.Length)
        {
            Array.Resize(ref _before, key.Length * 2);
        }

        rest.CopyTo(_before.AsSpan(shared));
        _length = key.Length;
    }

    // Halves of a character stay together.
    private static int Shared(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var shared = one.CommonPrefixLength(other);
        return shared > 0 && char.IsHighSurrogate(one[shared - 1]) ? shared - 1 : shared;
    }

    private void Put(in CellValues v)
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

    private void Put(ulong value)
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
}

/// <summary>Reads what <see cref="SheetCells.Pack"/> packed.</summary>
public ref struct SheetReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private char[] _key = new char[128];
    private int _at, _length;
    private bool _ahead;

    internal SheetReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The key, until the next one is read.</summary>
    public readonly ReadOnlySpan<char> Key => _key.AsSpan(0, _length);

    /// <summary>How much of the key is as in the one before.</summary>
    public int Shared { get; private set; }

    /// <summary>Goes to the next cell; false at the end.</summary>
    public bool Next()
    {
        if (_ahead)
        {
            Skip();
        }

        if (_at >= _bytes.Length)
        {
            return false;
        }

        Shared = (int)Take();
        var length = (int)Take();
        if (Shared + length > _key.Length)
        {
            Array.Resize(ref _key, (Shared + length) * 2);
        }

        _length = Shared + Text(_bytes.Slice(_at, length), _key.AsSpan(Shared));
        _at += length;
        _ahead = true;
        return true;
    }

    /// <summary>Goes to the next cell whose key does not begin as this one's does; false at the end.</summary>
    /// <param name="beginning">How many characters the beginning has.</param>
    public bool NextBeyond(int beginning)
    {
        if (_ahead)
        {
            Skip();
        }

        for (; _at < _bytes.Length; Skip())
        {
            var begun = _at;
            if ((int)Take() < beginning)
            {
                // What is behind the beginning was not read, and no key from here on needs it.
                _at = begun;
                return Next();
            }

            var length = (int)Take();
            _at += length;
        }

        return false;
    }

    /// <summary>What stands at the key; taken once, or not at all.</summary>
    public CellValues Values()
    {
        _ahead = false;
        var values = default(CellValues);
        var figures = MemoryMarshal.Cast<CellValues, long>(new Span<CellValues>(ref values));
        for (var mask = (uint)Take(); mask != 0; mask &= mask - 1)
        {
            figures[BitOperations.TrailingZeroCount(mask)] = Number();
        }

        return values;
    }

    // Most of what differs is a few digits, but for owners side by side.
    private static int Text(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        if (bytes.Length > 16)
        {
            return Encoding.UTF8.GetChars(bytes, text);
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] >= 0x80)
            {
                return i + Encoding.UTF8.GetChars(bytes[i..], text[i..]);
            }

            text[i] = (char)bytes[i];
        }

        return bytes.Length;
    }

    private void Skip()
    {
        _ahead = false;
        for (var left = BitOperations.PopCount(Take()); left > 0; left--)
        {
            Take();
        }
    }

    private long Number()
    {
        var value = Take();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    // Most numbers are a byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Take() => _bytes[_at] < 0x80 ? _bytes[_at++] : Long();

    private ulong Long()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
