namespace Granary.Application.Analytics;

/// <summary>Picks those with the largest numbers out of thousands, without putting the others in order.</summary>
internal static class Largest
{
    /// <summary>The first by their numbers, the largest first.</summary>
    /// <param name="all">All there are.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="number">The number of one.</param>
    /// <param name="among">The order of those with the same number; what it holds to be equal stays as it came.</param>
    public static T[] Of<T>(IReadOnlyList<T> all, int count, Func<T, long> number, Comparison<T> among)
    {
        var least = all.Count > count ? Last(all, count, number) : long.MinValue;
        return [.. all.Where(one => number(one) >= least).OrderByDescending(number).ThenBy(one => one, Comparer<T>.Create(among)).Take(count)];
    }

    // The number of the last one that is picked.
    private static long Last<T>(IReadOnlyList<T> all, int count, Func<T, long> number)
    {
        var picked = new PriorityQueue<long, long>(count);
        foreach (var one in all)
        {
            var its = number(one);
            if (picked.Count < count)
            {
                picked.Enqueue(its, its);
            }
            else if (its > picked.Peek())
            {
                picked.DequeueEnqueue(its, its);
            }
        }

        return picked.Peek();
    }
}
