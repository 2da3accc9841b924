using System.Globalization;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.People;

namespace Granary.Web.Settings;

/// <summary>The working week as a form has it: which days are worked, and for each day its hours in words.</summary>
public sealed class WeekForm
{
    private static readonly char[] Commas = [',', '，', '、', ';', '；', '\n'];

    /// <summary>Numbers of the days that are worked; Monday is 0.</summary>
    public List<string>? Worked { get; set; }

    /// <summary>Hours of Monday to Sunday, such as <c>09:00-12:00, 13:30-18:00</c>.</summary>
    public List<string?>? Hours { get; set; }

    /// <summary>The form of a calendar.</summary>
    public static WeekForm Of(WorkingCalendar calendar) => new()
    {
        Worked = [.. WorkingCalendar.Week.Index().Where(d => calendar.Weekdays.Contains(d.Item)).Select(d => Key(d.Index))],
        Hours = [.. WorkingCalendar.Week.Select(day => Write(calendar.Hours.Where(h => h.Day == day)))],
    };

    /// <summary>The name of a day's hours in the form.</summary>
    internal static string Name(int day) => $"Week.Hours[{Key(day)}]";

    internal static string Key(int day) => day.ToString(CultureInfo.InvariantCulture);

    internal bool Works(int day) => Worked?.Contains(Key(day)) == true;

    internal string? HoursOf(int day) => Hours?.ElementAtOrDefault(day);

    /// <summary>What the words say; a day whose words cannot be understood has an error under its name in the form.</summary>
    internal (WorkingWeek Week, List<FieldError> Errors) Read()
    {
        List<WorkingHours> hours = [];
        List<FieldError> errors = [];
        for (var day = 0; day < 7; day++)
        {
            var spans = (HoursOf(day) ?? "").Split(Commas, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            List<FieldError> wrong = [];
            hours.AddRange(ProfileLines.Hours(string.Join('\n', spans.Select(span => $"{Key(day + 1)} {span}")), wrong));
            if (wrong.Count > 0)
            {
                errors.Add(new FieldError(Name(day), "hours_format"));
            }
        }

        return (new WorkingWeek([.. WorkingCalendar.Week.Index().Where(d => Works(d.Index)).Select(d => d.Item)], hours), errors);
    }

    /// <summary>Errors of the use case under the names of the form.</summary>
    internal static List<FieldError> Place(WorkingWeek week, IEnumerable<FieldError> errors) => [.. errors.Select(error => error with { Field = Place(week, error.Field) })];

    private static string Place(WorkingWeek week, string field) =>
        field.Split('[', ']') is [var list, var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var i)
            ? Name(((int)(list == "hours" ? week.Hours[i].Day : week.Weekdays[i]) + 6) % 7)
            : field;

    private static string Write(IEnumerable<WorkingHours> hours) =>
        string.Join(", ", ProfileLines.Write(hours).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[2..]));
}
