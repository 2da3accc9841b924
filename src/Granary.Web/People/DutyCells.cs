using System.Globalization;
using Granary.Domain.People;

namespace Granary.Web.People;

/// <summary>Cells of the duty grid: somebody's shifts on a day as <c>09:00-18:00</c>, several with a space between.</summary>
internal static class DutyCells
{
    private static readonly string[] Usual = ["09:00-18:00", "09:00-12:00", "13:30-18:00", "18:00-22:00", "00:00-24:00"];

    public static string Name(Guid user, DateOnly day) => $"duty-{user:N}-{day:yyyyMMdd}";

    /// <summary>The shifts to choose from, and what is there already.</summary>
    public static IEnumerable<string> Choices(string present) => present.Length == 0 ? Usual : Usual.Append(present).Distinct();

    public static string Write(IEnumerable<DutyShift> shifts) =>
        string.Join(' ', shifts.OrderBy(s => s.From).Select(s => $"{s.From:HH\\:mm}-{(s.To == TimeOnly.MinValue ? "24:00" : s.To.ToString("HH:mm", CultureInfo.InvariantCulture))}"));

    /// <summary>The same as people write it in a narrow place: 9–18, 13:30–18.</summary>
    public static string Label(string cell) =>
        string.Join(", ", cell.Split(' ').Select(span => string.Join('–', span.Split('-').Select(time => (time[0] == '0' ? time[1..] : time).Replace(":00", "", StringComparison.Ordinal)))));

    /// <summary>Reads a cell; what cannot be read is no shift.</summary>
    public static IEnumerable<DutyShift> Read(DateOnly day, string? text)
    {
        foreach (var span in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (span.Split('-') is [var first, var last] && Time(first) is { } from && Time(last) is { } to)
            {
                yield return new DutyShift(day, from, to);
            }
        }
    }

    // 24:00 is how people write the midnight that ends a day.
    private static TimeOnly? Time(string text) => text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
