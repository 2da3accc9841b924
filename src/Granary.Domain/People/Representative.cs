using Granary.Domain.Capture;

namespace Granary.Domain.People;

/// <summary>Whether somebody works here at the moment (§2).</summary>
public enum PersonStatus
{
    /// <summary>Works.</summary>
    Active = 0,

    /// <summary>Away for a while; gets nothing new.</summary>
    Away = 1,

    /// <summary>Has left; owns nothing.</summary>
    Departed = 2,
}

/// <summary>Seniority of a representative (§2).</summary>
public enum Seniority
{
    /// <summary>Regular.</summary>
    Regular = 0,

    /// <summary>Senior 骨干.</summary>
    Senior = 1,
}

/// <summary>The assignment profile of a user, as assignment sees it (§2, §8).</summary>
public sealed record Representative
{
    /// <summary>The user's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>The department they belong to; null for none.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Names of their roles, such as <c>sdr</c> or <c>sales_representative</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Status.</summary>
    public PersonStatus Status { get; init; }

    /// <summary>Regions they serve, as <c>province</c> or <c>province/city</c> in short form (<c>江苏</c>, <c>江苏/苏州</c>); empty serves everywhere.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Industries they know; empty knows all.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Products they sell; empty sells all.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Company sizes they serve; empty serves all.</summary>
    public IReadOnlyList<CompanySize> Sizes { get; init; } = [];

    /// <summary>Seniority.</summary>
    public Seniority Seniority { get; init; }

    /// <summary>Weight for weighted assignment, 0 to 1,000.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Most leads a day; null is unlimited.</summary>
    public int? DailyIntakeCap { get; init; }

    /// <summary>Most leads held at once 保有量上限; null is unlimited.</summary>
    public int? HoldingCap { get; init; }

    /// <summary>Working hours in organisation time; none means 09:00–18:00 on working days.</summary>
    public IReadOnlyList<WorkingHours> Hours { get; init; } = [];

    /// <summary>Days of duty besides, such as a Saturday shift.</summary>
    public IReadOnlyList<DutyShift> Duty { get; init; } = [];

    /// <summary>Approved leave.</summary>
    public IReadOnlyList<Leave> Leave { get; init; } = [];
}

/// <summary>Working hours of a weekday; they hold only on working days of the calendar.</summary>
/// <param name="Day">Weekday.</param>
/// <param name="From">Start, included.</param>
/// <param name="To">End, excluded; after <paramref name="From"/>, where 00:00 is the midnight that ends the day.</param>
public sealed record WorkingHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A shift on one date, whatever the calendar says.</summary>
/// <param name="Date">Date in organisation time.</param>
/// <param name="From">Start, included.</param>
/// <param name="To">End, excluded; after <paramref name="From"/>, where 00:00 is the midnight that ends the day.</param>
public sealed record DutyShift(DateOnly Date, TimeOnly From, TimeOnly To);

/// <summary>Leave in whole days of organisation time.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public sealed record Leave(DateOnly From, DateOnly To);
