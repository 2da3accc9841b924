using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Review;

/// <summary>Where a review stands. Numbers are stored and never reused; up to <see cref="Approved"/> it is the lead's review in force.</summary>
public enum ReviewState
{
    /// <summary>The lead administrator looks whether the application is complete.</summary>
    Checking = 1,

    /// <summary>The committee gives its opinions.</summary>
    Opinions = 2,

    /// <summary>It passed, and the lead is incubated.</summary>
    Approved = 3,

    /// <summary>It went back to its creator, by the administrator or by the committee.</summary>
    Returned = 4,

    /// <summary>The committee did not take it up.</summary>
    Rejected = 5,

    /// <summary>Its creator took it back.</summary>
    Withdrawn = 6,

    /// <summary>It had passed, and a status review gave it up.</summary>
    Closed = 7,
}

/// <summary>A lead's review (§7): an application, what was said to it, and what it led to. A lead has one in force at the most.</summary>
public sealed class LeadReview
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The business line, by its id.</summary>
    public required string Line { get; set; }

    /// <summary>Where it stands.</summary>
    public ReviewState State { get; set; }

    /// <summary>Version of the rules that it was applied for under, and later that it was decided by.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>Who applied.</summary>
    public Guid CreatorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What the application says, up to 2,000 characters.</summary>
    public string? Summary { get; set; }

    /// <summary>Who looked whether it is complete.</summary>
    public Guid? CheckedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What they said to it.</summary>
    public string? CheckNote { get; set; }

    /// <summary>Whose opinion decided it.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was returned, rejected or given up.</summary>
    public string? Reason { get; set; }

    /// <summary>When it passed; stays when it is given up later.</summary>
    public DateTimeOffset? PassedAt { get; set; }

    /// <summary>The grade that holds.</summary>
    public ProjectGrade? Grade { get; set; }

    /// <summary>The amount that the grade was made of.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The share of own products in percent.</summary>
    public decimal? OwnPercent { get; set; }

    /// <summary>The class of the customer.</summary>
    public CustomerClass? Customer { get; set; }

    /// <summary>Who should get the lead: as the administrator proposes, and at last as the committee decided.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>By when those whose turn it is have done it; null where nothing waits.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When somebody is told next of what is due; null when nothing is left to tell.</summary>
    public DateTimeOffset? RemindAt { get; set; }

    /// <summary>When the committee looks at it again, while it is incubated.</summary>
    public DateOnly? LookOn { get; set; }

    /// <summary>Whether it is the one in force: neither ended nor given up.</summary>
    public bool Live => State <= ReviewState.Approved;

    /// <summary>The elements that the grade was made of.</summary>
    public GradeElements? Elements
    {
        get => Amount is { } amount && OwnPercent is { } percent && Customer is { } customer ? new(amount, percent / 100m, customer) : null;
        set => (Amount, OwnPercent, Customer) = (value?.Amount, value?.OwnShare * 100m, value?.Customer);
    }
}

/// <summary>What a member of the committee says; a later opinion of theirs replaces it.</summary>
public sealed class ReviewVoice
{
    /// <summary>The review.</summary>
    public Guid ReviewId { get; set; }

    /// <summary>The member.</summary>
    public Guid MemberId { get; set; }

    /// <summary>What they say.</summary>
    public ReviewVerdict Verdict { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>The expected amount.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The share of own products in percent.</summary>
    public decimal? OwnPercent { get; set; }

    /// <summary>The class of the customer.</summary>
    public CustomerClass? Customer { get; set; }

    /// <summary>Who should get the lead.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>When they said so.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>How they grade it.</summary>
    public GradeElements? Elements
    {
        get => Amount is { } amount && OwnPercent is { } percent && Customer is { } customer ? new(amount, percent / 100m, customer) : null;
        set => (Amount, OwnPercent, Customer) = (value?.Amount, value?.OwnShare * 100m, value?.Customer);
    }

    /// <summary>As the committee counts it.</summary>
    public ReviewOpinion Opinion => new(MemberId, Verdict, Reason, Elements, OwnerId);
}

/// <summary>A step of the milestone plan.</summary>
public sealed class ReviewStep
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The review.</summary>
    public Guid ReviewId { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Its place in the plan, from 0.</summary>
    public int Place { get; set; }

    /// <summary>What is to be done.</summary>
    public required string Name { get; set; }

    /// <summary>By when.</summary>
    public DateOnly DueOn { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>When it was done; null while it is not.</summary>
    public DateOnly? DoneOn { get; set; }

    /// <summary>Who said so.</summary>
    public Guid? DoneBy { get; set; }
}

/// <summary>A status review: the committee looked at a lead that is incubated.</summary>
public sealed class ReviewLook
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The review.</summary>
    public Guid ReviewId { get; set; }

    /// <summary>What it ended with.</summary>
    public LookOutcome Outcome { get; set; }

    /// <summary>The grade before.</summary>
    public ProjectGrade? Before { get; set; }

    /// <summary>The grade after.</summary>
    public ProjectGrade? After { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>Who wrote it down.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class ReviewTables : IEntityTypeConfiguration<LeadReview>, IEntityTypeConfiguration<ReviewVoice>, IEntityTypeConfiguration<ReviewStep>, IEntityTypeConfiguration<ReviewLook>
{
    public void Configure(EntityTypeBuilder<LeadReview> table)
    {
        table.ToTable("LeadReview");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.Line).HasMaxLength(60);
        table.Ignore(r => r.Elements).Ignore(r => r.Live);
        table.HasIndex(r => new { r.LeadId, r.Id }, "ix_lead_review_lead");
        // Two who apply for one lead at once: the database takes one of them.
        table.HasIndex(r => r.LeadId, "ix_lead_review_live").IsUnique().HasFilter("state <= 3");
        table.HasIndex(r => new { r.State, r.Id }, "ix_lead_review_state");
        table.HasIndex(r => r.RemindAt, "ix_lead_review_remind").HasFilter("remind_at IS NOT NULL");
        table.HasIndex(r => r.PassedAt, "ix_lead_review_passed").HasFilter("passed_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ReviewVoice> table)
    {
        table.ToTable("ReviewVoice");
        table.HasKey(v => new { v.ReviewId, v.MemberId });
        table.Ignore(v => v.Elements).Ignore(v => v.Opinion);
    }

    public void Configure(EntityTypeBuilder<ReviewStep> table)
    {
        table.ToTable("ReviewStep");
        table.Property(s => s.Id).ValueGeneratedNever();
        table.Property(s => s.Name).HasMaxLength(100);
        table.HasIndex(s => new { s.ReviewId, s.Place }, "ix_review_step_review");
        table.HasIndex(s => s.OwnerId, "ix_review_step_owner").HasFilter("done_on IS NULL");
    }

    public void Configure(EntityTypeBuilder<ReviewLook> table)
    {
        table.ToTable("ReviewLook");
        table.Property(l => l.Id).ValueGeneratedNever();
        table.HasIndex(l => new { l.ReviewId, l.Id }, "ix_review_look_review");
    }
}
