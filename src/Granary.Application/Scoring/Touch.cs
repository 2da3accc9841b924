using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Scoring;

/// <summary>A touch of a lead 触点 (§6).</summary>
public sealed class Touch
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Kind.</summary>
    public TouchKind Kind { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How many times; more than one for an imported history.</summary>
    public int Count { get; set; } = 1;

    /// <summary>What it was about, such as a page.</summary>
    public string? Detail { get; set; }
}

internal sealed class TouchTable : IEntityTypeConfiguration<Touch>
{
    public void Configure(EntityTypeBuilder<Touch> table)
    {
        table.ToTable("Touch");
        table.HasKey(t => new { t.LeadId, t.Id });
    }
}
