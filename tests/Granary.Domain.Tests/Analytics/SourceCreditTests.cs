using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class SourceCreditTests
{
    private static readonly DateTimeOffset Made = new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero);

    private static ChannelEntry<string> Entry(string source, int year, int month, int day, int hour = 0) =>
        new(new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero), new DateOnly(year, month, day), source);

    private static string? Credited(params ChannelEntry<string>[] entries) => SourceCredit.Of(entries, Made, new DateOnly(2026, 6, 15))?.Source;

    [Fact]
    public void Within_three_months_the_earliest_wins() =>
        Assert.Equal("expo", Credited(Entry("ad", 2026, 5, 1), Entry("expo", 2026, 4, 1), Entry("old", 2026, 3, 14)));

    [Fact]
    public void The_same_day_three_months_before_is_within() => Assert.Equal("edge", Credited(Entry("ad", 2026, 5, 1), Entry("edge", 2026, 3, 15)));

    [Fact]
    public void Where_all_are_older_the_latest_wins() => Assert.Equal("later", Credited(Entry("early", 2025, 1, 1), Entry("later", 2026, 3, 14)));

    [Fact]
    public void What_came_in_after_the_opportunity_does_not_count()
    {
        Assert.Equal("old", Credited(Entry("old", 2025, 1, 1), Entry("after", 2026, 6, 15, 11)));
        Assert.Null(Credited(Entry("after", 2026, 6, 16)));
        Assert.Null(Credited());
    }
}
