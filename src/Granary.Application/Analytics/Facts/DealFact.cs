using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What reports know of one opportunity: its lead's owner and dimensions, its money, the touches that led to it, and the entry to which it is
/// credited. Kept by <see cref="FactConsumer"/>.
/// </summary>
public sealed class DealFact
{
    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>The lead it began with; null where that does not count any more.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>Whose it counts as: whose its lead counts as, so that it stands with its lead in every report; else its own owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The opportunity's own owner.</summary>
    public Guid SellerId { get; set; }

    /// <summary>Channel of its lead.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Campaign of its lead.</summary>
    public string? Campaign { get; set; }

    /// <summary>Industry of its lead.</summary>
    public string? Industry { get; set; }

    /// <summary>Region of its lead.</summary>
    public string? Region { get; set; }

    /// <summary>Products its lead was interested in.</summary>
    public List<string> Products { get; set; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The day it counts as made, not before its lead was received.</summary>
    public DateOnly CreatedOn { get; set; }

    /// <summary>When it was won; null where it is not.</summary>
    public DateTimeOffset? WonAt { get; set; }

    /// <summary>The day it counts as won.</summary>
    public DateOnly? WonOn { get; set; }

    /// <summary>Its amount.</summary>
    public decimal Amount { get; set; }

    /// <summary>Amount of what was won: of the contract, else its own.</summary>
    public decimal WonAmount { get; set; }

    /// <summary>What led to it, the earliest first; see <see cref="TouchPath"/>.</summary>
    public byte[] Path { get; set; } = [];

    /// <summary>The lead that gets the single-source credit; null where its account had no entry before it.</summary>
    public Guid? CreditLeadId { get; set; }

    /// <summary>Channel of that entry.</summary>
    public Guid? CreditChannelId { get; set; }

    /// <summary>Campaign of that entry.</summary>
    public string? CreditCampaign { get; set; }

    internal bool Same(DealFact other) => Json.Write(this) == Json.Write(other);
}

internal sealed class DealFactTable : IEntityTypeConfiguration<DealFact>
{
    public void Configure(EntityTypeBuilder<DealFact> table)
    {
        table.ToTable("DealFact");
        table.HasKey(f => f.OpportunityId);
        table.Property(f => f.OpportunityId).ValueGeneratedNever();
        table.Property(f => f.Products).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(f => new { f.CreatedOn, f.OpportunityId }, "ix_deal_fact_created");
        table.HasIndex(f => new { f.WonOn, f.OpportunityId }, "ix_deal_fact_won").HasFilter("won_on IS NOT NULL");
        table.HasIndex(f => f.LeadId, "ix_deal_fact_lead").HasFilter("lead_id IS NOT NULL");
        table.HasIndex(f => f.CreditLeadId, "ix_deal_fact_credit").HasFilter("credit_lead_id IS NOT NULL");
    }
}
