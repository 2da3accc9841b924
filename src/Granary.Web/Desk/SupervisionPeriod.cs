using System.Globalization;
using Granary.Application.Desk;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>The days a report looks at, as its address names them.</summary>
/// <param name="Name">today, week, month; null for days of one's own.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public sealed record SupervisionPeriod(string? Name, DateOnly From, DateOnly To)
{
    private static readonly string[] Names = ["today", "week", "month"];

    /// <summary>Reads an address; what cannot be read is this week, what is too long is cut.</summary>
    public static SupervisionPeriod Read(string? name, string? from, string? to, DateOnly today)
    {
        if (Day(from) is { } first && Day(to) is { } last && first <= last)
        {
            return new(null, first, last.DayNumber - first.DayNumber < Supervision.MostDays ? last : first.AddDays(Supervision.MostDays - 1));
        }

        return name switch
        {
            "today" => new(name, today, today),
            "month" => new(name, new DateOnly(today.Year, today.Month, 1), today),
            _ => new("week", today.AddDays(-(((int)today.DayOfWeek + 6) % 7)), today),
        };
    }

    /// <summary>The named periods to choose from.</summary>
    public IReadOnlyList<Tab> Segments(IStringLocalizer texts) => [.. Names.Select(n => new Tab(texts[$"sup.{n}"], $"{Urls.Supervision}?period={n}", n == Name))];

    /// <summary>Reads a day; null when it is none.</summary>
    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
