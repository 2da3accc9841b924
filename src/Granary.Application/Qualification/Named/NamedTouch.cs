using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification.Named;

/// <summary>A planned touch of a named account by one of the seven instruments (§12).</summary>
public sealed class NamedTouch
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The named account.</summary>
    public Guid NamedAccountId { get; set; }

    /// <summary>Instrument.</summary>
    public TouchInstrument Instrument { get; set; }

    /// <summary>The day it is planned for.</summary>
    public DateOnly PlannedOn { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>What is planned.</summary>
    public string? Note { get; set; }

    /// <summary>The day on which it took place; null while it has not.</summary>
    public DateOnly? DoneOn { get; set; }

    /// <summary>Who said so.</summary>
    public Guid? DoneById { get; set; }

    /// <summary>What came of it.</summary>
    public string? Outcome { get; set; }

    /// <summary>When it was called off.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>When its owner was reminded.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When it was planned.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who planned it.</summary>
    public Guid ActorId { get; set; }

    /// <summary>Whether it is still to come.</summary>
    public bool Open => DoneOn is null && CancelledAt is null;
}

internal sealed class NamedTouchTable : IEntityTypeConfiguration<NamedTouch>
{
    public void Configure(EntityTypeBuilder<NamedTouch> table)
    {
        table.ToTable("NamedTouch");
        table.Property(t => t.Id).ValueGeneratedNever();
        table.Ignore(t => t.Open);
        table.Property(t => t.Note).HasMaxLength(TouchPlan.LongestNote);
        table.Property(t => t.Outcome).HasMaxLength(TouchPlan.LongestOutcome);
        table.HasIndex(t => new { t.NamedAccountId, t.PlannedOn }, "ix_named_touch_account");
        table.HasIndex(t => new { t.OwnerId, t.PlannedOn }, "ix_named_touch_owner").HasFilter("done_on IS NULL AND cancelled_at IS NULL");
        table.HasIndex(t => t.PlannedOn, "ix_named_touch_due").HasFilter("done_on IS NULL AND cancelled_at IS NULL AND reminded_at IS NULL");
    }
}
