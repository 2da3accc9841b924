using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Ownership;

/// <summary>What somebody asks for. Numbers are stored and never reused.</summary>
public enum LeadRequestKind
{
    /// <summary>That a supervisor confirms that a lead is invalid (§9).</summary>
    Invalidation = 1,

    /// <summary>That a lead is assigned to somebody else 分配调整 (§8).</summary>
    Adjustment = 2,
}

/// <summary>How a request was decided.</summary>
public enum LeadRequestDecision
{
    /// <summary>Granted.</summary>
    Granted = 1,

    /// <summary>Refused.</summary>
    Refused = 2,

    /// <summary>Taken back, or no longer needed.</summary>
    Dropped = 3,
}

/// <summary>A request about a lead that somebody else decides; kept with who asked, who decided, and why.</summary>
public sealed class LeadRequest
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>What is asked.</summary>
    public LeadRequestKind Kind { get; set; }

    /// <summary>Who asks.</summary>
    public Guid AskedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Who should get the lead; for an adjustment, where the asker names somebody.</summary>
    public Guid? To { get; set; }

    /// <summary>By when it is decided; null for what was asked before such times were kept.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When those who decide are told next; null when it is decided, or nothing is left to tell.</summary>
    public DateTimeOffset? RemindAt { get; set; }

    /// <summary>The decision; null while it is open.</summary>
    public LeadRequestDecision? Decision { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What they say.</summary>
    public string? Comment { get; set; }
}

internal sealed class LeadRequestTable : IEntityTypeConfiguration<LeadRequest>
{
    public void Configure(EntityTypeBuilder<LeadRequest> table)
    {
        table.ToTable("LeadRequest");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.To).HasColumnName("ToUserId");
        table.Property(r => r.Reason).HasMaxLength(500);
        table.Property(r => r.Comment).HasMaxLength(500);
        table.HasIndex(r => new { r.LeadId, r.Id });
        table.HasIndex(r => r.Id, "ix_lead_request_open").HasFilter("decision IS NULL");
        table.HasIndex(r => r.RemindAt, "ix_lead_request_remind").HasFilter("remind_at IS NOT NULL");
    }
}
