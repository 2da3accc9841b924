using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Storage;

/// <summary>How far a consumer of the event log has come; moved in the transaction of what it did.</summary>
public sealed class LogPosition
{
    /// <summary>The consumer's name.</summary>
    public required string Consumer { get; set; }

    /// <summary>The last position it has done.</summary>
    public long Position { get; set; }
}

internal sealed class LogPositionTable : IEntityTypeConfiguration<LogPosition>
{
    public void Configure(EntityTypeBuilder<LogPosition> table)
    {
        table.ToTable("LogPosition");
        table.HasKey(p => p.Consumer);
        table.Property(p => p.Consumer).HasMaxLength(40);
    }
}
