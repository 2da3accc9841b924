namespace Granary.Domain.People;

/// <summary>What somebody may do: a verb for each capability (§2). Names are stored; a name is never reused.</summary>
public enum Permission
{
    /// <summary>See leads, within the scope.</summary>
    ViewLeads,

    /// <summary>Enter leads by hand or by the API.</summary>
    CreateLeads,

    /// <summary>Change a lead's fields.</summary>
    EditLeads,

    /// <summary>Assign leads to others.</summary>
    AssignLeads,

    /// <summary>Claim leads from pools.</summary>
    ClaimLeads,

    /// <summary>Check held leads: release or confirm them (§4).</summary>
    CheckHeldLeads,

    /// <summary>Import files and revert imports.</summary>
    ImportLeads,

    /// <summary>See contact data unmasked, per record (§18).</summary>
    RevealContacts,

    /// <summary>Use the duplicate search (§5.3).</summary>
    SearchDuplicates,

    /// <summary>Maintain blacklist and words (§4).</summary>
    MaintainLists,

    /// <summary>Manage accounts.</summary>
    ManageAccounts,

    /// <summary>Manage channels, forms and inbound hooks.</summary>
    ManageChannels,

    /// <summary>Manage users, departments, roles and keys.</summary>
    ManagePeople,

    /// <summary>Edit and publish policies.</summary>
    ManagePolicies,

    /// <summary>Read reports.</summary>
    ViewReports,

    /// <summary>Take records out as files, up to the row limit; more asks for approval (§18).</summary>
    ExportLeads,

    /// <summary>Approve exports above the row limit (§18).</summary>
    ApproveExports,

    /// <summary>Keep consents, answer requests of persons, set how long data is kept (§18).</summary>
    ManagePrivacy,

    /// <summary>Read the audit log and check its chain (§18).</summary>
    ViewAudit,

    /// <summary>See opportunities, within the scope (§13).</summary>
    ViewOpportunities,

    /// <summary>Convert leads into opportunities and work on those (§12, §13).</summary>
    EditOpportunities,

    /// <summary>Confirm grades and approve conversion plans of others' opportunities (§13).</summary>
    DecideOpportunities,

    /// <summary>Look contracts through for the organisation (§13).</summary>
    ReviewContracts,

    /// <summary>Look applications for review through: whether they are complete (§7).</summary>
    CheckReviews,

    /// <summary>Speak in the committees of review that they are a member of (§7).</summary>
    ReviewLeads,

    /// <summary>See campaigns, within the scope (§14).</summary>
    ViewCampaigns,

    /// <summary>Plan and run campaigns: fields, checklist, costs, invitations, teams, tasks, stages (§14).</summary>
    EditCampaigns,

    /// <summary>Decide about charters that others apply for (§14).</summary>
    ApproveCampaigns,

    /// <summary>Split the leads of an event (§14).</summary>
    SplitCampaigns,

    /// <summary>Take part: check people in, enter companies linked on site, forward promotion (§14).</summary>
    JoinCampaigns,

    /// <summary>Record what channels cost (§15.2).</summary>
    ManageCosts,

    /// <summary>Make and retire tracked links of those within the scope, and see what came of them (§3 Links).</summary>
    ShareLinks,
}

/// <summary>Which records a permission reaches (§2); scopes add up.</summary>
[Flags]
public enum DataScope
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What they own or recorded.</summary>
    Own = 1,

    /// <summary>What members of their department own.</summary>
    Team = 2,

    /// <summary>What members of their department and those below own.</summary>
    DepartmentTree = 4,

    /// <summary>What lies in pools they belong to.</summary>
    Pools = 8,

    /// <summary>Everything.</summary>
    All = 16,
}
