using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access;

/// <summary>Whose a record is, seen from who asks.</summary>
internal enum Relation
{
    /// <summary>Theirs.</summary>
    Own,

    /// <summary>A member's of their department.</summary>
    Team,

    /// <summary>A member's of a department below theirs.</summary>
    Below,

    /// <summary>In a pool they belong to.</summary>
    Pooled,

    /// <summary>A stranger's.</summary>
    Foreign,

    /// <summary>In a pool they do not belong to.</summary>
    Elsewhere,
}

/// <summary>Somebody of one built-in role, and what that role grants; or of a role that grants next to nothing.</summary>
internal sealed record Subject(string Role, Guid Id, HttpClient Program, WebClient Browser, Guid Colleague)
{
    public const string Nobody = "nobody";

    public DataScope Scope(Permission permission) => Role == Nobody ? (permission == Permission.SearchDuplicates ? DataScope.Own : DataScope.None) : BuiltInRoles.Grants[Role].GetValueOrDefault(permission);

    public bool Holds(Permission permission) => Scope(permission) != DataScope.None;

    /// <summary>Whether the role reaches a record of such an owner: computed from the grants alone, not asked of the product.</summary>
    public bool Reaches(Permission permission, Relation relation)
    {
        var scope = Scope(permission);
        return scope.HasFlag(DataScope.All) || relation switch
        {
            Relation.Own => scope.HasFlag(DataScope.Own),
            Relation.Team => scope.HasFlag(DataScope.Team) || scope.HasFlag(DataScope.DepartmentTree),
            Relation.Below => scope.HasFlag(DataScope.DepartmentTree),
            Relation.Pooled => scope.HasFlag(DataScope.Pools),
            _ => false,
        };
    }

    public override string ToString() => Role;
}
