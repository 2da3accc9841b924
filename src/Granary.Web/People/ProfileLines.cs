using System.Globalization;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Web.People;

/// <summary>Lists of an assignment profile as a person types them: words with commas between, times one a line.</summary>
internal static class ProfileLines
{
    private static readonly char[] Commas = [',', '，', '、', ';', '；', '\n'];
    private static readonly char[] Gaps = [' ', '\t', '-', '–', '~', '至'];

    public static IReadOnlyList<string> Words(string? text) =>
        [.. (text ?? "").Split(Commas, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    public static string Words(IReadOnlyList<string> words) => string.Join(", ", words);

    /// <summary><c>1 09:00-18:00</c>: Monday is 1, Sunday 7.</summary>
    public static IReadOnlyList<WorkingHours> Hours(string? text, List<FieldError> errors) => Lines(
        text,
        "profile.hours",
        line => line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var day, var span]
            && day is [>= '1' and <= '7'] && Times(span) is var (from, to)
                ? new WorkingHours((DayOfWeek)((day[0] - '0') % 7), from, to)
                : null,
        errors);

    /// <summary><c>2026-11-07 09:00-12:00</c>.</summary>
    public static IReadOnlyList<DutyShift> Duty(string? text, List<FieldError> errors) => Lines(
        text,
        "profile.duty",
        line => line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var day, var span] && Day(day) is { } date && Times(span) is var (from, to)
            ? new DutyShift(date, from, to)
            : null,
        errors);

    /// <summary><c>2026-10-01 2026-10-07</c>; one day alone is a day of leave.</summary>
    public static IReadOnlyList<Leave> Leave(string? text, List<FieldError> errors) => Lines(
        text,
        "profile.leave",
        line => line.Split([' ', '\t', '至', '~'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var only] when Day(only) is { } date => new Leave(date, date),
            [var first, var last] when Day(first) is { } from && Day(last) is { } to => new Leave(from, to),
            _ => null,
        },
        errors);

    public static string Write(IEnumerable<WorkingHours> hours) => Join(hours.Select(h => $"{(h.Day == DayOfWeek.Sunday ? 7 : (int)h.Day)} {Span(h.From, h.To)}"));

    public static string Write(IEnumerable<DutyShift> duty) => Join(duty.Select(d => $"{Write(d.Date)} {Span(d.From, d.To)}"));

    public static string Write(IEnumerable<Leave> leave) => Join(leave.Select(l => $"{Write(l.From)} {Write(l.To)}"));

    private static List<T> Lines<T>(string? text, string field, Func<string, T?> read, List<FieldError> errors)
        where T : class
    {
        List<T> found = [];
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (read(line) is { } row)
            {
                found.Add(row);
            }
            else
            {
                errors.Add(new FieldError(field, "invalid_format"));
                break;
            }
        }

        return found;
    }

    private static (TimeOnly From, TimeOnly To)? Times(string span) =>
        span.Split(Gaps, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, var last] && Time(first) is { } from && Time(last) is { } to
            ? (from, to)
            : null;

    // 24:00 is how people write the midnight that ends a day.
    private static TimeOnly? Time(string text) =>
        text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Span(TimeOnly from, TimeOnly to) =>
        $"{from.ToString("HH:mm", CultureInfo.InvariantCulture)}-{(to == TimeOnly.MinValue ? "24:00" : to.ToString("HH:mm", CultureInfo.InvariantCulture))}";

    private static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines);
}
