using System.Collections;

namespace Granary.Application.Analytics;

/// <summary>
/// Rows in an order of their own, made as they are read: of thousands a page reads the first, and those behind them are neither put in order nor made; a file reads all.
/// </summary>
/// <param name="all">What rows are made of.</param>
/// <param name="number">The number by which they are in order, the largest first.</param>
/// <param name="among">The order of those with the same number; what it holds to be equal stays as it came.</param>
/// <param name="make">Makes a row.</param>
public sealed class OrderedRows<T>(IReadOnlyList<T> all, Func<T, long> number, Comparison<T> among, Func<T, ReportRow> make) : IReadOnlyList<ReportRow>
{
    private const int First = 256;

    private readonly List<ReportRow> _made = [];
    private T[] _ordered = [];

    /// <inheritdoc />
    public int Count => all.Count;

    /// <inheritdoc />
    public ReportRow this[int index]
    {
        get
        {
            Order(index + 1);
            while (_made.Count <= index)
            {
                _made.Add(make(_ordered[_made.Count]));
            }

            return _made[index];
        }
    }

    /// <summary>What the first rows are made of.</summary>
    public ReadOnlySpan<T> Front(int count)
    {
        Order(Math.Min(count, Count));
        return _ordered.AsSpan(0, Math.Min(count, Count));
    }

    /// <inheritdoc />
    public IEnumerator<ReportRow> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Order(int least)
    {
        if (least > _ordered.Length)
        {
            _ordered = Largest.Of(all, least <= First ? First : Count, number, among);
        }
    }
}
