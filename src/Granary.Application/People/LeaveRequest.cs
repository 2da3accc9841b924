using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>How far a request for leave is.</summary>
public enum LeaveState
{
    /// <summary>It waits for somebody to decide it.</summary>
    Waiting = 0,

    /// <summary>It is granted: they are away on these days.</summary>
    Granted = 1,

    /// <summary>It is refused.</summary>
    Refused = 2,

    /// <summary>It was taken back, or ended before it began.</summary>
    Withdrawn = 3,
}

/// <summary>A period of leave that somebody asked for or was given. What is granted stands in their assignment profile.</summary>
public sealed class LeaveRequest
{
    /// <summary>Longest note and comment.</summary>
    public const int LongestText = 200;

    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose leave.</summary>
    public Guid UserId { get; set; }

    /// <summary>Its first day, in organisation time.</summary>
    public DateOnly FirstDay { get; set; }

    /// <summary>Its last day, included.</summary>
    public DateOnly LastDay { get; set; }

    /// <summary>What for.</summary>
    public string? Note { get; set; }

    /// <summary>How far it is.</summary>
    public LeaveState State { get; set; }

    /// <summary>Who asked.</summary>
    public Guid AskedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Who decided or ended it.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why so.</summary>
    public string? Comment { get; set; }
}

internal sealed class LeaveRequestTable : IEntityTypeConfiguration<LeaveRequest>
{
    public void Configure(EntityTypeBuilder<LeaveRequest> table)
    {
        table.ToTable("LeaveRequest");
        table.Property(l => l.Note).HasMaxLength(LeaveRequest.LongestText);
        table.Property(l => l.Comment).HasMaxLength(LeaveRequest.LongestText);
        table.HasIndex(l => new { l.UserId, l.LastDay });
        table.HasIndex(l => l.LastDay);
    }
}
