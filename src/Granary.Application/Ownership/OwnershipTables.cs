using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Ownership;

/// <summary>How somebody came to own a lead (§9).</summary>
public enum Acquired
{
    /// <summary>Created it.</summary>
    Created = 1,

    /// <summary>Imported it.</summary>
    Imported = 2,

    /// <summary>Claimed it from a pool.</summary>
    Claimed = 3,

    /// <summary>An administrator assigned it.</summary>
    AssignedByAdministrator = 4,

    /// <summary>A rule assigned it.</summary>
    AssignedAutomatically = 5,

    /// <summary>The owner was changed.</summary>
    OwnerChanged = 6,

    /// <summary>It is a duplicate of a lead or account of theirs.</summary>
    Duplicate = 7,
}

/// <summary>How an ownership ended (§9).</summary>
public enum Ended
{
    /// <summary>Converted.</summary>
    Converted = 1,

    /// <summary>Found invalid.</summary>
    Invalid = 2,

    /// <summary>Returned by the owner.</summary>
    Returned = 3,

    /// <summary>Recycled by a deadline.</summary>
    Recycled = 4,

    /// <summary>Transferred to somebody else.</summary>
    Transferred = 5,

    /// <summary>Voided, also when its import was reverted.</summary>
    Voided = 6,
}

/// <summary>A period in which someone owns a lead.</summary>
public sealed class OwnershipRecord
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>How it began.</summary>
    public Acquired Acquired { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>How it ended.</summary>
    public Ended? Ended { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>Why it ended, as whoever ended it says.</summary>
    public string? Reason { get; set; }

    /// <summary>The pool the lead came from; null when it came from none.</summary>
    public Guid? FromPoolId { get; set; }

    /// <summary>Counted follow-ups within it.</summary>
    public int FollowUps { get; set; }

    /// <summary>The first counted follow-up within it, by the server's clock.</summary>
    public DateTimeOffset? FirstFollowUpAt { get; set; }

    /// <summary>The last counted follow-up within it, by the server's clock.</summary>
    public DateTimeOffset? LastFollowUpAt { get; set; }

    /// <summary>When the owner decided about the lead, see <c>SlaGoal.Decision</c>.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Until when the owner is protected; null as the policy has it at acquisition.</summary>
    public DateTimeOffset? ProtectedUntil { get; set; }

    /// <summary>The manager who locked it, so that no clock takes it away.</summary>
    public Guid? LockedBy { get; set; }
}

/// <summary>A pool 线索池 / 公海 (§9).</summary>
public sealed class Pool
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Stable key by which policies name it, such as <c>sdr</c>.</summary>
    public required string Key { get; set; }

    /// <summary>Name; empty for a built-in pool, whose name is in the reader's language.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether it came with the product.</summary>
    public bool BuiltIn { get; set; }
}

/// <summary>A member of a pool.</summary>
public sealed class PoolMember
{
    /// <summary>The pool.</summary>
    public Guid PoolId { get; set; }

    /// <summary>The user.</summary>
    public Guid UserId { get; set; }

    /// <summary>Whether they manage the pool: assign from it, move, lock.</summary>
    public bool Manages { get; set; }
}

internal sealed class OwnershipTables : IEntityTypeConfiguration<OwnershipRecord>, IEntityTypeConfiguration<Pool>, IEntityTypeConfiguration<PoolMember>
{
    public void Configure(EntityTypeBuilder<OwnershipRecord> table)
    {
        table.ToTable("OwnershipRecord");
        table.HasKey(o => new { o.LeadId, o.Id });
        table.Property(o => o.From).HasColumnName("FromAt");
        table.Property(o => o.To).HasColumnName("ToAt");
        table.Property(o => o.Reason).HasMaxLength(500);
        table.HasIndex(o => new { o.OwnerId, o.From });
        table.HasIndex(o => new { o.FromPoolId, o.Id }, "ix_ownership_record_held").HasFilter("to_at IS NULL AND from_pool_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Pool> table)
    {
        table.ToTable("Pool");
        table.Property(p => p.Key).HasMaxLength(40);
        table.Property(p => p.Name).HasMaxLength(60);
        table.HasIndex(p => p.Key).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PoolMember> table)
    {
        table.ToTable("PoolMember");
        table.HasKey(m => new { m.PoolId, m.UserId });
        table.HasIndex(m => m.UserId);
    }
}
