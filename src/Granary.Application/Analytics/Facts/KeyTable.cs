using System.Numerics;

namespace Granary.Application.Analytics.Facts;

/// <summary>Values by keys. What keys are made of stands in one row of characters: of thousands only those that are asked for become texts of their own.</summary>
/// <param name="expected">About how many keys there will be; it is no limit.</param>
internal sealed class KeyTable<T>(int expected = 0)
{
    private const int Least = 8;

    private readonly Pages<Entry> _entries = new(expected);
    // By what is left of a key's hash: the place behind the last one that has the same; none is nothing.
    private int[] _last = new int[Room(expected)];
    private char[] _text = new char[Room(expected) * Least];
    private int _length, _before = -1;

    /// <summary>How many keys have been named.</summary>
    public int Count => _entries.Count;

    /// <summary>A key, by the order in which they were named first.</summary>
    public string Key(int place) => _entries[place].Name ??= Text(_entries[place]).ToString();

    /// <summary>Its value.</summary>
    public ref readonly T? Value(int place) => ref _entries[place].Value;

    /// <summary>The value of a key, until another is named; nothing of one that has not been named yet.</summary>
    public ref T? At(ReadOnlySpan<char> key)
    {
        // Sheets name keys in one order: most often it is the one that came behind the last before, too.
        if (_before + 1 < Count && key.SequenceEqual(Text(_entries[_before + 1])))
        {
            return ref _entries[++_before].Value;
        }

        var hash = string.GetHashCode(key);
        for (var place = _last[hash & (_last.Length - 1)] - 1; place >= 0; place = _entries[place].Before)
        {
            ref var entry = ref _entries[place];
            if (entry.Hash == hash && key.SequenceEqual(Text(entry)))
            {
                _before = place;
                return ref entry.Value;
            }
        }

        return ref Add(key, hash);
    }

    private ref T? Add(ReadOnlySpan<char> key, int hash)
    {
        if (Count == _last.Length)
        {
            _last = new int[2 * Count];
            for (var place = 0; place < Count; place++)
            {
                Link(place);
            }
        }

        if (_length + key.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + key.Length));
        }

        key.CopyTo(_text.AsSpan(_length));
        ref var added = ref _entries.Add();
        (added.Hash, added.Start, added.Length) = (hash, _length, key.Length);
        _length += key.Length;
        Link(_before = Count - 1);
        return ref added.Value;
    }

    private void Link(int place)
    {
        ref var last = ref _last[_entries[place].Hash & (_last.Length - 1)];
        (_entries[place].Before, last) = (last - 1, place + 1);
    }

    private ReadOnlySpan<char> Text(in Entry entry) => _text.AsSpan(entry.Start, entry.Length);

    private static int Room(int keys) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys, Least));

    private struct Entry
    {
        public int Hash, Before, Start, Length;
        public string? Name;
        public T? Value;
    }
}
