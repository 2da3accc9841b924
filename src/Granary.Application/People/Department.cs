using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A department; departments form a tree (§2).</summary>
public sealed class Department
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The department above; null at the top.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Who heads it; null when nobody is named.</summary>
    public Guid? HeadId { get; set; }
}

internal sealed class DepartmentTable : IEntityTypeConfiguration<Department>
{
    public void Configure(EntityTypeBuilder<Department> table)
    {
        table.ToTable("Department");
        table.Property(d => d.Name).HasMaxLength(100);
        table.HasIndex(d => d.ParentId);
    }
}
