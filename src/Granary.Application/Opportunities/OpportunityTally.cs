using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>How many opportunities of an owner and a product line stand in a stage. Triggers of the database keep it with every write; nothing else changes it.</summary>
public sealed class OpportunityTally
{
    /// <summary>Id of the business line.</summary>
    public required string Line { get; set; }

    /// <summary>Id of the stage.</summary>
    public required string Stage { get; set; }

    /// <summary>Owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Product line; empty for those without.</summary>
    public required string ProductLine { get; set; }

    /// <summary>How many are open.</summary>
    public int Open { get; set; }

    /// <summary>Sum of their amounts in hundredths, so that the database adds them up.</summary>
    public long OpenAmount { get; set; }

    /// <summary>How many are won or lost.</summary>
    public int Closed { get; set; }
}

internal sealed class OpportunityTallyTable : IEntityTypeConfiguration<OpportunityTally>
{
    public void Configure(EntityTypeBuilder<OpportunityTally> table)
    {
        table.ToTable("OpportunityTally");
        table.HasKey(t => new { t.Line, t.Stage, t.OwnerId, t.ProductLine });
        table.Property(t => t.Line).HasMaxLength(60);
        table.Property(t => t.Stage).HasMaxLength(60);
        table.Property(t => t.ProductLine).HasMaxLength(Opportunity.LongestProduct);
    }
}
