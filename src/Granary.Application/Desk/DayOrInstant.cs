using System.Globalization;

namespace Granary.Application.Desk;

/// <summary>One end of a period: a day of organisation time, which counts whole, or an instant.</summary>
public readonly record struct DayOrInstant
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A day.</summary>
    public DayOrInstant(DateOnly day) => Day = day;

    /// <summary>An instant.</summary>
    public DayOrInstant(DateTimeOffset instant) => Instant = instant;

    /// <summary>The day, when it is one.</summary>
    public DateOnly? Day { get; }

    /// <summary>The instant, when it is one.</summary>
    public DateTimeOffset? Instant { get; }

    /// <summary>The first instant of a period that begins with it.</summary>
    public DateTimeOffset Start(TimeZoneInfo zone) => Instant ?? Midnight(Day!.Value, zone);

    /// <summary>The first instant behind a period that ends with it.</summary>
    public DateTimeOffset End(TimeZoneInfo zone) => Instant ?? Midnight(Day!.Value.AddDays(1), zone);

    /// <summary>Reads <c>2026-11-02</c> or an ISO-8601 instant.</summary>
    public static DayOrInstant? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return new DayOrInstant(day);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? new DayOrInstant(instant)
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        Day?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? Instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
