using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Campaigns;

/// <summary>A team on site, with its captain.</summary>
public sealed class CampaignTeam
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Name, unique within the campaign.</summary>
    public required string Name { get; set; }

    /// <summary>Captain.</summary>
    public Guid CaptainId { get; set; }

    /// <summary>Region.</summary>
    public string? Region { get; set; }

    /// <summary>Companies that the team is to link.</summary>
    public int Goal { get; set; }
}

/// <summary>A member of a team; nobody is in two teams of a campaign.</summary>
public sealed class CampaignMember
{
    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Who.</summary>
    public Guid UserId { get; set; }

    /// <summary>Their team.</summary>
    public Guid TeamId { get; set; }

    /// <summary>Exhibitors that are theirs, one a line.</summary>
    public string? Exhibitors { get; set; }

    /// <summary>Companies that they are to link.</summary>
    public int Goal { get; set; }
}

/// <summary>A company that a representative linked on site. Who they spoke to stands in the lead.</summary>
public sealed class CampaignLink
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>Who linked it.</summary>
    public Guid UserId { get; set; }

    /// <summary>The lead it made or touched.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>The company.</summary>
    public required string Company { get; set; }

    /// <summary>Blind index of the company's core name: one company counts once for each member.</summary>
    public Guid CompanyKey { get; set; }

    /// <summary>Whether the person is a key person 关键人.</summary>
    public bool KeyPerson { get; set; }

    /// <summary>Whether they showed intent.</summary>
    public bool Intent { get; set; }

    /// <summary>The day in organisation time.</summary>
    public DateOnly OnDay { get; set; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Whether it was taken out by a correction and counts no more.</summary>
    public bool Void { get; set; }

    /// <summary>When it was corrected last.</summary>
    public DateTimeOffset? CorrectedAt { get; set; }

    /// <summary>Who corrected it.</summary>
    public Guid? CorrectedById { get; set; }

    /// <summary>Why.</summary>
    public string? Correction { get; set; }
}

/// <summary>Where a lead of an event went when its leads were split.</summary>
public sealed class CampaignSplit
{
    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Which way.</summary>
    public SplitWay Way { get; set; }

    /// <summary>Whose holdings.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Which pool.</summary>
    public Guid? PoolId { get; set; }

    /// <summary>Why, as JSON.</summary>
    public required string Reasons { get; set; }

    /// <summary>Who split.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A tracking report: what had come of a campaign by a day.</summary>
public sealed class CampaignReport
{
    /// <summary>The campaign.</summary>
    public Guid CampaignId { get; set; }

    /// <summary>The last day that counts.</summary>
    public DateOnly OnDay { get; set; }

    /// <summary>What the day is.</summary>
    public TrackingPoints Points { get; set; }

    /// <summary>Leads.</summary>
    public int Leads { get; set; }

    /// <summary>Those that were MQL.</summary>
    public int MqlLeads { get; set; }

    /// <summary>Those that were SQL.</summary>
    public int SqlLeads { get; set; }

    /// <summary>Opportunities they became.</summary>
    public int Opportunities { get; set; }

    /// <summary>Their amount.</summary>
    public decimal OpportunityAmount { get; set; }

    /// <summary>Those that were won.</summary>
    public int Won { get; set; }

    /// <summary>Their amount.</summary>
    public decimal WonAmount { get; set; }

    /// <summary>Payments received, less refunds.</summary>
    public decimal Payments { get; set; }

    /// <summary>Real costs.</summary>
    public decimal Cost { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; set; }
}

internal sealed class CampaignSiteTables : IEntityTypeConfiguration<CampaignTeam>, IEntityTypeConfiguration<CampaignMember>, IEntityTypeConfiguration<CampaignLink>,
    IEntityTypeConfiguration<CampaignSplit>, IEntityTypeConfiguration<CampaignReport>
{
    public void Configure(EntityTypeBuilder<CampaignTeam> table)
    {
        table.ToTable("CampaignTeam");
        table.Property(t => t.Id).ValueGeneratedNever();
        table.Property(t => t.Name).HasMaxLength(60);
        table.Property(t => t.Region).HasMaxLength(60);
        table.HasIndex(t => new { t.CampaignId, t.Name }, "ix_campaign_team_name").IsUnique();
        table.HasIndex(t => t.CaptainId, "ix_campaign_team_captain");
    }

    public void Configure(EntityTypeBuilder<CampaignMember> table)
    {
        table.ToTable("CampaignMember");
        table.HasKey(m => new { m.CampaignId, m.UserId });
        table.Property(m => m.Exhibitors).HasMaxLength(4_000);
        table.HasIndex(m => m.TeamId, "ix_campaign_member_team");
        table.HasIndex(m => m.UserId, "ix_campaign_member_user");
    }

    public void Configure(EntityTypeBuilder<CampaignLink> table)
    {
        table.ToTable("CampaignLink");
        table.Property(l => l.Id).ValueGeneratedNever();
        table.Property(l => l.Version).IsConcurrencyToken();
        table.Property(l => l.Company).HasMaxLength(200);
        table.Property(l => l.Correction).HasMaxLength(500);
        table.HasIndex(l => new { l.CampaignId, l.UserId, l.OnDay }, "ix_campaign_link_member");
        table.HasIndex(l => l.LeadId, "ix_campaign_link_lead").HasFilter("lead_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CampaignSplit> table)
    {
        table.ToTable("CampaignSplit");
        table.HasKey(s => new { s.CampaignId, s.LeadId });
        table.HasIndex(s => s.LeadId, "ix_campaign_split_lead");
    }

    public void Configure(EntityTypeBuilder<CampaignReport> table)
    {
        table.ToTable("CampaignReport");
        table.HasKey(r => new { r.CampaignId, r.OnDay });
    }
}
