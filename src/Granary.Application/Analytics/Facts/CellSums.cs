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

/// <summary>Adds cells up by owner, period and key.</summary>
internal sealed class CellSums : ICellSink
{
    private readonly Dictionary<(Guid Owner, int Period), Dictionary<string, CellValues>> _sums = [];

    /// <summary>What has been added up, but for what came to nothing.</summary>
    public IReadOnlyList<CellAnswer> Answers =>
        [.. from at in _sums from cell in at.Value where !cell.Value.IsZero select new CellAnswer(at.Key.Owner, at.Key.Period, cell.Key, cell.Value)];

    /// <inheritdoc />
    public void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(At(owner, period).GetAlternateLookup<ReadOnlySpan<char>>(), key, out _);
        sum += values;
    }

    private Dictionary<string, CellValues> At(Guid owner, int period)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (owner, period), out _);
        return at ??= new(StringComparer.Ordinal);
    }
}
