using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class QuantilesTests
{
    [Fact]
    public void The_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() =>
        Assert.Equal((2.5, 3), (Quantiles.Median([4, 1, 3, 2]), Quantiles.Median([5, 1, 3])));

    [Fact]
    public void The_90th_percentile_of_ten_is_the_ninth_and_of_eleven_the_tenth() =>
        Assert.Equal((9, 10, 7), (Quantiles.Percentile([.. Numbers(10)], 0.9), Quantiles.Percentile([.. Numbers(11)], 0.9), Quantiles.Percentile([7], 0.9)));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => Quantiles.Median([]));

    [Fact]
    public void A_percentile_occurred_and_enough_do_not_exceed_it() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<int>>(), values =>
    {
        double[] all = [.. values.Get.Select(v => (double)v)];
        var p90 = Quantiles.Percentile(all, 0.9);
        return all.Contains(p90) && all.Count(v => v <= p90) >= (0.9 * all.Length) - 1e-9;
    }).Check(Run.Property);

    private static IEnumerable<double> Numbers(int to) => Enumerable.Range(1, to).Select(n => (double)n);
}
