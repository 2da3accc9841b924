using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

internal sealed class LeadTable : IEntityTypeConfiguration<Lead>
{
    /// <summary>
    /// What tells companies' names that may be short ones, in either database: a registered name mostly ends so. They have an index of their own, as
    /// of the many neighbours of a company in the order of keys hardly any is one.
    /// </summary>
    public const string ShortNames = "company_key NOT LIKE '%有限公司' AND company_key NOT LIKE '%有限责任公司'";

    public void Configure(EntityTypeBuilder<Lead> table)
    {
        table.ToTable("Lead");
        table.Property(l => l.Id).ValueGeneratedNever();
        table.Property(l => l.Version).IsConcurrencyToken();
        table.Property(l => l.ProjectGrade).HasMaxLength(1);
        table.Property(l => l.Products).HasConversion<TextList>(TextList.Comparer);
        table.Property(l => l.Tags).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(l => new { l.OwnerId, l.Status, l.ReceivedAt, l.Id }, "ix_lead_owner").IsDescending(false, false, true, true).HasFilter("owner_id IS NOT NULL");
        table.HasIndex(l => new { l.PoolId, l.ReceivedAt, l.Id }, "ix_lead_pool").IsDescending(false, true, true).HasFilter("pool_id IS NOT NULL");
        table.HasIndex(l => new { l.ReceivedAt, l.Id }, "ix_lead_received").IsDescending();
        table.HasIndex(l => new { l.ChannelId, l.ReceivedAt, l.Id }, "ix_lead_channel").IsDescending(false, true, true);
        table.HasIndex(l => new { l.CompanyKey, l.ReceivedAt }, "ix_lead_company").HasFilter("company_key IS NOT NULL");
        table.HasIndex(l => new { l.CompanyKey, l.Id }, "ix_lead_company_short").HasFilter(ShortNames);
        table.HasIndex(l => l.CompanyTail, "ix_lead_company_tail").HasFilter("company_tail IS NOT NULL");
        table.HasIndex(l => l.CreditCode, "ix_lead_credit_code").HasFilter("credit_code IS NOT NULL");
        table.HasIndex(l => l.SourceLeadId, "ix_lead_source").HasFilter("source_lead_id IS NOT NULL");
        table.HasIndex(l => l.AccountId, "ix_lead_account").HasFilter("account_id IS NOT NULL");
        table.HasIndex(l => l.ImportId, "ix_lead_import").HasFilter("import_id IS NOT NULL");
        table.HasIndex(l => l.ExternalId, "ix_lead_external").HasFilter("external_id IS NOT NULL");
        table.HasIndex(l => l.RetryAt, "ix_lead_retry").HasFilter("retry_at IS NOT NULL");
        table.HasIndex(l => l.RecorderId, "ix_lead_recorder").HasFilter("recorder_id IS NOT NULL");
        table.HasIndex(l => new { l.Status, l.ChangedAt }, "ix_lead_retention").HasFilter("anonymised_at IS NULL AND status >= 3");
        table.HasIndex(l => l.TrayUserId, "ix_lead_tray").HasFilter("tray_user_id IS NOT NULL");
        table.HasIndex(l => new { l.Qualification, l.ReceivedAt, l.Id }, "ix_lead_qualification").IsDescending(false, true, true).HasFilter("qualification > 0");
        table.HasIndex(l => new { l.ReferredBy, l.ReceivedAt }, "ix_lead_referred").HasFilter("referred_by IS NOT NULL");
        table.HasIndex(l => l.MergedIntoId, "ix_lead_merged_into").HasFilter("merged_into_id IS NOT NULL");
        table.HasIndex(l => new { l.Campaign, l.ReceivedAt, l.Id }, "ix_lead_campaign").HasFilter("campaign IS NOT NULL");
        table.HasIndex(l => l.ContactName, "ix_lead_contact_name").HasFilter("contact_name IS NOT NULL");
    }
}
