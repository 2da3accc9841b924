using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A channel of two levels: 一级来源/二级来源.</summary>
public sealed class Channel
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The path <c>level 1/level 2</c>, or the first level alone.</summary>
    public required string Path { get; set; }

    /// <summary>Whether somebody confirmed it; a channel first seen in a submission waits for that, the lead does not.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Whether it takes no new leads by hand any more.</summary>
    public bool Retired { get; set; }
}

internal sealed class ChannelTable : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> table)
    {
        table.ToTable("Channel");
        table.Property(c => c.Path).HasMaxLength(201);
        table.HasIndex(c => c.Path).IsUnique();
    }
}
