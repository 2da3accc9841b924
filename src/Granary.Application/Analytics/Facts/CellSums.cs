using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>An answer: what stands in the cells of an owner, a period and a key together.</summary>
/// <param name="OwnerId">The owner; <see cref="ReportSheet.Everybody"/> where it is not told apart by owners.</param>
/// <param name="Period">The month or day; 0 where it is not told apart by time.</param>
/// <param name="Key">The key; empty where it is not told apart.</param>
/// <param name="Values">The figures.</param>
public readonly record struct CellAnswer(Guid OwnerId, int Period, string Key, CellValues Values);

/// <summary>A sum where it stands among the others; of thousands, keys are put together only of those that are asked for theirs.</summary>
/// <param name="head">What stands before the last part of the key, with the separator; empty where there is but one part.</param>
/// <param name="tails">Values by last parts.</param>
/// <param name="place">Place among them.</param>
internal readonly struct CellSum(string head, KeyTable<CellValues> tails, int place)
{
    /// <summary>What stands before the last part of the key: the same object for all that share it.</summary>
    public string Head => head;

    /// <summary>The last part of the key.</summary>
    public string Tail => tails.Key(place);

    /// <summary>The key.</summary>
    public string Key => head + Tail;

    /// <summary>The figures.</summary>
    public ref readonly CellValues Values => ref tails.Value(place);
}

/// <summary>
/// Takes cells as they are read, so that not all of them need to become answers first. A class, as a call by its table is cheaper than by an interface that several
/// implement, and tens of thousands are made for a report.
/// </summary>
internal abstract class CellSink
{
    /// <summary>Takes a cell.</summary>
    /// <param name="cube">Number of its cube.</param>
    /// <param name="owner">Its owner; <see cref="ReportSheet.Everybody"/> where it is not told apart by owners.</param>
    /// <param name="period">Its month or day; 0 where it is not told apart by time.</param>
    /// <param name="key">Its key, until this returns.</param>
    /// <param name="same">How much of the key is as in the one before, as far as that is known.</param>
    /// <param name="values">Its figures.</param>
    public abstract void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues values);
}

/// <summary>
/// Adds cells up by owner, period and key. Of most keys all but the last part is as in the one before, such as the channel of a keyword, and only that part is looked up.
/// </summary>
internal sealed class CellSums : CellSink
{
    private readonly Dictionary<(Guid Owner, int Period), Dictionary<string, KeyTable<CellValues>>> _sums = [];
    private (Guid Owner, int Period) _at;
    private Dictionary<string, KeyTable<CellValues>>? _heads;
    private KeyTable<CellValues>? _tails;
    private string _head = "";

    /// <summary>All of it, but for what came to nothing.</summary>
    public IReadOnlyList<CellAnswer> Answers =>
        [.. from one in _sums from sum in Of(one.Value) where !sum.Values.IsZero select new CellAnswer(one.Key.Owner, one.Key.Period, sum.Key, sum.Values)];

    /// <summary>How many keys there are.</summary>
    public int Count => _sums.Values.Sum(heads => heads.Values.Sum(tails => tails.Count));

    /// <summary>Each key, also of what came to nothing; owners and periods are not told apart.</summary>
    public IEnumerable<CellSum> Keys => _sums.Count == 1 ? Of(_sums.Values.First()) : _sums.Values.SelectMany(Of);

    /// <inheritdoc />
    public override void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues values)
    {
        if (_heads is null || _at.Period != period || _at.Owner != owner)
        {
            _at = (owner, period);
            ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, _at, out _);
            (_heads, _tails) = (all ??= new(StringComparer.Ordinal), null);
        }

        if (_tails is not { } tails || same < _head.Length || key[same..].Contains(CellKey.Between))
        {
            _tails = tails = Tails(_heads, key[..(key.LastIndexOf(CellKey.Between) + 1)]);
        }

        tails.At(key[_head.Length..]) += values;
    }

    private KeyTable<CellValues> Tails(Dictionary<string, KeyTable<CellValues>> heads, ReadOnlySpan<char> head)
    {
        var known = heads.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(head, out var name, out var tails))
        {
            heads.Add(name = head.ToString(), tails = new(_tails?.Count ?? 0));
        }

        _head = name;
        return tails;
    }

    private static IEnumerable<CellSum> Of(Dictionary<string, KeyTable<CellValues>> heads)
    {
        foreach (var (head, tails) in heads)
        {
            for (var place = 0; place < tails.Count; place++)
            {
                yield return new(head, tails, place);
            }
        }
    }
}
