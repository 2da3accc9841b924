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
/// Adds cells up by owner, period and key. They come sheet by sheet and in the order of their keys: of most all but the last part of the key is as in the one before, such as
/// the channel of a keyword, and only that part is looked up.
/// </summary>
internal sealed class CellSums : ICellSink
{
    private readonly Dictionary<(Guid Owner, int Period, string Head), Dictionary<string, CellValues>> _sums = [];
    private (Guid Owner, int Period, string Head) _at;
    private Dictionary<string, CellValues>.AlternateLookup<ReadOnlySpan<char>>? _there;

    /// <summary>What has been added up, but for what came to nothing, one after another.</summary>
    public IEnumerable<CellAnswer> Each =>
        from there in _sums from cell in there.Value where !cell.Value.IsZero select new CellAnswer(there.Key.Owner, there.Key.Period, there.Key.Head + cell.Key, cell.Value);

    /// <summary>All of it.</summary>
    public IReadOnlyList<CellAnswer> Answers => [.. Each];

    /// <inheritdoc />
    public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
    {
        if (_there is not { } there || _at.Period != period || _at.Owner != owner || !key.StartsWith(_at.Head) || key[_at.Head.Length..].Contains(CellKey.Between))
        {
            _at = (owner, period, key[..(key.LastIndexOf(CellKey.Between) + 1)].ToString());
            ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, _at, out _);
            _there = there = (sums ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(there, key[_at.Head.Length..], out _);
        sum += values;
    }
}
