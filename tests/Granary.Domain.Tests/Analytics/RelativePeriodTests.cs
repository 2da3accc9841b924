using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class RelativePeriodTests
{
    [Theory]
    [InlineData(RelativePeriod.Yesterday, "2026-01-03", "2026-01-03")]
    [InlineData(RelativePeriod.ThisWeek, "2025-12-29", "2026-01-04")]
    [InlineData(RelativePeriod.LastWeek, "2025-12-22", "2025-12-28")]
    [InlineData(RelativePeriod.ThisMonth, "2026-01-01", "2026-01-04")]
    [InlineData(RelativePeriod.LastMonth, "2025-12-01", "2025-12-31")]
    [InlineData(RelativePeriod.LastQuarter, "2025-10-01", "2025-12-31")]
    [InlineData(RelativePeriod.Last7Days, "2025-12-29", "2026-01-04")]
    public void On_the_first_sunday_of_a_year(RelativePeriod period, string from, string to) =>
        Assert.Equal((DateOnly.Parse(from), DateOnly.Parse(to)), period.On(new DateOnly(2026, 1, 4)));
}
