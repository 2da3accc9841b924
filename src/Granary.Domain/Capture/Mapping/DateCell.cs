using System.Globalization;

namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// Dates and times as files carry them: ISO 8601, <c>2026/11/2</c>, <c>2026.11.2 9:30</c>, <c>2026年11月2日 下午3点</c>,
/// <c>20261102</c>, and the serial numbers of spreadsheets. Forms that begin with the day or month can be read in two
/// ways and need an explicit format.
/// </summary>
internal static class DateCell
{
    private const DateTimeStyles Lenient = DateTimeStyles.AllowWhiteSpaces;

    /// <summary>An instant; a time without offset is taken in <paramref name="zone"/>.</summary>
    public static bool TryInstant(string value, string? format, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        instant = default;
        if (!TryRead(value, format, out var read) || read.MonthOnly)
        {
            return false;
        }

        var offset = read.Offset ?? zone.GetUtcOffset(read.Local);
        var ticks = read.Local.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>A date; a month without day means its last day.</summary>
    public static bool TryDate(string value, string? format, out DateOnly date)
    {
        date = default;
        if (!TryRead(value, format, out var read))
        {
            return false;
        }

        date = DateOnly.FromDateTime(read.Local);
        if (read.MonthOnly)
        {
            date = new DateOnly(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month));
        }

        return true;
    }

    private static bool TryRead(string value, string? format, out Reading reading)
    {
        if (format is not null)
        {
            var known = DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, Lenient | DateTimeStyles.AdjustToUniversal, out var exact);
            reading = new Reading(exact, exact.Kind == DateTimeKind.Utc ? TimeSpan.Zero : null, false);
            return known;
        }

        var text = CellText.Fold(value);
        return TrySerial(text, out reading) || TryCompact(text, out reading) || new DateScanner(text).TryRead(out reading);
    }

    // Serial days since 1899-12-30; 20,000 to 100,000 is 1954 to 2173, so that no other number is taken for a date.
    private static bool TrySerial(string text, out Reading reading)
    {
        reading = default;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < 20_000 or > 100_000)
        {
            return false;
        }

        var seconds = Math.Round(days * 86_400, MidpointRounding.AwayFromZero);
        reading = new Reading(new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds), null, false);
        return true;
    }

    private static bool TryCompact(string text, out Reading reading)
    {
        var format = text.Length switch { 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", 14 => "yyyyMMddHHmmss", _ => null };
        DateTime local = default;
        var known = format is not null && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
        reading = new Reading(local, null, false);
        return known;
    }

    /// <summary>A local time, its offset where one was written, and whether the day was left open.</summary>
    internal readonly record struct Reading(DateTime Local, TimeSpan? Offset, bool MonthOnly);
}
