using System.Globalization;

namespace Granary.Domain.Qualification;

/// <summary>A quarter of a year.</summary>
/// <param name="Year">Year, 2000 to 2999.</param>
/// <param name="Part">1 to 4.</param>
public readonly record struct Quarter(int Year, int Part)
{
    /// <summary>Year × 10 + part, in order of time.</summary>
    public int Number => (Year * 10) + Part;

    /// <summary>Its first day.</summary>
    public DateOnly From => new(Year, (Part * 3) - 2, 1);

    /// <summary>The first day of the next one.</summary>
    public DateOnly Until => From.AddMonths(3);

    /// <summary>The one after it.</summary>
    public Quarter Next => Of(Until);

    /// <summary>The one before it.</summary>
    public Quarter Previous => Of(From.AddDays(-1));

    /// <summary>Whether there is such a quarter.</summary>
    public bool IsValid => Year is >= 2000 and <= 2999 && Part is >= 1 and <= 4;

    /// <summary>The quarter of a day.</summary>
    public static Quarter Of(DateOnly day) => new(day.Year, ((day.Month - 1) / 3) + 1);

    /// <summary>Reads <c>2026Q4</c>; false where it is no quarter.</summary>
    public static bool TryParse(string? text, out Quarter quarter)
    {
        quarter = default;
        if (text?.Trim() is not { Length: 6 } typed || typed[4] is not ('Q' or 'q')
            || !int.TryParse(typed[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !int.TryParse(typed[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var part))
        {
            return false;
        }

        quarter = new Quarter(year, part);
        return quarter.IsValid;
    }

    /// <summary>Such as <c>2026Q4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year}Q{Part}");
}
