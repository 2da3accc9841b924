using Granary.Application.Analytics.Facts;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;

namespace Granary.Application.Analytics;

/// <summary>What a period is compared with.</summary>
public enum ReportCompare
{
    /// <summary>As many days before it.</summary>
    Previous = 1,

    /// <summary>The same days of the year before.</summary>
    LastYear = 2,
}

/// <summary>What is asked of a report.</summary>
public sealed record ReportQuery
{
    /// <summary>Longest period in days: ten years.</summary>
    public const int MostDays = 3653;

    /// <summary>First day, in organisation time.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What it is compared with; null with nothing.</summary>
    public ReportCompare? Compare { get; init; }

    /// <summary>Departments, with those below.</summary>
    public IReadOnlyList<Guid> Departments { get; init; } = [];

    /// <summary>Owners.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Channels by path; a first level takes all below it.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Campaigns.</summary>
    public IReadOnlyList<string> Campaigns { get; init; } = [];

    /// <summary>Industries.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Regions.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Products.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>What was chosen of the report's options.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Options { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The period it is compared with.</summary>
    public (DateOnly From, DateOnly To)? Before => Compare switch
    {
        ReportCompare.Previous => (From.AddDays(From.DayNumber - To.DayNumber - 1), From.AddDays(-1)),
        ReportCompare.LastYear => (From.AddYears(-1), To.AddYears(-1)),
        _ => null,
    };

    /// <summary>Which leads that is, for a viewer: their reach and what was asked for, both.</summary>
    public FactFilter Facts(Viewer viewer, Setting setting)
    {
        var owners = viewer.May(Permission.ViewReports) ? viewer.Owners(Permission.ViewReports)?.ToHashSet() : [];
        if (Departments.Count > 0)
        {
            var below = Below(setting, Departments);
            owners = Both(owners, setting.People.Values.Where(p => p.DepartmentId is { } d && below.Contains(d)).Select(p => p.Id));
        }

        return new FactFilter
        {
            Owners = (Owners.Count > 0 ? Both(owners, Owners) : owners) is { } some ? [.. some] : null,
            // A path that no channel has takes nothing, rather than everything.
            Channels = Channels.Count == 0 ? [] : [.. setting.Channels.All.Where(c => Channels.Any(p => Under(c.Path, p))).Select(c => c.Id).DefaultIfEmpty(Guid.Empty)],
            Campaigns = Campaigns,
            Industries = Industries,
            Regions = Regions,
            Products = Products,
        };
    }

    private static HashSet<Guid> Both(HashSet<Guid>? reach, IEnumerable<Guid> asked) => [.. asked.Where(o => reach is null || reach.Contains(o))];

    private static bool Under(string path, string asked) => path.Equals(asked, StringComparison.OrdinalIgnoreCase) || path.StartsWith(asked + "/", StringComparison.OrdinalIgnoreCase);

    private static HashSet<Guid> Below(Setting setting, IReadOnlyList<Guid> departments)
    {
        HashSet<Guid> all = [.. departments];
        while (setting.Departments.Values.Where(d => d.ParentId is { } p && all.Contains(p) && !all.Contains(d.Id)).Select(d => d.Id).ToList() is [_, ..] more)
        {
            all.UnionWith(more);
        }

        return all;
    }
}
