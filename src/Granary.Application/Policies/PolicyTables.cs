using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Policies;

/// <summary>A version of a policy (§0). The published version with the highest number is in force; a draft is not.</summary>
public sealed class PolicyVersion
{
    /// <summary>What it rules: <c>capture</c>, <c>cleansing</c>, <c>duplicates</c>, <c>scoring</c>, <c>assignment</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Number, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The policy as JSON.</summary>
    public required string Body { get; set; }

    /// <summary>Why it was changed.</summary>
    public string? Note { get; set; }

    /// <summary>Who wrote it; null for what came with the product.</summary>
    public Guid? AuthorId { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was published; null for a draft.</summary>
    public DateTimeOffset? PublishedAt { get; set; }
}

/// <summary>The explanation of what was decided about a lead at one moment (§0 Explanation).</summary>
public sealed class Decision
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What was decided: <c>intake</c>, <c>score</c>, <c>assign</c>, <c>review</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Versions of the policies that decided, and the reasons, as JSON.</summary>
    public required string Trace { get; set; }
}

internal sealed class PolicyTables : IEntityTypeConfiguration<PolicyVersion>, IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> table)
    {
        table.ToTable("PolicyVersion");
        table.HasKey(p => new { p.Kind, p.Version });
        table.Property(p => p.Kind).HasMaxLength(40);
        table.Property(p => p.Note).HasMaxLength(500);
    }

    public void Configure(EntityTypeBuilder<Decision> table)
    {
        table.ToTable("Decision");
        table.HasKey(d => new { d.LeadId, d.Id });
        table.Property(d => d.Kind).HasMaxLength(20);
    }
}
