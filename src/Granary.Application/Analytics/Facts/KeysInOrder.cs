namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Values by keys that are named in their order, over and over, as the cells of sheets are: what followed the key before is tried before a key is looked for, and where
/// some keys are left out, the few behind it.
/// </summary>
internal sealed class KeysInOrder<T>
{
    private const int Tried = 8, None = -1;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _find;
    private (string Key, int Next, T? Value)[] _all = new (string, int, T?)[4];
    private int _last = None, _next = None;

    public KeysInOrder() => _find = _places.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many keys have been named.</summary>
    public int Count => _places.Count;

    /// <summary>A key, by the order in which they were named first.</summary>
    public string Key(int place) => _all[place].Key;

    /// <summary>Its value.</summary>
    public ref readonly T? Value(int place) => ref _all[place].Value;

    /// <summary>The value of a key, until another is asked for; nothing of one that has not been named yet.</summary>
    public ref T? At(ReadOnlySpan<char> key, out string named)
    {
        _last = Place(key);
        ref var found = ref _all[_last];
        _next = found.Next;
        named = found.Key;
        return ref found.Value;
    }

    /// <summary>The value of a key, until another is asked for; nothing of one that has not been named yet.</summary>
    public ref T? At(ReadOnlySpan<char> key) => ref At(key, out _);

    private int Place(ReadOnlySpan<char> key)
    {
        var (before, behind) = (_last, _next);
        for (var tries = 0; tries < Tried && behind != None; tries++)
        {
            var order = key.SequenceCompareTo(_all[behind].Key);
            if (order == 0)
            {
                return behind;
            }

            if (order < 0)
            {
                break;
            }

            (before, behind) = (behind, _all[behind].Next);
        }

        return _find.TryGetValue(key, out var known) ? known : Add(key.ToString(), before, behind);
    }

    private int Add(string key, int before, int behind)
    {
        var place = Count;
        if (place == _all.Length)
        {
            Array.Resize(ref _all, 2 * place);
        }

        _all[place] = (key, behind, default);
        if (before != None)
        {
            _all[before].Next = place;
        }

        _places.Add(key, place);
        return place;
    }
}
