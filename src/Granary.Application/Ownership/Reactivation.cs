using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Ownership;

/// <summary>A saved selection over pools that is pushed to representatives or back to nurture 盘活 (§9).</summary>
public sealed class Reactivation
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>What it selects, whom it pushes to, how many, when and with what, as JSON; see <c>ReactivationPlan</c>.</summary>
    public required string Plan { get; set; }

    /// <summary>Whether its schedule is on.</summary>
    public bool Open { get; set; }

    /// <summary>When it runs next by schedule; null when it does not.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Who made it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One run of a reactivation.</summary>
public sealed class ReactivationRun
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The reactivation.</summary>
    public Guid ReactivationId { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who started it; null for the schedule.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>Leads that were selected, before the cap.</summary>
    public int Selected { get; set; }

    /// <summary>Leads that were pushed.</summary>
    public int Pushed { get; set; }
}

/// <summary>A lead that a run pushed; what became of it is read from its ownerships and follow-ups since.</summary>
public sealed class ReactivatedLead
{
    /// <summary>The run.</summary>
    public Guid RunId { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The pool it came from.</summary>
    public Guid FromPoolId { get; set; }

    /// <summary>Who got it; null when it went to a pool.</summary>
    public Guid? OwnerId { get; set; }
}

internal sealed class ReactivationTables :
    IEntityTypeConfiguration<Reactivation>, IEntityTypeConfiguration<ReactivationRun>, IEntityTypeConfiguration<ReactivatedLead>
{
    public void Configure(EntityTypeBuilder<Reactivation> table)
    {
        table.ToTable("Reactivation");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.Name).HasMaxLength(100);
        table.HasIndex(r => r.NextAt, "ix_reactivation_next").HasFilter("next_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ReactivationRun> table)
    {
        table.ToTable("ReactivationRun");
        table.HasKey(r => new { r.ReactivationId, r.Id });
    }

    public void Configure(EntityTypeBuilder<ReactivatedLead> table)
    {
        table.ToTable("ReactivatedLead");
        table.HasKey(l => new { l.RunId, l.LeadId });
        table.HasIndex(l => l.LeadId);
    }
}
