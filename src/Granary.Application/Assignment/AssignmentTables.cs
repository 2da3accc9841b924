using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Assignment;

/// <summary>An entry of the assignment ledger: who was considered, who was not eligible and why, who got it (§8).</summary>
public sealed class AssignmentRecord
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The rule's id; null for precedence, fallback and by hand.</summary>
    public string? RuleId { get; set; }

    /// <summary>Version of the policy; 0 for by hand.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>Who got it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The pool that got it.</summary>
    public Guid? PoolId { get; set; }

    /// <summary>Who assigned by hand.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>The candidates with their verdicts, packed: 17 bytes each, see <see cref="CandidateLedger"/>.</summary>
    public byte[] Candidates { get; set; } = [];
}

/// <summary>Where the rotation of a rule stands.</summary>
public sealed class StoredRotation
{
    /// <summary>The rule's id.</summary>
    public required string RuleId { get; set; }

    /// <summary>The state as JSON.</summary>
    public required string State { get; set; }
}

/// <summary>What a user has: the counters that caps look at, changed under the row's lock only.</summary>
public sealed class UserLoad
{
    /// <summary>The user.</summary>
    public Guid UserId { get; set; }

    /// <summary>The working day <see cref="Taken"/> counts for, in organisation time.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Leads assigned on that day.</summary>
    public int Taken { get; set; }

    /// <summary>Leads held now: pending or working.</summary>
    public int Holding { get; set; }
}

internal sealed class AssignmentTables : IEntityTypeConfiguration<AssignmentRecord>, IEntityTypeConfiguration<StoredRotation>, IEntityTypeConfiguration<UserLoad>
{
    public void Configure(EntityTypeBuilder<AssignmentRecord> table)
    {
        table.ToTable("AssignmentRecord");
        table.HasKey(a => new { a.LeadId, a.Id });
    }

    public void Configure(EntityTypeBuilder<StoredRotation> table)
    {
        table.ToTable("Rotation");
        table.HasKey(r => r.RuleId);
        table.Property(r => r.RuleId).HasMaxLength(60);
    }

    public void Configure(EntityTypeBuilder<UserLoad> table)
    {
        table.ToTable("UserLoad");
        table.HasKey(l => l.UserId);
        table.Property(l => l.UserId).ValueGeneratedNever();
    }
}
