namespace Granary.Domain.People;

/// <summary>Where a day of the calendar comes from.</summary>
public enum CalendarSource
{
    /// <summary>Shipped: the public calendar of mainland China.</summary>
    BuiltIn = 0,

    /// <summary>Set by a person, day by day.</summary>
    Edited = 1,

    /// <summary>Read from a file that a person imported.</summary>
    Imported = 2,
}

/// <summary>A day that differs from its weekday.</summary>
/// <param name="Date">The day in organisation time.</param>
/// <param name="IsWorkingDay">True for a make-up workday, false for a holiday.</param>
/// <param name="Name">What it is, such as 国庆节; empty when it has no name.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record CalendarException(DateOnly Date, bool IsWorkingDay, string Name = "", CalendarSource Source = CalendarSource.BuiltIn);
