using System.Globalization;
using Granary.Application.Analytics.Reports;

namespace Granary.Application.Tests.Analytics;

/// <summary>A meeting looks at the whole week, month or quarter it is held in, unless somebody asks for other days.</summary>
public sealed class MeetingPeriodTests
{
    [Theory]
    [InlineData(null, "2026-11-30", "2026-11-30", "2026-12-06")]
    [InlineData("week", "2026-12-06", "2026-11-30", "2026-12-06")]
    [InlineData("month", "2026-11-30", "2026-11-01", "2026-11-30")]
    [InlineData("month", "2028-02-01", "2028-02-01", "2028-02-29")]
    [InlineData("quarter", "2026-11-30", "2026-10-01", "2026-12-31")]
    public void Days_of_a_pack_are_whole(string? pack, string today, string from, string to) =>
        Assert.Equal((Day(from), Day(to)), new MeetingReport(TimeProvider.System).UsualPeriod(pack, Day(today)));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
