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
    private readonly PackedWriter _writer = new(room);
    private char[] _before = new char[128];
    private int _length;

    /// <summary>What was packed.</summary>
    public byte[] Packed => _writer.Packed;

    /// <summary>Packs one; nothing where nothing is in it.</summary>
    public void Put(ReadOnlySpan<char> key, in CellValues values)
    {
        if (values.IsZero)
        {
            return;
        }

        var shared = Shared(_before.AsSpan(0, _length), key);
        var rest = key[shared..];
        _writer.Put((ulong)shared);
        _writer.Put(rest);
        _writer.Put(values);
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
}

/// <summary>Reads what <see cref="SheetCells.Pack"/> packed.</summary>
public ref struct SheetReader
{
    private PackedReader _reader;
    private char[] _key = new char[128];
    private int _length;
    private bool _ahead;

    internal SheetReader(ReadOnlySpan<byte> bytes) => _reader = new(bytes);

    /// <summary>The key, until the next one is read.</summary>
    public readonly ReadOnlySpan<char> Key => _key.AsSpan(0, _length);

    /// <summary>How much of the key is as in the one before.</summary>
    public int Shared { get; private set; }

    /// <summary>Goes to the next cell; false at the end.</summary>
    public bool Next()
    {
        Pass();
        if (_reader.IsOver)
        {
            return false;
        }

        Shared = (int)_reader.Take();
        var rest = _reader.Text();
        if (Shared + rest.Length > _key.Length)
        {
            Array.Resize(ref _key, (Shared + rest.Length) * 2);
        }

        _length = Shared + Text(rest, _key.AsSpan(Shared));
        _ahead = true;
        return true;
    }

    /// <summary>Goes to the next cell whose key does not begin as this one's does; false at the end.</summary>
    /// <param name="beginning">How many characters the beginning has.</param>
    public bool NextBeyond(int beginning)
    {
        for (Pass(); !_reader.IsOver; _reader.Skip())
        {
            var begun = _reader.At;
            if ((int)_reader.Take() < beginning)
            {
                // What is behind the beginning was not read, and no key from here on needs it.
                _reader.At = begun;
                return Next();
            }

            _reader.Text();
        }

        return false;
    }

    /// <summary>What stands at the key; taken once, or not at all.</summary>
    public CellValues Values()
    {
        _ahead = false;
        var values = default(CellValues);
        _reader.AddTo(ref values);
        return values;
    }

    // What stands at the key was not asked for.
    private void Pass()
    {
        if (_ahead)
        {
            _reader.Skip();
            _ahead = false;
        }
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
}
