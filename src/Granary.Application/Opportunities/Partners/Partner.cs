using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities.Partners;

/// <summary>A partner 合作伙伴 (§12): a dealer, somebody of the ecosystem, or who refers customers. Their people are contacts of their account.</summary>
public sealed class Partner
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Name, unique.</summary>
    public required string Name { get; set; }

    /// <summary>Kind.</summary>
    public PartnerKind Kind { get; set; }

    /// <summary>Who looks after them.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Their company among our accounts, with their contacts.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>Where they work.</summary>
    public string? Region { get; set; }

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>When we stopped working with them; null while we do.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A referral or a deal that a partner registered.</summary>
public sealed class PartnerRegistration
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The partner.</summary>
    public Guid PartnerId { get; set; }

    /// <summary>Kind.</summary>
    public RegistrationKind Kind { get; set; }

    /// <summary>The customer's company.</summary>
    public required string Company { get; set; }

    /// <summary>Blind index of the company's core name.</summary>
    public Guid CompanyKey { get; set; }

    /// <summary>What it is about.</summary>
    public required string Need { get; set; }

    /// <summary>Expected amount.</summary>
    public decimal? Amount { get; set; }

    /// <summary>When it is expected to be won.</summary>
    public DateOnly? ExpectedOn { get; set; }

    /// <summary>Where it stands.</summary>
    public RegistrationState State { get; set; } = RegistrationState.Asked;

    /// <summary>Who asked for it.</summary>
    public Guid AskedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was decided so.</summary>
    public string? Reason { get; set; }

    /// <summary>When protection ends, or the wait for a decision; null where nothing is left to end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The opportunity that came of it.</summary>
    public Guid? OpportunityId { get; set; }
}

internal sealed class PartnerTables : IEntityTypeConfiguration<Partner>, IEntityTypeConfiguration<PartnerRegistration>
{
    public void Configure(EntityTypeBuilder<Partner> table)
    {
        table.ToTable("Partner");
        table.Property(p => p.Id).ValueGeneratedNever();
        table.Property(p => p.Version).IsConcurrencyToken();
        table.Property(p => p.Name).HasMaxLength(PartnerInput.LongestName);
        table.Property(p => p.Region).HasMaxLength(PartnerInput.LongestRegion);
        table.Property(p => p.Note).HasMaxLength(PartnerInput.LongestNote);
        table.HasIndex(p => p.Name, "ix_partner_name").IsUnique();
        table.HasIndex(p => p.OwnerId, "ix_partner_owner");
        table.HasIndex(p => p.AccountId, "ix_partner_account").HasFilter("account_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<PartnerRegistration> table)
    {
        table.ToTable("PartnerRegistration");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.Version).IsConcurrencyToken();
        table.Property(r => r.Company).HasMaxLength(RegistrationInput.LongestCompany);
        table.Property(r => r.Need).HasMaxLength(RegistrationInput.LongestNeed);
        table.Property(r => r.Reason).HasMaxLength(Ownership.VerbReason.Most);
        table.HasIndex(r => new { r.PartnerId, r.Id }, "ix_partner_registration_partner");
        table.HasIndex(r => new { r.State, r.Id }, "ix_partner_registration_state");
        table.HasIndex(r => r.CompanyKey, "ix_partner_registration_company");
        table.HasIndex(r => r.ExpiresAt, "ix_partner_registration_expires").HasFilter("expires_at IS NOT NULL");
        table.HasIndex(r => r.OpportunityId, "ix_partner_registration_opportunity").HasFilter("opportunity_id IS NOT NULL");
    }
}
