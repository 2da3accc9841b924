using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Web.People;

/// <summary>A role as its form posts it; each box that is checked posts <c>permission:scope</c>.</summary>
public sealed class RoleForm
{
    public string? Key { get; set; }

    public string? Title { get; set; }

    public string? TitleEn { get; set; }

    public List<string> Grants { get; set => field = value ?? []; } = [];

    public string? Version { get; set; }

    /// <summary>The <see cref="Mark"/> of the grants of which the effect was shown.</summary>
    public string? Confirmed { get; set; }

    /// <summary>What tells these grants from others.</summary>
    public string Mark => string.Join(' ', Grants.Order(StringComparer.Ordinal));

    public static RoleForm Of(RoleCard? role, RoleCard? copied) => new()
    {
        Key = copied is null ? null : $"{copied.Key}_copy",
        Title = role?.Title,
        TitleEn = role?.TitleEn,
        Version = role?.Version,
        Grants = [.. ((role ?? copied)?.Grants ?? new Dictionary<Permission, DataScope>()).SelectMany(g => RolesApi.Split(g.Value).Select(s => Write(g.Key, s)))],
    };

    public static string Write(Permission permission, DataScope scope) => $"{WireName.Of(permission)}:{WireName.Of(scope)}";

    public bool Holds(Permission permission, DataScope scope) => Grants.Contains(Write(permission, scope));

    /// <summary>The grants; what is none is left out.</summary>
    public IReadOnlyDictionary<Permission, DataScope> Read()
    {
        Dictionary<Permission, DataScope> grants = [];
        foreach (var permission in Enum.GetValues<Permission>())
        {
            var scope = Enum.GetValues<DataScope>().Where(s => s != DataScope.None && Holds(permission, s)).Aggregate(DataScope.None, (all, s) => all | s);
            if (scope != DataScope.None)
            {
                grants[permission] = scope;
            }
        }

        return grants;
    }
}
