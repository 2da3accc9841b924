using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>An address at which another system delivers leads as JSON, and how its JSON is read (§3 inbound webhook).</summary>
public sealed class InboundHook
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token in its address.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Channel of its leads, unless the mapping says otherwise.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Field of the submission → JSON path, as JSON.</summary>
    public required string Mapping { get; set; }

    /// <summary>Whether it takes deliveries.</summary>
    public bool Open { get; set; } = true;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class InboundHookTable : IEntityTypeConfiguration<InboundHook>
{
    public void Configure(EntityTypeBuilder<InboundHook> table)
    {
        table.ToTable("InboundHook");
        table.Property(h => h.Name).HasMaxLength(100);
        table.HasIndex(h => h.TokenHash).IsUnique();
    }
}
