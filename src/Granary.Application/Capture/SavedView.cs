using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A saved view of a list: a name for the filters in its address.</summary>
public sealed class SavedView
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; set; }

    /// <summary>The page, such as <c>leads</c>.</summary>
    public required string Page { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>The query string without the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Whether everybody sees it.</summary>
    public bool Shared { get; set; }
}

internal sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> table)
    {
        table.ToTable("SavedView");
        table.Property(v => v.Name).HasMaxLength(60);
        table.Property(v => v.Page).HasMaxLength(40);
        table.Property(v => v.Query).HasMaxLength(2000);
        table.HasIndex(v => new { v.Page, v.UserId });
    }
}
