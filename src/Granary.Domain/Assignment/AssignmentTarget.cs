namespace Granary.Domain.Assignment;

/// <summary>
/// Whom a rule gives leads to (§8): named users, a team (a department with all below it, a role, or the role within the
/// department), or a pool. Exactly one of the three.
/// </summary>
public sealed record AssignmentTarget
{
    /// <summary>Named users.</summary>
    public IReadOnlyList<Guid> Users { get; init; } = [];

    /// <summary>Department; those below it are included.</summary>
    public Guid? Department { get; init; }

    /// <summary>Key of a role, such as <c>sales_representative</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Key of a pool, see <see cref="PoolKeys"/>.</summary>
    public string? Pool { get; init; }

    /// <summary>Named users.</summary>
    public static AssignmentTarget OfUsers(params IReadOnlyList<Guid> users) => new() { Users = users };

    /// <summary>A department with all below it, or those of a role within it.</summary>
    public static AssignmentTarget OfDepartment(Guid department, string? role = null) => new() { Department = department, Role = role };

    /// <summary>Everybody with a role.</summary>
    public static AssignmentTarget OfRole(string role) => new() { Role = role };

    /// <summary>A pool.</summary>
    public static AssignmentTarget OfPool(string key) => new() { Pool = key };
}
