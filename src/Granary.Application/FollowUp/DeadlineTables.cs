using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.FollowUp;

/// <summary>
/// The next moment at which something is to be done about a lead: a reminder, a deadline, a move between pools. One row per
/// lead, made from the event log and swept when it is due, so that a sweep costs what is due and not what is stored (§10).
/// </summary>
public sealed class LeadTimer
{
    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>When it is looked at next.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The rule that comes due then.</summary>
    public string? RuleId { get; set; }

    /// <summary>Percent of the rule's time at that moment: below 100 a reminder, 100 the deadline.</summary>
    public int Percent { get; set; }

    /// <summary>The earliest deadline that is still to be met, also when it has passed; null when there is none.</summary>
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>The rule of <see cref="DeadlineAt"/>.</summary>
    public string? DeadlineRule { get; set; }

    /// <summary>What was done already, as JSON, so that nothing is done twice.</summary>
    public string State { get; set; } = "{}";
}

/// <summary>How fast an owner answered a lead: one row per ownership, kept by the consumer of the event log for figures.</summary>
public sealed class LeadResponse
{
    /// <summary>The ownership.</summary>
    public Guid OwnershipId { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>When they got it.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>The rule of their first deadline; null when none applied.</summary>
    public string? RuleId { get; set; }

    /// <summary>By when they had to follow up first; null when no rule applied.</summary>
    public DateTimeOffset? RespondBy { get; set; }

    /// <summary>When they did, by the server's clock.</summary>
    public DateTimeOffset? RespondedAt { get; set; }

    /// <summary>When the ownership ended.</summary>
    public DateTimeOffset? To { get; set; }
}

/// <summary>That what is known of a lead's responses changed; taken away by whoever counts them.</summary>
public sealed class ResponseChange
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }
}

/// <summary>A deadline that was missed 违规记录. Never changed; what is said about it stands in <see cref="ViolationNote"/>.</summary>
public sealed class Violation
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The ownership within which it happened.</summary>
    public Guid OwnershipId { get; set; }

    /// <summary>The owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The owner's department then.</summary>
    public Guid? DepartmentId { get; set; }

    /// <summary>The rule.</summary>
    public required string RuleId { get; set; }

    /// <summary>Version of the policy.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>T.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>N in minutes.</summary>
    public int Minutes { get; set; }

    /// <summary>The clock N ran on.</summary>
    public DeadlineClock Clock { get; set; }

    /// <summary>The deadline.</summary>
    public DateTimeOffset DeadlineAt { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The lead as it stood, and what followed, as JSON. Never contact data.</summary>
    public required string Evidence { get; set; }
}

/// <summary>What is said of a violation.</summary>
public enum ViolationNoteKind
{
    /// <summary>The owner explains.</summary>
    Explanation = 1,

    /// <summary>A manager excuses it.</summary>
    Excuse = 2,

    /// <summary>A manager takes the excuse back.</summary>
    ExcuseWithdrawn = 3,

    /// <summary>What was missed was done after all.</summary>
    DoneLate = 4,
}

/// <summary>Something said of a violation; appended, never changed.</summary>
public sealed class ViolationNote
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The violation.</summary>
    public Guid ViolationId { get; set; }

    /// <summary>What it is.</summary>
    public ViolationNoteKind Kind { get; set; }

    /// <summary>Who; null for the product itself.</summary>
    public Guid? AuthorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>In words.</summary>
    public string? Text { get; set; }
}

internal sealed class DeadlineTables :
    IEntityTypeConfiguration<LeadTimer>, IEntityTypeConfiguration<LeadResponse>, IEntityTypeConfiguration<ResponseChange>, IEntityTypeConfiguration<Violation>, IEntityTypeConfiguration<ViolationNote>
{
    public void Configure(EntityTypeBuilder<LeadTimer> table)
    {
        table.ToTable("Timer");
        table.HasKey(t => t.LeadId);
        table.Property(t => t.LeadId).ValueGeneratedNever();
        table.Property(t => t.RuleId).HasMaxLength(60);
        table.Property(t => t.DeadlineRule).HasMaxLength(60);
        table.HasIndex(t => new { t.DueAt, t.LeadId });
        table.HasIndex(t => new { t.DeadlineAt, t.LeadId }, "ix_timer_deadline").HasFilter("deadline_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<LeadResponse> table)
    {
        table.ToTable("Response");
        table.HasKey(r => r.OwnershipId);
        table.Property(r => r.OwnershipId).ValueGeneratedNever();
        table.Property(r => r.From).HasColumnName("FromAt");
        table.Property(r => r.To).HasColumnName("ToAt");
        table.Property(r => r.RuleId).HasMaxLength(60);
        table.HasIndex(r => new { r.OwnerId, r.From });
        table.HasIndex(r => r.From);
        table.HasIndex(r => r.RespondBy, "ix_response_due").HasFilter("respond_by IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ResponseChange> table)
    {
        table.ToTable("ResponseChange");
        table.HasKey(c => c.Id);
        table.Property(c => c.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Violation> table)
    {
        table.ToTable("Violation");
        table.Property(v => v.Id).ValueGeneratedNever();
        table.Property(v => v.RuleId).HasMaxLength(60);
        // A deadline of an ownership is missed once.
        table.HasIndex(v => new { v.OwnershipId, v.RuleId, v.StartedAt }).IsUnique();
        table.HasIndex(v => new { v.OwnerId, v.At });
        table.HasIndex(v => v.At);
        table.HasIndex(v => v.LeadId);
    }

    public void Configure(EntityTypeBuilder<ViolationNote> table)
    {
        table.ToTable("ViolationNote");
        table.HasKey(n => new { n.ViolationId, n.Id });
    }
}
