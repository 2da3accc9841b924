using System.Globalization;
using System.Text;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>A calendar read from a file: its days, what was left out of it, and what makes it unusable.</summary>
/// <param name="Days">Its days in order; none when there are errors.</param>
/// <param name="LeftOut">Entries that say nothing about working days, and why; the rest can be imported without them.</param>
/// <param name="Errors">Why nothing can be imported.</param>
public sealed record CalendarFile(IReadOnlyList<CalendarException> Days, IReadOnlyList<FieldError> LeftOut, IReadOnlyList<FieldError> Errors)
{
    /// <summary>How large a file may be: 1 MB.</summary>
    public const int Largest = 1 << 20;

    /// <summary>Reads an iCalendar file or JSON, whichever it is.</summary>
    public static CalendarFile Read(ReadOnlySpan<byte> content)
    {
        var days = new DaysRead();
        if (content.Length > Largest)
        {
            days.Refuse(new FieldError("file", "file_too_large", "1 MB"));
            return days.File();
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF').TrimStart();
            if (text.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            {
                CalendarIcs.Read(text, days);
            }
            else
            {
                CalendarJson.Read(text, days);
            }
        }
        catch (DecoderFallbackException)
        {
            days.Refuse(new FieldError("file", "not_a_calendar"));
        }

        return days.File();
    }

    /// <summary>What a reader finds.</summary>
    internal sealed class DaysRead
    {
        private const int MostDays = 5_000, MostErrors = 50;

        private readonly SortedDictionary<DateOnly, CalendarException> _days = [];
        private readonly List<FieldError> _leftOut = [], _errors = [];

        /// <summary>Whether reading on leads nowhere.</summary>
        public bool Hopeless => _errors.Count >= MostErrors;

        public void Refuse(FieldError error) => _errors.Add(error);

        public void LeaveOut(FieldError error)
        {
            if (_leftOut.Count < MostErrors)
            {
                _leftOut.Add(error);
            }
        }

        /// <summary>A date as <c>2026-10-01</c> or <c>20261001</c>; null, and refused, when there is no such day.</summary>
        public DateOnly? Date(string field, string text, string format)
        {
            if (!DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                Refuse(new FieldError(field, "impossible_date", text[..Math.Min(text.Length, 40)]));
                return null;
            }

            return date;
        }

        public void Add(string field, DateOnly date, bool isWorkingDay, string name)
        {
            if (date.Year is < CalendarDays.FirstYear or > CalendarDays.LastYear)
            {
                Refuse(new FieldError(field, "out_of_range", CalendarDays.Years));
                return;
            }

            name = CalendarDays.NameOf(name);
            if (!_days.TryGetValue(date, out var known))
            {
                if (_days.Count >= MostDays)
                {
                    _errors.AddRange(Enumerable.Repeat(new FieldError("file", "too_many", $"{MostDays}"), MostErrors));
                    return;
                }

                _days[date] = new CalendarException(date, isWorkingDay, name, CalendarSource.Imported);
            }
            else if (known.IsWorkingDay != isWorkingDay)
            {
                Refuse(new FieldError(field, "conflicting_day", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }
            else if (!known.Name.Contains(name, StringComparison.Ordinal))
            {
                // Two holidays on one day, as 中秋节 and 国庆节 of 2023.
                _days[date] = known with { Name = CalendarDays.NameOf(known.Name.Length == 0 ? name : $"{known.Name}、{name}") };
            }
        }

        public CalendarFile File()
        {
            if (_errors.Count == 0 && _days.Count == 0)
            {
                Refuse(_leftOut.Count > 0 ? _leftOut[0] : new FieldError("file", "no_days"));
            }

            return new CalendarFile(_errors.Count == 0 ? [.. _days.Values] : [], _leftOut, [.. _errors.Distinct().Take(MostErrors)]);
        }
    }
}
