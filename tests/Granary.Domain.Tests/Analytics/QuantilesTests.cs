using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class QuantilesTests
{
    [Fact]
    public void The_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() =>
        Assert.Equal((2.5, 3), (Quantiles.Median([4, 1, 3, 2]), Quantiles.Median([5, 1, 3])));

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => Quantiles.Median([]));
}
