namespace Granary.Domain.People;

/// <summary>The roles that come with the product (§2); an administrator copies and changes them.</summary>
public static class BuiltInRoles
{
    /// <summary>Key of the role that may do everything.</summary>
    public const string Administrator = "system_administrator";

    /// <summary>Key of the lead administrator 线索管理员.</summary>
    public const string LeadAdministrator = "lead_administrator";

    /// <summary>Key of SDR.</summary>
    public const string Sdr = "sdr";

    /// <summary>Key of the sales representative.</summary>
    public const string SalesRepresentative = "sales_representative";

    /// <summary>Key of the sales director.</summary>
    public const string SalesDirector = "sales_director";

    /// <summary>Role key → permission → scope.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<Permission, DataScope>> Grants { get; } = Build();

    private static Dictionary<string, IReadOnlyDictionary<Permission, DataScope>> Build()
    {
        const DataScope own = DataScope.Own, seller = DataScope.Own | DataScope.Pools, team = DataScope.Own | DataScope.Team | DataScope.Pools,
            tree = DataScope.Own | DataScope.DepartmentTree | DataScope.Pools, owners = DataScope.Own | DataScope.Team, below = DataScope.Own | DataScope.DepartmentTree,
            all = DataScope.All;
        return new()
        {
            ["lead_creator"] = Of((Permission.ViewLeads, own), (Permission.CreateLeads, own), (Permission.SearchDuplicates, own),
                (Permission.ShareLinks, own)),
            [LeadAdministrator] = Of(
                (Permission.ViewLeads, all), (Permission.CreateLeads, all), (Permission.EditLeads, all), (Permission.AssignLeads, all),
                (Permission.CheckHeldLeads, all), (Permission.ImportLeads, all), (Permission.RevealContacts, all), (Permission.SearchDuplicates, all),
                (Permission.MaintainLists, all), (Permission.ManageChannels, all), (Permission.ManageAccounts, all), (Permission.ViewReports, all),
                (Permission.ExportLeads, all), (Permission.ViewOpportunities, all), (Permission.EditOpportunities, all), (Permission.CheckReviews, all), (Permission.ViewCampaigns, all),
                (Permission.JoinCampaigns, own), (Permission.SplitCampaigns, all), (Permission.ManageCosts, all),
                (Permission.ShareLinks, all)),
            ["review_committee"] = Of((Permission.ViewLeads, all), (Permission.SearchDuplicates, all), (Permission.ViewReports, all), (Permission.ReviewLeads, all)),
            [Sdr] = Of(
                (Permission.ViewLeads, seller), (Permission.CreateLeads, own), (Permission.EditLeads, own), (Permission.ClaimLeads, DataScope.Pools),
                (Permission.RevealContacts, own), (Permission.SearchDuplicates, own), (Permission.MaintainLists, own), (Permission.ManageAccounts, own),
                (Permission.ViewOpportunities, own), (Permission.EditOpportunities, own), (Permission.ViewCampaigns, all), (Permission.JoinCampaigns, own),
                (Permission.ShareLinks, own)),
            [SalesRepresentative] = Of(
                (Permission.ViewLeads, seller), (Permission.CreateLeads, own), (Permission.EditLeads, own), (Permission.ClaimLeads, DataScope.Pools),
                (Permission.RevealContacts, own), (Permission.SearchDuplicates, own), (Permission.MaintainLists, own), (Permission.ManageAccounts, own),
                (Permission.ViewOpportunities, own), (Permission.EditOpportunities, own), (Permission.ViewCampaigns, all), (Permission.JoinCampaigns, own),
                (Permission.ShareLinks, own)),
            ["sales_supervisor"] = Of(
                (Permission.ViewLeads, team), (Permission.CreateLeads, own), (Permission.EditLeads, team), (Permission.AssignLeads, team),
                (Permission.ClaimLeads, DataScope.Pools), (Permission.CheckHeldLeads, team), (Permission.RevealContacts, team),
                (Permission.SearchDuplicates, own), (Permission.MaintainLists, own), (Permission.ManageAccounts, team), (Permission.ViewReports, team),
                (Permission.ExportLeads, team), (Permission.ViewOpportunities, owners), (Permission.EditOpportunities, owners), (Permission.DecideOpportunities, owners), (Permission.ViewCampaigns, all), (Permission.JoinCampaigns, own),
                (Permission.ShareLinks, owners)),
            [SalesDirector] = Of(
                (Permission.ViewLeads, tree), (Permission.CreateLeads, own), (Permission.EditLeads, tree), (Permission.AssignLeads, tree),
                (Permission.ClaimLeads, DataScope.Pools), (Permission.CheckHeldLeads, tree), (Permission.RevealContacts, tree),
                (Permission.SearchDuplicates, own), (Permission.MaintainLists, own), (Permission.ManageAccounts, tree), (Permission.ViewReports, tree),
                (Permission.ExportLeads, tree), (Permission.ApproveExports, tree), (Permission.ViewOpportunities, below), (Permission.EditOpportunities, below),
                (Permission.DecideOpportunities, below), (Permission.ViewCampaigns, all), (Permission.JoinCampaigns, own), (Permission.ApproveCampaigns, below),
                (Permission.ShareLinks, below)),
            ["marketing_specialist"] = Of(
                (Permission.ViewLeads, own), (Permission.CreateLeads, own), (Permission.ImportLeads, own), (Permission.SearchDuplicates, own),
                (Permission.MaintainLists, own), (Permission.ViewReports, own), (Permission.ViewCampaigns, all), (Permission.EditCampaigns, own),
                (Permission.JoinCampaigns, own), (Permission.ManageCosts, all),
                (Permission.ShareLinks, all)),
            ["marketing_manager"] = Of(
                (Permission.ViewLeads, all), (Permission.CreateLeads, all), (Permission.ImportLeads, all), (Permission.SearchDuplicates, all),
                (Permission.MaintainLists, all), (Permission.ManageChannels, all), (Permission.ManageAccounts, all), (Permission.ViewReports, all),
                (Permission.ExportLeads, all), (Permission.ViewCampaigns, all), (Permission.EditCampaigns, all), (Permission.ApproveCampaigns, all), (Permission.SplitCampaigns, all),
                (Permission.JoinCampaigns, own), (Permission.ManageCosts, all),
                (Permission.ShareLinks, all)),
            ["delivery"] = Of((Permission.ViewLeads, own), (Permission.ViewOpportunities, own),
                (Permission.ShareLinks, own)),
            ["legal"] = Of(
                (Permission.ViewLeads, own), (Permission.ManagePrivacy, all), (Permission.ViewAudit, all), (Permission.ViewOpportunities, all), (Permission.ReviewContracts, all)),
            ["operations"] = Of((Permission.ViewLeads, all), (Permission.ViewReports, all), (Permission.ExportLeads, all), (Permission.ViewOpportunities, all), (Permission.ViewCampaigns, all), (Permission.ManageCosts, all)),
            [Administrator] = Enum.GetValues<Permission>().ToDictionary(p => p, _ => all),
        };
    }

    private static Dictionary<Permission, DataScope> Of(params (Permission Permission, DataScope Scope)[] grants) =>
        grants.ToDictionary(g => g.Permission, g => g.Scope);
}
