using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification.Merging;

/// <summary>Two leads or two accounts that became one (§5.3), and what undoing it needs.</summary>
public sealed class RecordMerge
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The record that stayed.</summary>
    public Guid SurvivorId { get; set; }

    /// <summary>The record that went, and leads to the other one.</summary>
    public Guid MergedId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who.</summary>
    public Guid ActorId { get; set; }

    /// <summary>Both records before, and what moved, encrypted; null once the person was erased: it cannot be undone then.</summary>
    public SealedText? Body { get; set; }

    /// <summary>When it was undone; null while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Who undid it.</summary>
    public Guid? UndoneBy { get; set; }
}

internal sealed class RecordMergeTable : IEntityTypeConfiguration<RecordMerge>
{
    public void Configure(EntityTypeBuilder<RecordMerge> table)
    {
        table.ToTable("RecordMerge");
        table.Property(m => m.Id).ValueGeneratedNever();
        table.HasIndex(m => m.SurvivorId, "ix_record_merge_survivor");
        table.HasIndex(m => m.MergedId, "ix_record_merge_merged");
    }
}
