using System.Text.Json.Serialization;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A user and their assignment profile (§2).</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The name shown.</summary>
    public required string Name { get; set; }

    /// <summary>The department they belong to.</summary>
    public Guid? DepartmentId { get; set; }

    /// <summary>Active, away or departed.</summary>
    public PersonStatus Status { get; set; }

    /// <summary>The assignment profile as JSON, see <see cref="AssignmentProfile"/>.</summary>
    public string Profile { get; set; } = "{}";

    /// <summary>When they were added.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What is stored of a representative's profile; the rest of <see cref="Representative"/> comes from the user's own row.</summary>
public sealed record AssignmentProfile
{
    /// <summary>Regions in short form; empty serves everywhere.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Industries; empty knows all.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Products; empty sells all.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Sizes; empty serves all.</summary>
    public IReadOnlyList<CompanySize> Sizes { get; init; } = [];

    /// <summary>Seniority.</summary>
    public Seniority Seniority { get; init; }

    /// <summary>Weight, 0 to 1,000.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Most leads a day; null is unlimited.</summary>
    public int? DailyIntakeCap { get; init; }

    /// <summary>Most leads held at once; null is unlimited, which is stored, since left out it is the default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? HoldingCap { get; init; } = 150;

    /// <summary>Working hours; empty means 09:00–18:00 on working days.</summary>
    public IReadOnlyList<WorkingHours> Hours { get; init; } = [];

    /// <summary>Shifts besides.</summary>
    public IReadOnlyList<DutyShift> Duty { get; init; } = [];

    /// <summary>Approved leave.</summary>
    public IReadOnlyList<Leave> Leave { get; init; } = [];
}

internal sealed class UserTable : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> table)
    {
        table.Property(u => u.Name).HasMaxLength(100);
        table.HasIndex(u => u.DepartmentId);
    }
}
