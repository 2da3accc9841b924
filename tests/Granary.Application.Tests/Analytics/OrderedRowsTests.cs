using Granary.Application.Analytics;

namespace Granary.Application.Tests.Analytics;

/// <summary>Rows that are made as they are read stand in the order in which all of them would.</summary>
public sealed class OrderedRowsTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 1_000).Select(n => n * 7919 % 1_009)];

    [Fact]
    public void The_first_rows_are_made_and_no_others()
    {
        var made = 0;
        OrderedRows<int> rows = new(Numbers, n => n, (_, _) => 0, n => Row(n, made++));
        Assert.Equal(Numbers.OrderDescending().Take(200).Select(Text), rows.Take(200).Select(r => r.Key));
        Assert.Equal((200, 1_000), (made, rows.Count));
    }

    [Fact]
    public void All_rows_keep_their_order_whoever_read_the_first()
    {
        var made = 0;
        // Many have the same number, and some of these the same name: they stay as they came.
        OrderedRows<int> rows = new(Numbers, n => n % 10, (one, other) => (one % 7).CompareTo(other % 7), n => Row(n, made++));
        var all = Numbers.OrderByDescending(n => n % 10).ThenBy(n => n % 7).Select(Text).ToList();
        Assert.Equal(all[..200], rows.Take(200).Select(r => r.Key));
        Assert.Equal(all, rows.Select(r => r.Key));
        Assert.Equal(1_000, made);
        Assert.Empty(new OrderedRows<int>([], n => n, (_, _) => 0, n => Row(n, 0)));
    }

    private static string Text(int number) => $"{number}";

    private static ReportRow Row(int number, int place) => new(Text(number), new ReportLabel(Text(place)), []);
}
