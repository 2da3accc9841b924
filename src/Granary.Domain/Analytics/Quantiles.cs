namespace Granary.Domain.Analytics;

/// <summary>Medians and percentiles as every report reckons them.</summary>
public static class Quantiles
{
    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = Sorted(values);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest value that at least a share of all do not exceed (nearest rank), so that it is a value that occurred.</summary>
    /// <param name="values">The values.</param>
    /// <param name="share">Above 0, at most 1: 0.9 is the 90th percentile.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and at most 1.</exception>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var sorted = Sorted(values);
        // 0.9 × 10 is a hair above 9 in binary, and still means the ninth.
        return sorted[(int)Math.Ceiling((share * sorted.Length) - 1e-9) - 1];
    }

    private static double[] Sorted(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("There is no value.", nameof(values));
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }
}
