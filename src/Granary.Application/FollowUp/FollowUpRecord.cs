using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.FollowUp;

/// <summary>How somebody was followed up (§10). Numbers are stored and never reused.</summary>
public enum FollowUpMethod
{
    /// <summary>Call.</summary>
    Call = 1,

    /// <summary>Mail.</summary>
    Mail = 2,

    /// <summary>Visit.</summary>
    Visit = 3,

    /// <summary>WeChat or WeCom.</summary>
    WeChat = 4,

    /// <summary>Meeting.</summary>
    Meeting = 5,

    /// <summary>Other.</summary>
    Other = 6,
}

/// <summary>A follow-up 跟进 (§10).</summary>
public sealed class FollowUpRecord
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Who wrote it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it took place, as its author says; no clock looks at it.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was recorded, by the server; what clocks look at.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>How.</summary>
    public FollowUpMethod Method { get; set; }

    /// <summary>What was said and done.</summary>
    public required string Content { get; set; }

    /// <summary>What the customer said.</summary>
    public string? Feedback { get; set; }

    /// <summary>What comes next.</summary>
    public string? NextStep { get; set; }

    /// <summary>When it comes next.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Whether it counts for deadlines and protection.</summary>
    public bool Counted { get; set; }

    /// <summary>Key fields (BANT) changed with it, as JSON; null when none.</summary>
    public string? Changes { get; set; }
}

/// <summary>A file attached to a follow-up.</summary>
public sealed class Attachment
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The follow-up.</summary>
    public Guid FollowUpId { get; set; }

    /// <summary>File name as uploaded.</summary>
    public required string Name { get; set; }

    /// <summary>Media type.</summary>
    public required string Type { get; set; }

    /// <summary>Bytes.</summary>
    public int Size { get; set; }

    /// <summary>The content, encrypted.</summary>
    public SealedBytes Content { get; set; }
}

/// <summary>A text that follow-ups begin from.</summary>
public sealed class FollowUpTemplate
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is; null is everybody's.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>How.</summary>
    public FollowUpMethod Method { get; set; }

    /// <summary>The text.</summary>
    public required string Content { get; set; }

    /// <summary>Days until the next step; null for none.</summary>
    public int? NextInDays { get; set; }
}

internal sealed class FollowUpTables : IEntityTypeConfiguration<FollowUpRecord>, IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<FollowUpTemplate>
{
    public void Configure(EntityTypeBuilder<FollowUpRecord> table)
    {
        table.ToTable("FollowUp");
        table.HasKey(f => new { f.LeadId, f.Id });
        table.HasIndex(f => new { f.AuthorId, f.RecordedAt });
    }

    public void Configure(EntityTypeBuilder<Attachment> table)
    {
        table.ToTable("Attachment");
        table.HasKey(a => new { a.LeadId, a.Id });
        table.Property(a => a.Name).HasMaxLength(255);
        table.Property(a => a.Type).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<FollowUpTemplate> table)
    {
        table.ToTable("FollowUpTemplate");
        table.Property(t => t.Name).HasMaxLength(60);
        table.HasIndex(t => t.UserId);
    }
}
