using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>What became of an evaluation.</summary>
public enum EvaluationVerdict
{
    /// <summary>The supervisor has not said anything yet.</summary>
    Open = 0,

    /// <summary>Its grade holds.</summary>
    Confirmed = 1,

    /// <summary>It was sent back, with a reason.</summary>
    Rejected = 2,

    /// <summary>A later one took its place before anybody said anything.</summary>
    Superseded = 3,
}

/// <summary>An evaluation of an opportunity as somebody made it; all of them are its history (§13).</summary>
public sealed class OpportunityEvaluation
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>How soon.</summary>
    public Urgency Urgency { get; set; }

    /// <summary>How much.</summary>
    public BudgetClass Budget { get; set; }

    /// <summary>Against whom.</summary>
    public Competition Competition { get; set; }

    /// <summary>How it is decided.</summary>
    public DecisionComplexity Decision { get; set; }

    /// <summary>Sum of the points.</summary>
    public int Total { get; set; }

    /// <summary>The grade that follows.</summary>
    public OpportunityGrade Grade { get; set; }

    /// <summary>Why, where the grade is another than the one that holds.</summary>
    public string? Reason { get; set; }

    /// <summary>Who evaluated.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What became of it.</summary>
    public EvaluationVerdict Verdict { get; set; }

    /// <summary>Who said so; null where the grade stayed what had been confirmed.</summary>
    public Guid? JudgeId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>What they said.</summary>
    public string? Comment { get; set; }
}

/// <summary>A change of the inquiry grade (§13).</summary>
public sealed class InquiryChange
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>The grade before.</summary>
    public InquiryGrade Before { get; set; }

    /// <summary>The grade after.</summary>
    public InquiryGrade After { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Who.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What an answer to an objection led to.</summary>
public enum ObjectionOutcome
{
    /// <summary>Not known yet.</summary>
    Open = 0,

    /// <summary>It is settled.</summary>
    Resolved = 1,

    /// <summary>It stands in part.</summary>
    Partly = 2,

    /// <summary>It stands.</summary>
    Unresolved = 3,
}

/// <summary>What the customer objects to, and what is answered (§13).</summary>
public sealed class OpportunityObjection
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>What they object to.</summary>
    public required string Text { get; set; }

    /// <summary>Whether it is a key one, of which the team is told.</summary>
    public bool IsKey { get; set; }

    /// <summary>By when it is answered.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Who recorded it.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The answer.</summary>
    public string? Answer { get; set; }

    /// <summary>Whether the answer serves others too.</summary>
    public bool Reusable { get; set; }

    /// <summary>Who answered.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>What it led to.</summary>
    public ObjectionOutcome Outcome { get; set; }

    /// <summary>What it led to, in words.</summary>
    public string? OutcomeNote { get; set; }
}

internal sealed class GradingTables : IEntityTypeConfiguration<OpportunityEvaluation>, IEntityTypeConfiguration<InquiryChange>, IEntityTypeConfiguration<OpportunityObjection>
{
    public void Configure(EntityTypeBuilder<OpportunityEvaluation> table)
    {
        table.ToTable("OpportunityEvaluation");
        table.Property(e => e.Id).ValueGeneratedNever();
        table.Property(e => e.Reason).HasMaxLength(OpportunityReason.Most);
        table.Property(e => e.Comment).HasMaxLength(OpportunityReason.Most);
        table.HasIndex(e => new { e.OpportunityId, e.Id }, "ix_opportunity_evaluation");
    }

    public void Configure(EntityTypeBuilder<InquiryChange> table)
    {
        table.ToTable("InquiryChange");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Reason).HasMaxLength(OpportunityReason.Most);
        table.HasIndex(c => new { c.OpportunityId, c.Id }, "ix_inquiry_change");
    }

    public void Configure(EntityTypeBuilder<OpportunityObjection> table)
    {
        table.ToTable("OpportunityObjection");
        table.Property(o => o.Id).ValueGeneratedNever();
        table.HasIndex(o => new { o.OpportunityId, o.Id }, "ix_opportunity_objection");
        table.HasIndex(o => o.DueAt, "ix_opportunity_objection_due").HasFilter("answered_at IS NULL");
    }
}
