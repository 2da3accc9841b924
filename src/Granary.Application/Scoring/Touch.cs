using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Scoring;

/// <summary>A touch of a lead 触点 (§6).</summary>
public sealed class Touch
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Kind.</summary>
    public TouchKind Kind { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How many times; more than one for an imported history.</summary>
    public int Count { get; set; } = 1;

    /// <summary>What it was about, such as a page.</summary>
    public string? Detail { get; set; }

    /// <summary>The channel it came by; null when it is not known.</summary>
    public Guid? ChannelId { get; set; }

    /// <summary>The campaign it came from.</summary>
    public string? Campaign { get; set; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; set; }

    /// <summary>Content piece.</summary>
    public string? Content { get; set; }

    /// <summary>The tracked link it came by.</summary>
    public Guid? LinkId { get; set; }

    /// <summary>The visitor as the web site knows them; null for what came another way.</summary>
    public Guid? VisitorId { get; set; }
}

internal sealed class TouchTable : IEntityTypeConfiguration<Touch>
{
    public void Configure(EntityTypeBuilder<Touch> table)
    {
        table.ToTable("Touch");
        table.HasKey(t => new { t.LeadId, t.Id });
        table.Property(t => t.Campaign).HasMaxLength(FieldLimits.Source);
        table.Property(t => t.Keyword).HasMaxLength(FieldLimits.Source);
        table.Property(t => t.Content).HasMaxLength(FieldLimits.Source);
        table.HasIndex(t => new { t.LinkId, t.At }, "ix_touch_link").HasFilter("link_id IS NOT NULL");
        table.HasIndex(t => t.VisitorId, "ix_touch_visitor").HasFilter("visitor_id IS NOT NULL");
    }
}
