using Granary.Application.Analytics.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Watching;

/// <summary>A step rate that left its usual range in a period (§15 point 9), with the segment that explains most of the move.</summary>
public sealed class RateAlert
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>How long the period is.</summary>
    public WatchSpan Span { get; set; }

    /// <summary>The step, by its stable name.</summary>
    public required string Step { get; set; }

    /// <summary>First day.</summary>
    public DateOnly FromOn { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly ToOn { get; set; }

    /// <summary>How many came to the step.</summary>
    public long Base { get; set; }

    /// <summary>How many took it.</summary>
    public long Reached { get; set; }

    /// <summary>How many came to it in the periods it is judged by, together.</summary>
    public long BaseBefore { get; set; }

    /// <summary>How many of those took it.</summary>
    public long ReachedBefore { get; set; }

    /// <summary>Lower limit of what is usual, a share.</summary>
    public double Low { get; set; }

    /// <summary>The median.</summary>
    public double Median { get; set; }

    /// <summary>Upper limit.</summary>
    public double High { get; set; }

    /// <summary>The dimension of the segment that explains most; null where none stands out.</summary>
    public string? Dimension { get; set; }

    /// <summary>The segment's key; empty for records without a value.</summary>
    public string? Segment { get; set; }

    /// <summary>What of the move comes from the segment's own rate.</summary>
    public double? RateEffect { get; set; }

    /// <summary>What of it comes from the mix.</summary>
    public double? MixEffect { get; set; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class RateAlertTable : IEntityTypeConfiguration<RateAlert>
{
    public void Configure(EntityTypeBuilder<RateAlert> table)
    {
        table.ToTable("RateAlert");
        table.Property(a => a.Id).ValueGeneratedNever();
        table.Property(a => a.Step).HasMaxLength(40);
        table.Property(a => a.Dimension).HasMaxLength(40);
        table.Property(a => a.Segment).HasMaxLength(200);
        // A period is found out of range once, whichever node looks.
        table.HasIndex(a => new { a.FromOn, a.Span, a.Step }, "ix_rate_alert_period").IsUnique();
    }
}
