using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>
/// Reads days from an iCalendar file (RFC 5545): events of whole days, one or several. Whether an event is a holiday or a make-up
/// workday stands in its summary (休, 班), its categories or a property of the program that wrote it. In a file that marks some events,
/// those without a mark are observances and left out; in one that marks none, all are holidays.
/// </summary>
internal static partial class CalendarIcs
{
    private const int MostEvents = 10_000, LongestEvent = 366;

    public static void Read(string text, CalendarFile.DaysRead into)
    {
        List<Event> events = [];
        Event? open = null;
        var inner = 0;
        foreach (var line in Unfold(text))
        {
            var (name, parameters, value) = Split(line);
            switch (name)
            {
                case "BEGIN" when open is not null:
                    inner++;
                    break;
                case "BEGIN" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase):
                    open = new Event($"events[{events.Count}]");
                    break;
                case "END" when inner > 0:
                    inner--;
                    break;
                case "END" when open is not null:
                    events.Add(open);
                    open = null;
                    break;
                default:
                    // An alarm within an event has a summary of its own.
                    if (inner == 0)
                    {
                        open?.Take(name, parameters, value);
                    }

                    break;
            }

            if (events.Count > MostEvents)
            {
                into.Refuse(new FieldError("file", "too_many", $"{MostEvents}"));
                return;
            }
        }

        var marks = events.Any(e => e.IsWorked is not null);
        foreach (var read in events.Where(e => !e.Cancelled))
        {
            if (into.Hopeless)
            {
                return;
            }

            Add(read, marks, into);
        }
    }

    private static void Add(Event read, bool marks, CalendarFile.DaysRead into)
    {
        var title = CalendarDays.NameOf(read.Summary);
        var refusal = read.Recurs ? "recurrence_unsupported"
            : read.Start is null ? "no_date"
            : !read.WholeDays ? "not_whole_days"
            : marks && read.IsWorked is null ? "kind_unknown"
            : null;
        if (refusal is not null)
        {
            into.LeaveOut(new FieldError(read.Field, refusal, title));
            return;
        }

        if (into.Date($"{read.Field}.start", read.Start!, "yyyyMMdd") is not { } first)
        {
            return;
        }

        var days = read.Days;
        if (read.End is { } end)
        {
            if (into.Date($"{read.Field}.end", end, "yyyyMMdd") is not { } after)
            {
                return;
            }

            // The end is the day after the last; some programs repeat the first.
            days = after == first ? 1 : after.DayNumber - first.DayNumber;
        }

        if (days < 1)
        {
            into.Refuse(new FieldError($"{read.Field}.end", "before_start"));
        }
        else if (days > LongestEvent || days > DateOnly.MaxValue.DayNumber - first.DayNumber)
        {
            into.LeaveOut(new FieldError(read.Field, "event_too_long", title));
        }
        else
        {
            for (var i = 0; i < days; i++)
            {
                into.Add($"{read.Field}.start", first.AddDays(i), read.IsWorked ?? false, read.Name);
            }
        }
    }

    /// <summary>Lines, with those that were folded at 75 bytes joined again.</summary>
    private static IEnumerable<string> Unfold(string text)
    {
        StringBuilder line = new();
        foreach (var part in text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            if (part.Length > 0 && part[0] is ' ' or '\t')
            {
                line.Append(part, 1, part.Length - 1);
                continue;
            }

            if (line.Length > 0)
            {
                yield return line.ToString();
            }

            line.Clear().Append(part);
        }

        yield return line.ToString();
    }

    private static (string Name, string Parameters, string Value) Split(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                var names = line[..i].Split(';', 2);
                return (names[0].Trim().ToUpperInvariant(), names.Length > 1 ? names[1].ToUpperInvariant() : "", line[(i + 1)..].Trim());
            }
        }

        return ("", "", "");
    }

    /// <summary>An event as far as it was read.</summary>
    private sealed class Event(string place)
    {
        private string _hints = "";

        public string Field => place;

        public string Summary { get; private set; } = "";

        public string? Start { get; private set; }

        public string? End { get; private set; }

        public int Days { get; private set; } = 1;

        public bool WholeDays { get; private set; } = true;

        public bool Recurs { get; private set; }

        public bool Cancelled { get; private set; }

        /// <summary>Null when nothing says so.</summary>
        public bool? IsWorked
        {
            get
            {
                var said = $"{Summary}\n{_hints}";
                return Worked().IsMatch(said) ? true : Off().IsMatch(said) ? false : null;
            }
        }

        /// <summary>The summary without its marks.</summary>
        public string Name => CalendarDays.NameOf(Marks().Replace(Summary, " ")) is { Length: > 0 } name ? name : CalendarDays.NameOf(Summary);

        public void Take(string name, string parameters, string value)
        {
            switch (name)
            {
                case "SUMMARY":
                    value = value[..Math.Min(value.Length, 200)];
                    Summary = value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\", "", StringComparison.Ordinal);
                    break;
                case "DTSTART":
                    (Start, WholeDays) = (value, WholeDays && IsDate(parameters, value));
                    break;
                case "DTEND":
                    (End, WholeDays) = (value, WholeDays && IsDate(parameters, value));
                    break;
                case "DURATION":
                    var length = Length().Match(value);
                    WholeDays &= length.Success;
                    Days = length.Success ? int.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (length.Groups[2].ValueSpan is "W" ? 7 : 1) : 1;
                    break;
                case "STATUS":
                    Cancelled = value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
                    break;
                case "RRULE" or "RDATE" or "EXRULE" or "RECURRENCE-ID":
                    Recurs = true;
                    break;
                default:
                    if (name == "CATEGORIES" || name.StartsWith("X-", StringComparison.Ordinal))
                    {
                        _hints += value.Length <= 200 && _hints.Length <= 2000 ? value + "\n" : "";
                    }

                    break;
            }
        }

        private static bool IsDate(string parameters, string value) =>
            parameters.Contains("VALUE=DATE", StringComparison.Ordinal) && !parameters.Contains("VALUE=DATE-TIME", StringComparison.Ordinal)
            || value.Length == 8;
    }

    [GeneratedRegex(@"班|workday|working day|make-?up", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Worked();

    [GeneratedRegex(@"休|假|holiday|day off", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Off();

    [GeneratedRegex(@"[(（\[【]\s*(?:休息?|班|补班|上班|调休|放假|假期|workday|holiday)\s*[)）\]】]|\s(?:假期|放假|补班|休|班)(?=\s|$)|第\s*\d{1,3}\s*天\s*/?\s*共\s*\d{1,3}\s*天", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^P(\d{1,3})([DW])$", RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
