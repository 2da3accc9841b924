using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class TablesTests
{
    private static readonly string[] Ways = ["created", "claimed"];
    private static readonly string[] Outcomes = ["open", "converted", "recycled"];

    private static readonly Guid Zhang = new("00000000-0000-0000-0000-000000000001"), Li = new("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void A_matrix_has_a_line_for_each_owner_and_way_and_sub_totals_of_both()
    {
        var matrix = StatusMatrix.Of([new(Zhang, "created", "open", 3), new(Zhang, "claimed", "recycled", 2), new(Li, "claimed", "converted", 4), new(Li, "claimed", "converted", 1)], Ways, Outcomes);

        Assert.Equal([(Zhang, "created", 3), (Zhang, "claimed", 2), (Li, "claimed", 5)], matrix.Lines.Select(l => (l.Owner!.Value, l.Acquired!, l.Total)));
        Assert.Equal([5, 5], matrix.Owners.Select(l => l.Total));
        Assert.Equal([3L, 5, 2], matrix.Total.Counts);
    }

    [Fact]
    public void A_matrix_adds_up() => Prop.ForAll(ArbMap.Default.ArbFor<(byte Owner, bool Claimed, byte Outcome, ushort Count)[]>(), counts =>
    {
        var matrix = StatusMatrix.Of([.. counts.Select(c => new StatusCount(c.Owner % 2 == 0 ? Zhang : Li, Ways[c.Claimed ? 1 : 0], Outcomes[c.Outcome % 3], c.Count))], Ways, Outcomes);
        long[] Sum(IEnumerable<StatusLine> lines) => [.. Enumerable.Range(0, 3).Select(i => lines.Sum(l => l.Counts[i]))];
        return matrix.Total.Total == counts.Sum(c => (long)c.Count)
            && Sum(matrix.Lines).SequenceEqual(matrix.Total.Counts) && Sum(matrix.Owners).SequenceEqual(matrix.Total.Counts) && Sum(matrix.Ways).SequenceEqual(matrix.Total.Counts);
    }).Check(Run.Property);

    [Fact]
    public void A_way_that_is_not_listed_is_refused() => Assert.Throws<ArgumentException>(() => StatusMatrix.Of([new(Zhang, "found", "open", 1)], Ways, Outcomes));

    [Fact]
    public void Invalid_reasons_stand_by_channel_beside_the_period_before()
    {
        var table = InvalidReasons.Of([new("unreachable", Zhang, 6, 3), new("unreachable", Li, 1, 0), new("noBudget", Li, 0, 2), new("competitor", Li, 2, 0)]);

        Assert.Equal([Zhang, Li], table.Channels);
        Assert.Equal([("unreachable", 7L, 3L, 778), ("competitor", 2L, 0L, 222), ("noBudget", 0L, 2L, 0)], table.Lines.Select(l => (l.Reason!, l.Now, l.Before, l.Permille)));
        Assert.Equal((9, 5, 0.8), (table.Total.Now, table.Total.Before, table.Total.Change));
        Assert.Equal([6L, 3], table.Total.ByChannel);
        Assert.Null(table.Lines[1].Change);
    }

    [Fact]
    public void Those_alike_share_a_place_and_the_next_comes_behind_both() =>
        Assert.Equal([2, 1, 2, null, 4], Ranking.Places([0.8, 0.9, 0.8, null, 0.1]));

    [Fact]
    public void Few_minutes_come_first_where_low_is_better() => Assert.Equal([3, 1, 1], Ranking.Places([30, 5, 5], lowFirst: true));
}
