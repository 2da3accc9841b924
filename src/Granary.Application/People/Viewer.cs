using Granary.Domain.People;

namespace Granary.Application.People;

/// <summary>
/// Who asks, what they may do and which records that reaches (§18). The one place that decides: queries are filtered
/// through it where they are built (<c>viewer.Leads(db)</c>), verbs are asked of it.
/// </summary>
public sealed record Viewer
{
    /// <summary>The user.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Their name.</summary>
    public required string Name { get; init; }

    /// <summary>Permission → scope, over all roles.</summary>
    public required IReadOnlyDictionary<Permission, DataScope> Grants { get; init; }

    /// <summary>Members of their department.</summary>
    public IReadOnlyList<Guid> Team { get; init; } = [];

    /// <summary>Members of their department and those below.</summary>
    public IReadOnlyList<Guid> Tree { get; init; } = [];

    /// <summary>Pools they belong to.</summary>
    public IReadOnlyList<Guid> Pools { get; init; } = [];

    /// <summary>Those of them that they manage.</summary>
    public IReadOnlyList<Guid> Managed { get; init; } = [];

    /// <summary>What the key they come with is narrowed to; null leaves them everything of theirs.</summary>
    public IReadOnlySet<Permission>? Only { get; init; }

    /// <summary>Whether they hold a permission at any scope; who manages a pool may assign what lies in it.</summary>
    public bool May(Permission permission) => Scope(permission) != DataScope.None || PoolsOf(permission).Count > 0;

    /// <summary>The pools whose leads a permission reaches: theirs where its scope says so; to see and to assign, those they manage in any case.</summary>
    public IReadOnlyList<Guid> PoolsOf(Permission permission) =>
        Only?.Contains(permission) == false ? []
        : Scope(permission).HasFlag(DataScope.Pools) ? Pools
        : permission is Permission.ViewLeads or Permission.AssignLeads ? Managed
        : [];

    /// <summary>The scope of a permission.</summary>
    public DataScope Scope(Permission permission) => Grants.GetValueOrDefault(permission);

    /// <summary>The same viewer, narrowed to some permissions.</summary>
    public Viewer Narrowed(IReadOnlySet<Permission> only) => this with { Only = only, Grants = Grants.Where(g => only.Contains(g.Key)).ToDictionary() };

    /// <summary>Users whose records a permission reaches besides pools; null reaches everybody.</summary>
    public IReadOnlyCollection<Guid>? Owners(Permission permission)
    {
        var scope = Scope(permission);
        if (scope.HasFlag(DataScope.All))
        {
            return null;
        }

        HashSet<Guid> owners = [];
        if (scope.HasFlag(DataScope.Own))
        {
            owners.Add(UserId);
        }

        if (scope.HasFlag(DataScope.Team))
        {
            owners.UnionWith(Team);
        }

        if (scope.HasFlag(DataScope.DepartmentTree))
        {
            owners.UnionWith(Tree);
        }

        return owners;
    }
}
