using System.Numerics;
using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Values by keys that are named in their order, over and over, as the cells of sheets are: what followed the key before is tried before a key is looked for, and where
/// some keys are left out, the few behind it.
/// </summary>
/// <param name="expected">About how many keys there will be; it is no limit.</param>
internal sealed class KeysInOrder<T>(int expected = 0)
{
    private const int Tried = 8, None = -1, First = 4;

    private readonly Dictionary<string, int> _places = new(expected, StringComparer.Ordinal);
    // Each as long as all before it: what stands in them never moves.
    private Entry[][] _blocks = [new Entry[First]];
    private int _last = None, _next = None, _tries = Tried;

    /// <summary>How many keys have been named.</summary>
    public int Count => _places.Count;

    /// <summary>A key, by the order in which they were named first.</summary>
    public string Key(int place) => Of(place).Key;

    /// <summary>Its value.</summary>
    public ref readonly T? Value(int place) => ref Of(place).Value;

    /// <summary>The value of a key; nothing of one that has not been named yet.</summary>
    public ref T? At(ReadOnlySpan<char> key) => ref At(key, out _);

    /// <summary>The value of a key; nothing of one that has not been named yet.</summary>
    /// <param name="key">The key.</param>
    /// <param name="named">The same, to keep.</param>
    public ref T? At(ReadOnlySpan<char> key, out string named)
    {
        _last = Place(key);
        ref var found = ref Of(_last);
        (_next, named) = (found.Next, found.Key);
        return ref found.Value;
    }

    private int Place(ReadOnlySpan<char> key)
    {
        var (before, behind) = (_last, _next);
        for (var tries = 0; tries < _tries && behind != None; tries++)
        {
            ref var tried = ref Of(behind);
            if (key.SequenceEqual(tried.Key))
            {
                _tries = Tried;
                return behind;
            }

            if (key.SequenceCompareTo(tried.Key) < 0)
            {
                break;
            }

            (before, behind) = (behind, tried.Next);
        }

        // Where few keys are named again, it is not worth trying many.
        _tries = 1;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places.GetAlternateLookup<ReadOnlySpan<char>>(), key, out var known);
        if (!known)
        {
            place = Count - 1;
            Add(place, key.ToString(), before, behind);
        }

        return place;
    }

    private void Add(int place, string key, int before, int behind)
    {
        var (block, offset) = Split(place);
        if (block == _blocks.Length)
        {
            _blocks = [.. _blocks, new Entry[First << block]];
        }

        ref var added = ref _blocks[block][offset];
        (added.Key, added.Next) = (key, behind);
        if (before != None)
        {
            Of(before).Next = place;
        }
    }

    private ref Entry Of(int place)
    {
        var (block, offset) = Split(place);
        return ref _blocks[block][offset];
    }

    private static (int Block, int Offset) Split(int place)
    {
        var block = BitOperations.Log2((uint)(place + First)) - BitOperations.Log2(First);
        return (block, place + First - (First << block));
    }

    private struct Entry
    {
        public string Key;
        public int Next;
        public T? Value;
    }
}
