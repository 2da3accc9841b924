using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>An answer: what stands in the cells of an owner, a period and a key together.</summary>
/// <param name="OwnerId">The owner; <see cref="ReportSheet.Everybody"/> where it is not told apart by owners.</param>
/// <param name="Period">The month or day; 0 where it is not told apart by time.</param>
/// <param name="Key">The key; empty where it is not told apart.</param>
/// <param name="Values">The figures.</param>
public readonly record struct CellAnswer(Guid OwnerId, int Period, string Key, CellValues Values);

/// <summary>Takes cells as they are read, so that not all of them need to become answers first.</summary>
internal interface ICellSink
{
    /// <summary>Takes a cell.</summary>
    /// <param name="cube">Number of its cube.</param>
    /// <param name="owner">Its owner; <see cref="ReportSheet.Everybody"/> where it is not told apart by owners.</param>
    /// <param name="period">Its month or day; 0 where it is not told apart by time.</param>
    /// <param name="key">Its key, until this returns.</param>
    /// <param name="values">Its figures.</param>
    void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values);
}

/// <summary>
/// Adds cells up by owner, period and key. Of most keys all but the last part is as in the one before, such as the channel of a keyword, and only that part is looked up.
/// </summary>
internal sealed class CellSums : ICellSink
{
    private readonly Dictionary<(Guid Owner, int Period), InOrder<InOrder<CellValues>>> _sums = [];
    private (Guid Owner, int Period) _at;
    private InOrder<InOrder<CellValues>>? _heads;
    private InOrder<CellValues>? _tails;
    private string _head = "";

    /// <summary>What has been added up, but for what came to nothing, one after another.</summary>
    public IEnumerable<CellAnswer> Each
    {
        get
        {
            foreach (var ((owner, period), heads) in _sums)
            {
                for (var h = 0; h < heads.Count; h++)
                {
                    var (head, tails) = (heads[h].Key, heads[h].Value!);
                    for (var t = 0; t < tails.Count; t++)
                    {
                        if (!tails[t].Value.IsZero)
                        {
                            yield return new(owner, period, head + tails[t].Key, tails[t].Value);
                        }
                    }
                }
            }
        }
    }

    /// <summary>All of it.</summary>
    public IReadOnlyList<CellAnswer> Answers => [.. Each];

    /// <inheritdoc />
    public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
    {
        if (_heads is not { } heads || _at.Period != period || _at.Owner != owner)
        {
            _at = (owner, period);
            ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, _at, out _);
            (_heads, _tails) = (heads = all ??= new(), null);
        }

        if (_tails is not { } tails || !key.StartsWith(_head) || key[_head.Length..].Contains(CellKey.Between))
        {
            ref var head = ref heads.At(key[..(key.LastIndexOf(CellKey.Between) + 1)]);
            (_head, _tails) = (head.Key, tails = head.Value ??= new());
        }

        tails.At(key[_head.Length..]).Value += values;
    }

    /// <summary>Values by keys. Sheets name the same keys in the same order: the one behind the last is tried before it is looked for.</summary>
    private sealed class InOrder<T>
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _find;
        private (string Key, T? Value)[] _all = new (string, T?)[4];
        private int _next;

        public InOrder() => _find = _places.GetAlternateLookup<ReadOnlySpan<char>>();

        public int Count => _places.Count;

        public ref readonly (string Key, T? Value) this[int place] => ref _all[place];

        public ref (string Key, T? Value) At(ReadOnlySpan<char> key)
        {
            if (_next >= Count || !key.SequenceEqual(_all[_next].Key))
            {
                _next = _find.TryGetValue(key, out var known) ? known : Add(key.ToString());
            }

            return ref _all[_next++];
        }

        private int Add(string key)
        {
            var place = Count;
            if (place == _all.Length)
            {
                Array.Resize(ref _all, 2 * place);
            }

            _all[place].Key = key;
            _places.Add(key, place);
            return place;
        }
    }
}
