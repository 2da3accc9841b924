using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A submission that made no lead of its own because it refreshed one; kept whole, encrypted (§5.1).</summary>
public sealed class KeptSubmission
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead it refreshed.</summary>
    public Guid LeadId { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The submission as JSON, encrypted.</summary>
    public SealedText Body { get; set; }
}

internal sealed class KeptSubmissionTable : IEntityTypeConfiguration<KeptSubmission>
{
    public void Configure(EntityTypeBuilder<KeptSubmission> table)
    {
        table.ToTable("KeptSubmission");
        table.HasKey(s => new { s.LeadId, s.Id });
    }
}
