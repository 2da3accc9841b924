using Granary.Domain.People;

namespace Granary.Application.Settings;

/// <summary>Who is told of what somebody did or failed to do: those who assign leads in their department, else the nearest above.</summary>
internal sealed class Supervisors(Setting setting)
{
    private readonly List<(Person Person, HashSet<Guid> Departments)> _all =
    [
        .. setting.People.Values
            .Where(p => p.Status == PersonStatus.Active && p.DepartmentId is not null && (Scope(p) & (DataScope.Team | DataScope.DepartmentTree)) != 0 && !Scope(p).HasFlag(DataScope.All))
            .Select(p => (p, Scope(p).HasFlag(DataScope.DepartmentTree) ? setting.Subtree(p.DepartmentId!.Value) : [p.DepartmentId!.Value])),
    ];

    /// <summary>The supervisors of a user, without themselves.</summary>
    public IEnumerable<Guid> Of(Guid userId)
    {
        if (setting.People.GetValueOrDefault(userId)?.DepartmentId is not { } department)
        {
            return [];
        }

        var above = _all.Where(s => s.Person.Id != userId && s.Departments.Contains(department)).ToList();
        // The smallest circle that holds the department is the nearest.
        return above.Count == 0 ? [] : above.Where(s => s.Departments.Count == above.Min(a => a.Departments.Count)).Select(s => s.Person.Id);
    }

    private static DataScope Scope(Person person) => person.Grants.GetValueOrDefault(Permission.AssignLeads);
}
