namespace Granary.Domain.Analytics;

/// <summary>Medians as every report reckons them.</summary>
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
