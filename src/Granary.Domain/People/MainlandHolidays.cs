using System.Globalization;

namespace Granary.Domain.People;

/// <summary>Holidays and make-up workdays of mainland China as the State Council announced them, year by year.</summary>
internal static class MainlandHolidays
{
    // A year, the days off, and after the bar the days worked instead, as month and day.
    private const string Announced = """
        2023 0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006 | 0128 0129 0423 0506 0625 1007 1008
        2024 0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007 | 0204 0218 0407 0428 0511 0914 0929 1012
        2025 0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008 | 0126 0208 0427 0928 1011
        2026 0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007 | 0104 0214 0228 0509 0920 1010
        """;

    /// <summary>Every day that differs from its weekday, and whether it is worked.</summary>
    public static IReadOnlyList<CalendarException> Days { get; } = [.. Read()];

    private static IEnumerable<CalendarException> Read()
    {
        foreach (var line in Announced.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var isWorked = false;
            foreach (var word in words.Skip(1))
            {
                if (word == "|")
                {
                    isWorked = true;
                    continue;
                }

                var last = Date(words[0], word[^4..]);
                for (var day = Date(words[0], word[..4]); day <= last; day = day.AddDays(1))
                    yield return new CalendarException(day, isWorked);
            }
        }
    }

    private static DateOnly Date(string year, string monthDay) =>
        DateOnly.ParseExact(year + monthDay, "yyyyMMdd", CultureInfo.InvariantCulture);
}
