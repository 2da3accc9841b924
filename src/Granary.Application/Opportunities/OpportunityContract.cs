using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>A payment that a contract foresees.</summary>
/// <param name="On">When it is due.</param>
/// <param name="Amount">How much.</param>
public sealed record ScheduledPayment(DateOnly On, decimal Amount);

/// <summary>The contract of an opportunity (§13).</summary>
public sealed class OpportunityContract
{
    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>Its number.</summary>
    public string? Number { get; set; }

    /// <summary>Where it stands.</summary>
    public ContractState State { get; set; }

    /// <summary>Amount.</summary>
    public decimal Amount { get; set; }

    /// <summary>Currency.</summary>
    public required string Currency { get; set; }

    /// <summary>Standard of delivery.</summary>
    public string? Delivery { get; set; }

    /// <summary>Terms of payment in words.</summary>
    public string? Payment { get; set; }

    /// <summary>Terms of breach.</summary>
    public string? Breach { get; set; }

    /// <summary>Payments it foresees, as JSON.</summary>
    public string Schedule { get; set; } = "[]";

    /// <summary>Why legal sent it back, or why it was given up.</summary>
    public string? Reason { get; set; }

    /// <summary>The day on which both had signed.</summary>
    public DateOnly? SignedOn { get; set; }

    /// <summary>Who looked it through for legal.</summary>
    public Guid? ClearedBy { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Money received for an opportunity, or given back (§13 回款).</summary>
public sealed class OpportunityPayment
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>Received or given back.</summary>
    public PaymentKind Kind { get; set; }

    /// <summary>Amount, positive.</summary>
    public decimal Amount { get; set; }

    /// <summary>Currency.</summary>
    public required string Currency { get; set; }

    /// <summary>The day.</summary>
    public DateOnly PaidOn { get; set; }

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>Who recorded it.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>As the rules see it.</summary>
    public Payment Fact => new(Kind, Amount, Currency, PaidOn);
}

/// <summary>Where a handover stands.</summary>
public enum HandoverState
{
    /// <summary>The receiver has it.</summary>
    Waiting = 1,

    /// <summary>They took it over.</summary>
    Accepted = 2,

    /// <summary>They sent it back, with a reason.</summary>
    Returned = 3,
}

/// <summary>What is handed to delivery once an opportunity is won (§13).</summary>
public sealed class OpportunityHandover
{
    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>Who takes it over.</summary>
    public Guid ReceiverId { get; set; }

    /// <summary>Data of the customer.</summary>
    public required string Customer { get; set; }

    /// <summary>What they need.</summary>
    public required string Needs { get; set; }

    /// <summary>What was agreed.</summary>
    public required string Terms { get; set; }

    /// <summary>Where it stands.</summary>
    public HandoverState State { get; set; }

    /// <summary>Who handed it over.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When the receiver said something.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>What the receiver said.</summary>
    public string? Comment { get; set; }
}

internal sealed class ContractTables : IEntityTypeConfiguration<OpportunityContract>, IEntityTypeConfiguration<OpportunityPayment>, IEntityTypeConfiguration<OpportunityHandover>
{
    public void Configure(EntityTypeBuilder<OpportunityContract> table)
    {
        table.ToTable("OpportunityContract");
        table.HasKey(c => c.OpportunityId);
        table.Property(c => c.OpportunityId).ValueGeneratedNever();
        table.Property(c => c.Number).HasMaxLength(100);
        table.Property(c => c.Currency).HasMaxLength(3);
        table.Property(c => c.Reason).HasMaxLength(OpportunityReason.Most);
    }

    public void Configure(EntityTypeBuilder<OpportunityPayment> table)
    {
        table.ToTable("OpportunityPayment");
        table.Property(p => p.Id).ValueGeneratedNever();
        table.Property(p => p.Currency).HasMaxLength(3);
        table.Property(p => p.Note).HasMaxLength(OpportunityReason.Most);
        table.HasIndex(p => p.OpportunityId, "ix_opportunity_payment");
    }

    public void Configure(EntityTypeBuilder<OpportunityHandover> table)
    {
        table.ToTable("OpportunityHandover");
        table.HasKey(h => h.OpportunityId);
        table.Property(h => h.OpportunityId).ValueGeneratedNever();
        table.Property(h => h.Comment).HasMaxLength(OpportunityReason.Most);
    }
}
