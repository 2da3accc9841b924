using Granary.Application.People;
using Granary.Application.Settings;

namespace Granary.Web.People;

/// <summary>The departments as a tree, written down as lines.</summary>
internal static class DepartmentTree
{
    /// <summary>Each department after the one above it, with its depth from 0.</summary>
    public static IEnumerable<(Department Department, int Depth)> InOrder(Setting setting)
    {
        var below = setting.Departments.Values.OrderBy(d => d.Name, StringComparer.CurrentCulture).ToLookup(d => d.ParentId);
        return Walk(below, null, 0);
    }

    private static IEnumerable<(Department, int)> Walk(ILookup<Guid?, Department> below, Guid? above, int depth) =>
        below[above].SelectMany(d => Walk(below, d.Id, depth + 1).Prepend((d, depth)));
}
