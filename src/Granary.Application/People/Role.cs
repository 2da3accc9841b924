using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A role: named permissions, each with a data scope (§2).</summary>
public sealed class Role : IdentityRole<Guid>
{
    /// <summary>The grants as JSON: permission → scope.</summary>
    public string Grants { get; set; } = "{}";

    /// <summary>Whether it came with the product.</summary>
    public bool BuiltIn { get; set; }

    /// <summary>What people call it; null where the product has words of its own.</summary>
    public string? Title { get; set; }

    /// <summary>The same in English; null takes <see cref="Title"/>.</summary>
    public string? TitleEn { get; set; }

    /// <summary>The grants.</summary>
    internal Dictionary<Permission, DataScope> Granted => Json.Read<Dictionary<Permission, DataScope>>(Grants);
}

/// <summary>A role as everybody may know it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Key">Key.</param>
/// <param name="BuiltIn">Whether it came with the product.</param>
/// <param name="Title">What people call it; null where the product has words of its own.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="Grants">Permission → scope.</param>
/// <param name="Version">The version, for <c>If-Match</c>.</param>
public sealed record RoleCard(
    Guid Id, string Key, bool BuiltIn, string? Title, string? TitleEn, IReadOnlyDictionary<Permission, DataScope> Grants, string Version)
{
    /// <summary>A stored role.</summary>
    internal static RoleCard Of(Role role) => new(role.Id, role.Name!, role.BuiltIn, role.Title, role.TitleEn, role.Granted, role.ConcurrencyStamp ?? "");
}

internal sealed class RoleTable : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> table)
    {
        table.Property(r => r.Title).HasMaxLength(SaveRole.LongestTitle);
        table.Property(r => r.TitleEn).HasMaxLength(SaveRole.LongestTitle);
    }
}
