using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class WaitScaleTests
{
    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(7.5, 8)]
    [InlineData(37, 35)]
    [InlineData(58, 60)]
    [InlineData(127, 120)]
    [InlineData(300, 300)]
    [InlineData(500, 480)]
    [InlineData(2900, 2880)]
    public void A_wait_goes_to_the_nearest_mark(double minutes, int mark) => Assert.Equal(mark, WaitScale.Of(minutes));

    [Fact]
    public void Longer_waits_never_have_smaller_marks() => Prop.ForAll(ArbMap.Default.ArbFor<(NonNegativeInt, NonNegativeInt)>(), pair =>
    {
        var (a, b) = (pair.Item1.Get / 3d, pair.Item2.Get / 3d);
        return WaitScale.Of(Math.Min(a, b)) <= WaitScale.Of(Math.Max(a, b));
    }).Check(Run.Property);

    [Fact]
    public void The_90th_percentile_of_ten_is_the_ninth_and_of_eleven_the_tenth() =>
        Assert.Equal((9d, 10d, 7d), (WaitScale.Quantile(Numbers(10), 0.9), WaitScale.Quantile(Numbers(11), 0.9), WaitScale.Quantile(new Dictionary<int, long> { [7] = 3 }, 0.9)));

    [Fact]
    public void The_median_of_counts_is_that_of_the_waits_themselves()
    {
        int[] waits = [5, 5, 10, 30, 60, 60, 90, 120, 240, 480];
        var counts = waits.GroupBy(w => w).ToDictionary(g => g.Key, g => g.LongCount());

        Assert.Equal(Quantiles.Median([.. waits.Select(w => (double)w)]), WaitScale.Quantile(counts, 0.5));
        Assert.Null(WaitScale.Quantile(new Dictionary<int, long>(), 0.5));
    }

    [Fact]
    public void A_quantile_occurred_and_enough_do_not_exceed_it() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<NonNegativeInt>>(), values =>
    {
        int[] all = [.. values.Get.Select(v => v.Get)];
        var p90 = WaitScale.Quantile(all.GroupBy(v => v).ToDictionary(g => g.Key, g => g.LongCount()), 0.9)!.Value;
        return all.Contains((int)p90) && all.Count(v => v <= p90) >= (0.9 * all.Length) - 1e-9;
    }).Check(Run.Property);

    private static Dictionary<int, long> Numbers(int to) => Enumerable.Range(1, to).ToDictionary(n => n, _ => 1L);
}
