using System.Globalization;

namespace Granary.Domain.Policies;

/// <summary>Values of facts by what they are: how they are read, compared and told apart.</summary>
public static class FactValue
{
    /// <summary>A number in invariant form.</summary>
    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>
    /// Less than nothing where a fact comes before a bound, nothing where they are the same, more where it comes after: numbers by
    /// size, days by the calendar. What nobody gave a type is what both look like. Null where they cannot be compared.
    /// </summary>
    public static int? Compare(string fact, string bound, FactKind kind) =>
        kind is FactKind.Number or FactKind.Text && TryNumber(fact, out var number) && TryNumber(bound, out var limit) ? number.CompareTo(limit)
        : kind is FactKind.Date or FactKind.Text && TryDay(fact, out var day) && TryDay(bound, out var last) ? day.CompareTo(last)
        : null;

    /// <summary>
    /// Whether a value of a condition means a fact: numbers by size, so that 5 is 5.0, days by the calendar, all else by its letters
    /// whatever their case; a text also by the level above it (<c>官网</c> means <c>官网/百度搜索</c>).
    /// </summary>
    public static bool Means(string value, string fact, FactKind kind) => kind switch
    {
        FactKind.Text => Condition.Names(value, fact),
        FactKind.Number or FactKind.Date when Compare(fact, value, kind) is { } order => order == 0,
        _ => string.Equals(value, fact, StringComparison.OrdinalIgnoreCase),
    };
}
