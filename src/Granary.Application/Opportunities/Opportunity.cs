using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>An opportunity 商机 (§13).</summary>
public sealed class Opportunity
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 200;

    /// <summary>Longest name of a product line.</summary>
    public const int LongestProduct = 100;

    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Inquiry code; unique, never reused.</summary>
    public required string Code { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>The contact it began with.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>The lead it began with.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>Owner.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Who takes over what was won; sees it from then on.</summary>
    public Guid? ReceiverId { get; set; }

    /// <summary>Id of the business line.</summary>
    public required string Line { get; set; }

    /// <summary>Id of the stage within the line.</summary>
    public required string Stage { get; set; }

    /// <summary>Since when it is in its stage.</summary>
    public DateTimeOffset StageSince { get; set; }

    /// <summary>The stage it was in before it was closed; null while it is open.</summary>
    public string? ClosedFrom { get; set; }

    /// <summary>Ids of ticked checks by stage, as JSON.</summary>
    public string Ticked { get; set; } = "{}";

    /// <summary>Amount in the organisation's currency.</summary>
    public decimal Amount { get; set; }

    /// <summary>Currency.</summary>
    public required string Currency { get; set; }

    /// <summary>When it is expected to be won.</summary>
    public DateOnly? ExpectedOn { get; set; }

    /// <summary>Product line.</summary>
    public string? ProductLine { get; set; }

    /// <summary>Grade as the supervisor confirmed it; null while none was.</summary>
    public OpportunityGrade? Grade { get; set; }

    /// <summary>When it was evaluated last; what is open is evaluated again from time to time.</summary>
    public DateTimeOffset? EvaluatedAt { get; set; }

    /// <summary>Inquiry grade 询价等级.</summary>
    public InquiryGrade Inquiry { get; set; } = InquiryGrade.D;

    /// <summary>The inquiry grade it had before it was closed; null while it is open.</summary>
    public InquiryGrade? InquiryBefore { get; set; }

    /// <summary>Who approved the conversion plan as it is; null while nobody has.</summary>
    public PlanApprover? PlanApproved { get; set; }

    /// <summary>Whether the conversion plan waits for approval.</summary>
    public bool PlanWaits { get; set; }

    /// <summary>By when an A opportunity has its project charter; null while none is asked for or it is there.</summary>
    public DateTimeOffset? CharterDueAt { get; set; }

    /// <summary>By when what was won is handed over; null while nothing is or it was.</summary>
    public DateTimeOffset? HandoverDueAt { get; set; }

    /// <summary>Since when the deal rule holds while it is not won: the success case is missing, or somebody is to say so; null else.</summary>
    public DateTimeOffset? DealMetAt { get; set; }

    /// <summary>Custom field values as JSON; null when none.</summary>
    public string? Custom { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class OpportunityTable : IEntityTypeConfiguration<Opportunity>
{
    public void Configure(EntityTypeBuilder<Opportunity> table)
    {
        table.ToTable("Opportunity");
        table.Property(o => o.Id).ValueGeneratedNever();
        table.Property(o => o.Version).IsConcurrencyToken();
        table.Property(o => o.Code).HasMaxLength(300);
        table.Property(o => o.Name).HasMaxLength(Opportunity.LongestName);
        table.Property(o => o.Line).HasMaxLength(60);
        table.Property(o => o.Stage).HasMaxLength(60);
        table.Property(o => o.ClosedFrom).HasMaxLength(60);
        table.Property(o => o.Currency).HasMaxLength(3);
        table.Property(o => o.ProductLine).HasMaxLength(Opportunity.LongestProduct);
        table.HasIndex(o => o.Code, "ix_opportunity_code").IsUnique();
        table.HasIndex(o => new { o.OwnerId, o.Id }, "ix_opportunity_owner");
        table.HasIndex(o => o.AccountId, "ix_opportunity_account");
        table.HasIndex(o => o.ReceiverId, "ix_opportunity_receiver").HasFilter("receiver_id IS NOT NULL");
        table.HasIndex(o => o.LeadId, "ix_opportunity_lead").HasFilter("lead_id IS NOT NULL");
        // With the amount, so that a column is added up from the index alone.
        table.HasIndex(o => new { o.Line, o.Stage, o.StageSince, o.Id, o.Amount }, "ix_opportunity_stage");
        table.HasIndex(o => new { o.OwnerId, o.Line, o.Stage, o.StageSince, o.Id, o.Amount }, "ix_opportunity_owner_stage");
        table.HasIndex(o => new { o.OwnerId, o.DealMetAt }, "ix_opportunity_deal_met").HasFilter("deal_met_at IS NOT NULL");
        table.HasIndex(o => o.ExpectedOn, "ix_opportunity_expected").HasFilter("expected_on IS NOT NULL");
    }
}
