using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification;

/// <summary>Somebody judged that a lead has reached a stage (§12), and what the next stage says of it.</summary>
public sealed class LeadQualification
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The stage.</summary>
    public QualificationStage Stage { get; set; }

    /// <summary>Ids of the lines that were ticked.</summary>
    public List<string> Checks { get; set; } = [];

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>The version of the checklists.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>Whether the lead became mature by it, so that sending it back takes that away again.</summary>
    public bool Promoted { get; set; }

    /// <summary>Who judged.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What the next stage says.</summary>
    public Acceptance Acceptance { get; set; }

    /// <summary>Who says so.</summary>
    public Guid? JudgeId { get; set; }

    /// <summary>When they said so.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>Why it was sent back.</summary>
    public string? Reason { get; set; }
}

internal sealed class LeadQualificationTable : IEntityTypeConfiguration<LeadQualification>
{
    public void Configure(EntityTypeBuilder<LeadQualification> table)
    {
        table.ToTable("LeadQualification");
        table.Property(q => q.Id).ValueGeneratedNever();
        table.Property(q => q.Checks).HasConversion<TextList>(TextList.Comparer);
        table.Property(q => q.Note).HasMaxLength(500);
        table.Property(q => q.Reason).HasMaxLength(500);
        table.HasIndex(q => q.LeadId, "ix_lead_qualification_lead");
        table.HasIndex(q => new { q.ActorId, q.At }, "ix_lead_qualification_actor");
    }
}
