using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>What a channel cost on a day, as finely as it is known: down to campaign, keyword and content (§15.2). One row for each combination.</summary>
public sealed class ChannelCost
{
    /// <summary>Longest note.</summary>
    public const int LongestNote = 500;

    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Channel.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Day in organisation time.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Campaign as leads name it; empty when it is not known.</summary>
    public string Campaign { get; set; } = "";

    /// <summary>Search keyword; empty when it is not known.</summary>
    public string Keyword { get; set; } = "";

    /// <summary>Content piece; empty when it is not known.</summary>
    public string Content { get; set; } = "";

    /// <summary>Amount in the organisation's currency, not negative.</summary>
    public decimal Amount { get; set; }

    /// <summary>How often it was shown; null when it is not known.</summary>
    public long? Impressions { get; set; }

    /// <summary>How often it was clicked; null when it is not known.</summary>
    public long? Clicks { get; set; }

    /// <summary>Note.</summary>
    public string? Note { get; set; }

    /// <summary>Who recorded it last.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was recorded last.</summary>
    public DateTimeOffset RecordedAt { get; set; }
}

internal sealed class ChannelCostTable : IEntityTypeConfiguration<ChannelCost>
{
    public void Configure(EntityTypeBuilder<ChannelCost> table)
    {
        table.ToTable("ChannelCost");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Property(c => c.Campaign).HasMaxLength(FieldLimits.Source);
        table.Property(c => c.Keyword).HasMaxLength(FieldLimits.Source);
        table.Property(c => c.Content).HasMaxLength(FieldLimits.Source);
        table.Property(c => c.Note).HasMaxLength(ChannelCost.LongestNote);
        table.HasIndex(c => new { c.ChannelId, c.Day, c.Campaign, c.Keyword, c.Content }, "ix_channel_cost_unique").IsUnique();
        table.HasIndex(c => new { c.Day, c.ChannelId, c.Amount }, "ix_channel_cost_day");
        table.HasIndex(c => new { c.Campaign, c.Day }, "ix_channel_cost_campaign").HasFilter("campaign <> ''");
    }
}
