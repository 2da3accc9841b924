namespace Granary.Domain.People;

/// <summary>What a change of a role's grants changes for those who hold it; what their other roles grant stays theirs.</summary>
/// <param name="Holders">How many hold the role.</param>
/// <param name="Affected">For how many of them anything changes.</param>
/// <param name="Lines">What changes, by permission.</param>
public sealed record RoleEffect(int Holders, int Affected, IReadOnlyList<RoleEffectLine> Lines)
{
    /// <summary>Compares what holders may do before and after.</summary>
    /// <param name="others">For each holder, what their other roles grant.</param>
    /// <param name="before">What the role grants now.</param>
    /// <param name="after">What it is to grant.</param>
    public static RoleEffect Of(
        IReadOnlyCollection<IReadOnlyDictionary<Permission, DataScope>> others, IReadOnlyDictionary<Permission, DataScope> before, IReadOnlyDictionary<Permission, DataScope> after)
    {
        List<RoleEffectLine> lines = [];
        HashSet<int> affected = [];
        foreach (var permission in Enum.GetValues<Permission>())
        {
            Dictionary<(DataScope Gained, DataScope Lost), int> changes = [];
            foreach (var (place, other) in others.Index())
            {
                var kept = other.GetValueOrDefault(permission);
                var (had, has) = (Whole(kept | before.GetValueOrDefault(permission)), Whole(kept | after.GetValueOrDefault(permission)));
                if (had == has)
                {
                    continue;
                }

                affected.Add(place);
                var change = (had == DataScope.All ? DataScope.None : has & ~had, has == DataScope.All ? DataScope.None : had & ~has);
                changes[change] = changes.GetValueOrDefault(change) + 1;
            }

            lines.AddRange(changes.Select(c => new RoleEffectLine(permission, c.Key.Gained, c.Key.Lost, c.Value)));
        }

        return new RoleEffect(others.Count, affected.Count, lines);
    }

    /// <summary>Scopes without those that another covers: everything covers all.</summary>
    public static DataScope Whole(DataScope scope) =>
        scope.HasFlag(DataScope.All) ? DataScope.All : scope.HasFlag(DataScope.DepartmentTree) ? scope & ~DataScope.Team : scope;
}

/// <summary>One permission that changes for some.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Gained">The scopes it reaches from then on.</param>
/// <param name="Lost">The scopes it reaches no longer.</param>
/// <param name="People">For how many.</param>
public sealed record RoleEffectLine(Permission Permission, DataScope Gained, DataScope Lost, int People);

/// <summary>Which scopes mean something for a permission.</summary>
public static class PermissionScopes
{
    private static readonly DataScope[] Organisation = [DataScope.All];
    private static readonly DataScope[] Owned = [DataScope.Own, DataScope.Team, DataScope.DepartmentTree, DataScope.All];
    private static readonly DataScope[] Leads = [DataScope.Own, DataScope.Team, DataScope.DepartmentTree, DataScope.Pools, DataScope.All];
    private static readonly DataScope[] Pooled = [DataScope.Pools, DataScope.All];

    /// <summary>The scopes to choose from; one that concerns the organisation as a whole is granted or not.</summary>
    public static IReadOnlyList<DataScope> Of(Permission permission) => permission switch
    {
        Permission.SearchDuplicates or Permission.MaintainLists or Permission.ManageChannels or Permission.ManagePeople or Permission.ManagePolicies
            or Permission.ManagePrivacy or Permission.ViewAudit or Permission.ReviewContracts => Organisation,
        Permission.ClaimLeads => Pooled,
        Permission.CreateLeads or Permission.ImportLeads or Permission.ManageAccounts or Permission.ViewReports or Permission.ApproveExports
            or Permission.ViewOpportunities or Permission.EditOpportunities or Permission.DecideOpportunities
            or Permission.ViewCampaigns or Permission.EditCampaigns or Permission.ApproveCampaigns or Permission.SplitCampaigns or Permission.JoinCampaigns => Owned,
        _ => Leads,
    };
}
