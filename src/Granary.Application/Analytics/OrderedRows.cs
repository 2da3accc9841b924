using System.Collections;

namespace Granary.Application.Analytics;

/// <summary>
/// Rows in an order of their own, made as they are read: of thousands a page reads the first, and those behind them are neither put in order nor made; a file reads all.
/// </summary>
/// <param name="all">What rows are made of.</param>
/// <param name="order">Their order; what it holds to be equal stays as it came.</param>
/// <param name="make">Makes a row.</param>
public sealed class OrderedRows<T>(IReadOnlyList<T> all, Comparison<T> order, Func<T, ReportRow> make) : IReadOnlyList<ReportRow>
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
            if (index >= _ordered.Length)
            {
                _ordered = [.. all.Order(Comparer<T>.Create(order)).Take(index < First ? First : Count)];
            }

            while (_made.Count <= index)
            {
                _made.Add(make(_ordered[_made.Count]));
            }

            return _made[index];
        }
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
}
