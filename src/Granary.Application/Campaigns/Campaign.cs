using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Campaigns;

/// <summary>A campaign 市场活动 (§14). A lead belongs to the one whose code stands in its <c>Campaign</c>.</summary>
public sealed class Campaign
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Code, unique: what leads, links and the check-in page carry. It does not change.</summary>
    public required string Code { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Id of its type in the policy.</summary>
    public required string Type { get; set; }

    /// <summary>Where it stands.</summary>
    public CampaignStage Stage { get; set; } = CampaignStage.Evaluate;

    /// <summary>Who answers for it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Region whose market it serves.</summary>
    public string? Region { get; set; }

    /// <summary>Where it takes place.</summary>
    public string? Place { get; set; }

    /// <summary>First day.</summary>
    public DateOnly? StartsOn { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>Day by which lists order it: the first day, else the day it was made.</summary>
    public DateOnly SortOn { get; set; }

    /// <summary>What it is for.</summary>
    public string? Purpose { get; set; }

    /// <summary>The form that is its questionnaire.</summary>
    public Guid? FormId { get; set; }

    /// <summary>Companies that are to be linked on site.</summary>
    public int? TargetCompanies { get; set; }

    /// <summary>Key persons that are to be met.</summary>
    public int? TargetKeyPeople { get; set; }

    /// <summary>Customers with intent that are to be found.</summary>
    public int? TargetIntents { get; set; }

    /// <summary>Leads that are to come of it.</summary>
    public int? TargetLeads { get; set; }

    /// <summary>Opportunities that are to come of it.</summary>
    public int? TargetOpportunities { get; set; }

    /// <summary>Order amount that is expected of it.</summary>
    public decimal? ExpectedAmount { get; set; }

    /// <summary>Who applied for its charter.</summary>
    public Guid? AppliedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    /// <summary>Who decided about the charter.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What was said with the decision.</summary>
    public string? DecisionNote { get; set; }

    /// <summary>Summary in words.</summary>
    public string? Summary { get; set; }

    /// <summary>Since when it is in its stage.</summary>
    public DateTimeOffset StageAt { get; set; }

    /// <summary>When its leads were split; null before.</summary>
    public DateTimeOffset? SplitAt { get; set; }

    /// <summary>Who split them.</summary>
    public Guid? SplitById { get; set; }

    /// <summary>Day of the next tracking report; null while it has not run, and after the last.</summary>
    public DateOnly? ReportOn { get; set; }

    /// <summary>Who made it.</summary>
    public Guid CreatedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Whether any target is set.</summary>
    public bool HasTargets => (TargetCompanies ?? TargetKeyPeople ?? TargetIntents ?? TargetLeads ?? TargetOpportunities) is not null;
}

/// <summary>State of a line of a campaign's checklist. Numbers are stored and never reused.</summary>
public enum ItemState
{
    /// <summary>To be done.</summary>
    Open = 0,

    /// <summary>Done.</summary>
    Done = 1,

    /// <summary>Not applicable, with a reason.</summary>
    NotApplicable = 2,
}

/// <summary>A line of a campaign's checklist, copied from the policy or added by hand.</summary>
public sealed class CampaignItem
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Id of the line of the policy it was copied from; null where it was added by hand.</summary>
    public string? Line { get; set; }

    /// <summary>Its step.</summary>
    public ChecklistStep Step { get; set; }

    /// <summary>Place within the checklist.</summary>
    public int Ordinal { get; set; }

    /// <summary>What is to be done; a built-in line's key, which the interface translates.</summary>
    public required string Name { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>By when.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>State.</summary>
    public ItemState State { get; set; }

    /// <summary>Why it is not applicable, or a note with what was done.</summary>
    public string? Reason { get; set; }

    /// <summary>Who closed it.</summary>
    public Guid? DoneById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When its owner was reminded.</summary>
    public DateTimeOffset? RemindedAt { get; set; }
}

/// <summary>A line of a campaign's costs: what is planned, and what it was.</summary>
public sealed class CampaignCost
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Id of its category in the policy.</summary>
    public required string Category { get; set; }

    /// <summary>Planned, in the organisation's currency.</summary>
    public decimal Planned { get; set; }

    /// <summary>What it was; null while that is not known.</summary>
    public decimal? Actual { get; set; }

    /// <summary>The day it was spent on.</summary>
    public DateOnly? OnDay { get; set; }

    /// <summary>Supplier.</summary>
    public string? Supplier { get; set; }

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>Who entered it.</summary>
    public Guid CreatedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class CampaignTables : IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<CampaignItem>, IEntityTypeConfiguration<CampaignCost>
{
    public void Configure(EntityTypeBuilder<Campaign> table)
    {
        table.ToTable("Campaign");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Ignore(c => c.HasTargets);
        table.Property(c => c.Code).HasMaxLength(60);
        table.Property(c => c.Name).HasMaxLength(200);
        table.Property(c => c.Type).HasMaxLength(60);
        table.Property(c => c.Region).HasMaxLength(60);
        table.Property(c => c.Place).HasMaxLength(200);
        table.Property(c => c.Purpose).HasMaxLength(2_000);
        table.Property(c => c.DecisionNote).HasMaxLength(500);
        table.Property(c => c.Summary).HasMaxLength(10_000);
        table.HasIndex(c => c.Code, "ix_campaign_code").IsUnique();
        table.HasIndex(c => c.OwnerId, "ix_campaign_owner");
        table.HasIndex(c => new { c.Stage, c.SortOn, c.Id }, "ix_campaign_stage");
        table.HasIndex(c => new { c.SortOn, c.Id }, "ix_campaign_sort");
        table.HasIndex(c => c.ReportOn, "ix_campaign_report").HasFilter("report_on IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CampaignItem> table)
    {
        table.ToTable("CampaignItem");
        table.Property(i => i.Id).ValueGeneratedNever();
        table.Property(i => i.Line).HasMaxLength(60);
        table.Property(i => i.Name).HasMaxLength(200);
        table.Property(i => i.Reason).HasMaxLength(500);
        table.HasIndex(i => new { i.CampaignId, i.Step, i.Ordinal }, "ix_campaign_item_campaign");
        table.HasIndex(i => new { i.OwnerId, i.DueOn }, "ix_campaign_item_owner").HasFilter("state = 0");
        table.HasIndex(i => i.DueOn, "ix_campaign_item_due").HasFilter("state = 0 AND reminded_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<CampaignCost> table)
    {
        table.ToTable("CampaignCost");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Property(c => c.Category).HasMaxLength(60);
        table.Property(c => c.Supplier).HasMaxLength(200);
        table.Property(c => c.Note).HasMaxLength(500);
        table.HasIndex(c => new { c.CampaignId, c.Id }, "ix_campaign_cost_campaign");
    }
}
