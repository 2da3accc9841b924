using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>An answer: what stands in the cells of an owner, a period and a key together.</summary>
/// <param name="OwnerId">The owner; <see cref="ReportSheet.Everybody"/> where it is not told apart by owners.</param>
/// <param name="Period">The month or day; 0 where it is not told apart by time.</param>
/// <param name="Key">The key; empty where it is not told apart.</param>
/// <param name="Values">The figures.</param>
public readonly record struct CellAnswer(Guid OwnerId, int Period, string Key, CellValues Values);

/// <summary>Adds cells up by owner, period and key.</summary>
internal sealed class CellSums
{
    private readonly Dictionary<(Guid Owner, int Period), Dictionary<string, CellValues>> _sums = [];
    private readonly List<CellAnswer> _single = [];

    /// <summary>What has been added up, but for what came to nothing.</summary>
    public IReadOnlyList<CellAnswer> Answers =>
        [.. _single, .. from at in _sums from cell in at.Value where !cell.Value.IsZero select new CellAnswer(at.Key.Owner, at.Key.Period, cell.Key, cell.Value)];

    /// <summary>Adds a cell to which no other one belongs.</summary>
    public void AddSingle(Guid owner, int period, ReadOnlySpan<char> key, in CellValues values) => _single.Add(new(owner, period, key.ToString(), values));

    /// <summary>Adds a cell.</summary>
    public void Add(Guid owner, int period, ReadOnlySpan<char> key, in CellValues values)
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
