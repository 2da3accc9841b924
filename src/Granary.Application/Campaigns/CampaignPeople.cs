using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Campaigns;

/// <summary>By what somebody is invited. Numbers are stored and never reused.</summary>
public enum InvitationChannel
{
    /// <summary>By phone.</summary>
    Call = 1,

    /// <summary>By text message.</summary>
    Message = 2,

    /// <summary>By WeChat.</summary>
    WeChat = 3,

    /// <summary>By mail.</summary>
    Mail = 4,

    /// <summary>By an employee in person.</summary>
    InPerson = 5,

    /// <summary>By a partner.</summary>
    Partner = 6,
}

/// <summary>State of an invitation. Numbers are stored and never reused.</summary>
public enum InvitationState
{
    /// <summary>On the list, not invited yet.</summary>
    Listed = 0,

    /// <summary>Invited.</summary>
    Invited = 1,

    /// <summary>They will come.</summary>
    Accepted = 2,

    /// <summary>They will not come.</summary>
    Declined = 3,

    /// <summary>They were there.</summary>
    Attended = 4,
}

/// <summary>Somebody who is invited: the person of a lead, or a contact of an account. Their name and numbers stand there alone.</summary>
public sealed class CampaignInvitation
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>The lead; null for a contact.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>The contact; null for a lead.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>Who sees to the invitation.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>By what.</summary>
    public InvitationChannel Channel { get; set; }

    /// <summary>State.</summary>
    public InvitationState State { get; set; }

    /// <summary>The day on which its owner is reminded while there is no answer.</summary>
    public DateOnly? RemindOn { get; set; }

    /// <summary>When they were.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When they were invited.</summary>
    public DateTimeOffset? InvitedAt { get; set; }

    /// <summary>When they accepted or declined.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When they checked in.</summary>
    public DateTimeOffset? AttendedAt { get; set; }

    /// <summary>Who checked them in; null where they did it themselves.</summary>
    public Guid? CheckedInById { get; set; }

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>When it came onto the list.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A promotion task 全员营销: what employees are to forward, and by when.</summary>
public sealed class CampaignTask
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Title.</summary>
    public required string Title { get; set; }

    /// <summary>Words to forward, and where the picture lies.</summary>
    public string? Material { get; set; }

    /// <summary>Leads that each is to bring.</summary>
    public int Goal { get; set; }

    /// <summary>By when.</summary>
    public DateOnly? Deadline { get; set; }

    /// <summary>Who made it.</summary>
    public Guid CreatedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>An employee's part in a promotion task.</summary>
public sealed class CampaignTaskPart
{
    /// <summary>The task.</summary>
    public Guid TaskId { get; set; }

    /// <summary>The employee.</summary>
    public Guid UserId { get; set; }

    /// <summary>How often they said that they forwarded it.</summary>
    public int Forwards { get; set; }

    /// <summary>When they did last.</summary>
    public DateTimeOffset? ForwardedAt { get; set; }

    /// <summary>When they were reminded.</summary>
    public DateTimeOffset? RemindedAt { get; set; }
}

internal sealed class CampaignPeopleTables : IEntityTypeConfiguration<CampaignInvitation>, IEntityTypeConfiguration<CampaignTask>, IEntityTypeConfiguration<CampaignTaskPart>
{
    public void Configure(EntityTypeBuilder<CampaignInvitation> table)
    {
        table.ToTable("CampaignInvitation");
        table.Property(i => i.Id).ValueGeneratedNever();
        table.Property(i => i.Version).IsConcurrencyToken();
        table.Property(i => i.Note).HasMaxLength(500);
        table.HasIndex(i => new { i.CampaignId, i.LeadId }, "ix_campaign_invitation_lead_once").IsUnique().HasFilter("lead_id IS NOT NULL");
        table.HasIndex(i => new { i.CampaignId, i.ContactId }, "ix_campaign_invitation_contact_once").IsUnique().HasFilter("contact_id IS NOT NULL");
        table.HasIndex(i => new { i.CampaignId, i.Id }, "ix_campaign_invitation_list");
        table.HasIndex(i => i.LeadId, "ix_campaign_invitation_lead").HasFilter("lead_id IS NOT NULL");
        table.HasIndex(i => i.ContactId, "ix_campaign_invitation_contact").HasFilter("contact_id IS NOT NULL");
        table.HasIndex(i => i.OwnerId, "ix_campaign_invitation_owner").HasFilter("state <= 1");
        table.HasIndex(i => i.RemindOn, "ix_campaign_invitation_due").HasFilter("state <= 1 AND reminded_at IS NULL AND remind_on IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CampaignTask> table)
    {
        table.ToTable("CampaignTask");
        table.Property(t => t.Id).ValueGeneratedNever();
        table.Property(t => t.Version).IsConcurrencyToken();
        table.Property(t => t.Title).HasMaxLength(200);
        table.Property(t => t.Material).HasMaxLength(2_000);
        table.HasIndex(t => new { t.CampaignId, t.Id }, "ix_campaign_task_campaign");
    }

    public void Configure(EntityTypeBuilder<CampaignTaskPart> table)
    {
        table.ToTable("CampaignTaskPart");
        table.HasKey(p => new { p.TaskId, p.UserId });
        table.HasIndex(p => p.UserId, "ix_campaign_task_part_user");
    }
}
