using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Granary.Application.Storage;

/// <summary>A migration is a numbered SQL file for each database, embedded under <c>Migrations/{sqlite,postgres}</c>.</summary>
public abstract class SqlMigration : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        var folder = migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite" ? "sqlite" : "postgres";
        var name = $"Migrations/{folder}/{GetType().GetCustomAttribute<MigrationAttribute>()!.Id}.sql";
        using var stream = GetType().Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}

[DbContext(typeof(GranaryDb)), Migration("0001_foundation")]
internal sealed class Foundation : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0002_calendar")]
internal sealed class CalendarOfOrganisation : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0004_holding_and_deadlines")]
internal sealed class HoldingAndDeadlines : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0005_held_and_due")]
internal sealed class HeldAndDue : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0006_decisions_due")]
internal sealed class DecisionsDue : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0007_notice_language")]
internal sealed class NoticeLanguage : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0008_privacy_permissions")]
internal sealed class PrivacyPermissions : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0009_sign_in")]
internal sealed class SafeSignIn : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0010_roles_and_leave")]
internal sealed class RolesAndLeave : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0011_keys_and_reveals")]
internal sealed class KeysAndReveals : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0012_consent_and_rights")]
internal sealed class ConsentAndRights : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0013_audit_chain")]
internal sealed class AuditChain : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0014_exports")]
internal sealed class ExportsOfLeads : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0015_undertaking")]
internal sealed class UndertakingOfConfidentiality : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0016_qualification")]
internal sealed class QualificationOfLeads : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0017_opportunities")]
internal sealed class OpportunitiesOfLeads : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0018_accounts")]
internal sealed class AccountsAndContacts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0019_opportunity_work")]
internal sealed class WorkOnOpportunities : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0020_merges")]
internal sealed class MergesOfRecords : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0021_account_custom")]
internal sealed class CustomFieldsOfAccounts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0023_export_pages")]
internal sealed class ExportPages : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0024_reviews")]
internal sealed class ReviewsOfLeads : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0027_named_accounts")]
internal sealed class NamedAccountLists : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0028_partners")]
internal sealed class PartnersAndRegistrations : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0029_account_pools")]
internal sealed class PoolsOfAccounts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0030_opportunity_board")]
internal sealed class BoardOfOpportunities : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0031_deal_met")]
internal sealed class DealRuleThatHolds : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0032_named_owner")]
internal sealed class NamedOwnerMigration : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0033_record_kinds")]
internal sealed class KindsOfImportsAndExports : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0034_touches_and_costs")]
internal sealed class TouchesAndCosts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0035_links_and_visitors")]
internal sealed class LinksAndVisitors : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0037_campaigns")]
internal sealed class CampaignsAndCosts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0038_campaign_people")]
internal sealed class PeopleOfCampaigns : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0039_campaign_results")]
internal sealed class ResultsOfCampaigns : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0040_facts")]
internal sealed class FactsAndRollups : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0043_saved_reports")]
internal sealed class SavedAndScheduledReports : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0044_retrospectives")]
internal sealed class WrittenRetrospectives : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0045_rate_alerts")]
internal sealed class RateAlerts : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0047_plain_seals")]
internal sealed class PlainSeals : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0048_work_facts")]
internal sealed class FactsOfWork : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0041_deal_facts")]
internal sealed class FactsOfDeals : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0042_lead_history")]
internal sealed class HistoriesOfLeads : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0046_link_sharers")]
internal sealed class SharersOfLinks : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0049_report_sheets")]
internal sealed class SheetsOfRollups : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0050_filtered_facts")]
internal sealed class FactsByFilters : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0051_milestones_by_filters")]
internal sealed class MilestonesByFilters : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0053_short_company_names")]
internal sealed class ShortCompanyNames : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0055_shared_sheets")]
internal sealed class SharedSheetsOfRollups : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0056_numbered_sheets")]
internal sealed class NumberedSheetsOfRollups : SqlMigration;

[DbContext(typeof(GranaryDb)), Migration("0057_refreshed_rows")]
internal sealed class RefreshedRowsOfImports : SqlMigration;
