using System.Globalization;

namespace Granary.Domain.People;

/// <summary>Holidays and make-up workdays of mainland China as the State Council announced them, year by year.</summary>
public static class MainlandHolidays
{
    // A year, and for each holiday its name, the days off and, after the bar, the days worked instead, as month and day.
    private const string Announced = """
        2023 元旦 0101-0102 春节 0121-0127 | 0128 0129 清明节 0405 劳动节 0429-0503 | 0423 0506 端午节 0622-0624 | 0625 中秋节、国庆节 0929-1006 | 1007 1008
        2024 元旦 0101 春节 0210-0217 | 0204 0218 清明节 0404-0406 | 0407 劳动节 0501-0505 | 0428 0511 端午节 0610 中秋节 0915-0917 | 0914 国庆节 1001-1007 | 0929 1012
        2025 元旦 0101 春节 0128-0204 | 0126 0208 清明节 0404-0406 劳动节 0501-0505 | 0427 端午节 0531-0602 国庆节、中秋节 1001-1008 | 0928 1011
        2026 元旦 0101-0103 | 0104 春节 0215-0223 | 0214 0228 清明节 0404-0406 劳动节 0501-0505 | 0509 端午节 0619-0621 中秋节 0925-0927 国庆节 1001-1007 | 0920 1010
        """;

    /// <summary>Every day that differs from its weekday, and whether it is worked.</summary>
    public static IReadOnlyList<CalendarException> Days { get; } = [.. Read()];

    private static IEnumerable<CalendarException> Read()
    {
        foreach (var line in Announced.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (name, isWorked) = ("", false);
            foreach (var word in words.Skip(1))
            {
                if (word == "|")
                {
                    isWorked = true;
                    continue;
                }

                if (!char.IsAsciiDigit(word[0]))
                {
                    (name, isWorked) = (word, false);
                    continue;
                }

                var last = Date(words[0], word[^4..]);
                for (var day = Date(words[0], word[..4]); day <= last; day = day.AddDays(1))
                    yield return new CalendarException(day, isWorked, name);
            }
        }
    }

    private static DateOnly Date(string year, string monthDay) =>
        DateOnly.ParseExact(year + monthDay, "yyyyMMdd", CultureInfo.InvariantCulture);
}
