namespace Granary.Domain.Analytics;

/// <summary>Shares of a whole that add up to 100 % exactly as they are written.</summary>
public static class WholeShares
{
    /// <summary>
    /// The share of each count in tenths of a per cent, so that all together are 1,000: each rounded down, and what is missing given to those
    /// that lost most by it (largest remainder), to the earlier of two alike.
    /// </summary>
    /// <param name="counts">Counts, none negative.</param>
    /// <returns>Zeros where all counts are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static IReadOnlyList<int> Permille(IReadOnlyList<long> counts)
    {
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        }

        var whole = counts.Aggregate((Int128)0, (sum, c) => sum + c);
        if (whole == 0)
        {
            return new int[counts.Count];
        }

        int[] shares = [.. counts.Select(c => (int)((Int128)c * 1000 / whole))];
        foreach (var i in Enumerable.Range(0, counts.Count).OrderByDescending(i => (Int128)counts[i] * 1000 % whole).Take(1000 - shares.Sum()))
        {
            shares[i]++;
        }

        return shares;
    }
}
