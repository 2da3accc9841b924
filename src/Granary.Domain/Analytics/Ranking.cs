namespace Granary.Domain.Analytics;

/// <summary>Places by a figure: those alike share a place, and the next one comes as many places later (1, 2, 2, 4).</summary>
public static class Ranking
{
    /// <summary>The place of each, from 1; null where there is no figure.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="lowFirst">Whether a low figure is the better one, as with minutes until a first response.</param>
    public static IReadOnlyList<int?> Places(IReadOnlyList<double?> figures, bool lowFirst = false)
    {
        double[] sorted = [.. figures.Where(f => f is not null).Select(f => f!.Value)];
        Array.Sort(sorted);
        return [.. figures.Select(f => f is { } figure ? 1 + (lowFirst ? Below(sorted, figure) : sorted.Length - NotAbove(sorted, figure)) : (int?)null)];
    }

    private static int Below(double[] sorted, double figure) => Bound(sorted, v => v < figure);

    private static int NotAbove(double[] sorted, double figure) => Bound(sorted, v => v <= figure);

    private static int Bound(double[] sorted, Func<double, bool> holds)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(sorted[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
