using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Storage;

public sealed class RoleUpgradeTests
{
    private static readonly Permission[] New =
    [
        Permission.ExportLeads, Permission.ApproveExports, Permission.ManagePrivacy, Permission.ViewAudit,
        Permission.ViewOpportunities, Permission.EditOpportunities, Permission.DecideOpportunities, Permission.ReviewContracts, Permission.CheckReviews, Permission.ReviewLeads,
        Permission.ViewCampaigns, Permission.EditCampaigns, Permission.ApproveCampaigns, Permission.SplitCampaigns, Permission.JoinCampaigns,
        Permission.ManageCosts, Permission.ShareLinks,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Built_in_roles_of_an_older_organisation_learn_new_verbs_and_keep_what_an_administrator_said(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await database.Store.Prepare(TimeProvider.System, Ct);
        await using var db = database.Store.Open();
        foreach (var role in await db.Roles.ToListAsync(Ct))
        {
            var grants = Json.Read<Dictionary<Permission, DataScope>>(role.Grants).Where(g => !New.Contains(g.Key)).ToDictionary();
            if (role.Name == "operations")
            {
                grants[Permission.ExportLeads] = DataScope.Own;
            }

            role.Grants = Json.Write(grants);
        }

        await db.SaveChangesAsync(Ct);

        foreach (var script in new[] { "0008_privacy_permissions", "0017_opportunities", "0024_reviews", "0034_touches_and_costs", "0035_links_and_visitors", "0037_campaigns" })
        {
            // A migration that makes tables too ends with what it teaches the roles.
            var sql = Script(kind, script);
            sql = sql[sql.IndexOf("-- Roles that came", StringComparison.Ordinal)..].Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            await database.Store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync(sql, Ct), Ct);
        }

        db.ChangeTracker.Clear();
        foreach (var role in await db.Roles.ToListAsync(Ct))
        {
            var expected = BuiltInRoles.Grants[role.Name!].ToDictionary();
            if (role.Name == "operations")
            {
                expected[Permission.ExportLeads] = DataScope.Own;
            }

            Assert.Equal(expected.OrderBy(g => g.Key), Json.Read<Dictionary<Permission, DataScope>>(role.Grants).OrderBy(g => g.Key));
        }
    }

    private static string Script(DatabaseKind kind, string script)
    {
        var name = $"Migrations/{(kind == DatabaseKind.Sqlite ? "sqlite" : "postgres")}/{script}.sql";
        using var reader = new StreamReader(typeof(Store).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
