using Microsoft.AspNetCore.Identity;

namespace Granary.Application.People;

/// <summary>A role: named permissions, each with a data scope (§2).</summary>
public sealed class Role : IdentityRole<Guid>
{
    /// <summary>The grants as JSON: permission → scope.</summary>
    public string Grants { get; set; } = "{}";

    /// <summary>Whether it came with the product.</summary>
    public bool BuiltIn { get; set; }
}
