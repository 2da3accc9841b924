using System.Globalization;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Cubes of which funnels of any milestones are made. Of all leads there is one of milestones and one of ways for each cohort; of what can be filtered by one holds
/// milestones, ways of all, and ways of those received, which is what funnels begin with.
/// </summary>
internal static class MilestoneCubes
{
    // What a key of a cube by dimension is of, behind the dimension.
    private const char Milestones = 'm', All = 'a', Received = 'r';

    /// <summary>The cubes of what can be filtered by.</summary>
    public static IEnumerable<LeadCube> ByDimension { get; } = [.. FactFilter.Filtered.Select(d => new LeadCube(Number(d), Apart: false, d, Parts))];

    /// <summary>Each milestone on its day, with all that the lead reached.</summary>
    public static IEnumerable<Contribution> Reach(LeadCourse course)
    {
        var days = course.Milestones;
        var mask = MilestoneDays.Mask(days);
        return days.Index().Where(d => d.Item is not null).Select(d => new Contribution(d.Item!.Value, Key(d.Index, mask), new(1)));
    }

    /// <summary>What <see cref="Reach"/> keeps.</summary>
    public static (int Milestone, int Mask) Read(string key)
    {
        var parts = key[(key.LastIndexOf(CellKey.Between) + 1)..].Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Number of the cube of ways of those who reached a milestone in a period; null of those who arrived in it.</summary>
    public static int Number(Milestone? cohort) => ((int)CubeMeasure.Ways * 100) + (cohort is { } milestone ? (int)milestone + 1 : 0);

    /// <summary>That cube: how many took how many days from each milestone to each later one.</summary>
    public static LeadCube Ways(Milestone? cohort) => new(Number(cohort), Apart: false, Dimension.None, course => Ways(course, cohort));

    /// <summary>What stands before the days in a key of <see cref="Ways(Milestone?)"/>, and a separator.</summary>
    public static string Way(Milestone from, Milestone to) => string.Create(CultureInfo.InvariantCulture, $"{(int)from}{(int)to}");

    /// <summary>The way of what stands before the days, whatever else does.</summary>
    public static string Way(string before) => before[(before.LastIndexOf(CellKey.Between) + 1)..];

    /// <summary>The cube that answers a question of one filter, and which of its keys; null where the facts must.</summary>
    public static (LeadCube Cube, IReadOnlyList<string>? Keys)? Kept(CellQuestion q, Dimension dimension, IReadOnlyList<string> keys)
    {
        // A lead with two products stands in two cells: taken together it would count twice.
        if ((dimension == Dimension.Product && keys.Count > 1) || q.Cohort > Milestone.Received)
        {
            return null;
        }

        var behind = q.Measure == CubeMeasure.Reach ? [$"{Milestones}"] : q.Ways.Select(way => $"{(q.Cohort is null ? All : Received)}{CellKey.Between}{way}");
        return (ByDimension.First(c => c.Number == Number(dimension)), [.. from key in keys from rest in behind select $"{key}{CellKey.Between}{rest}"]);
    }

    private static int Number(Dimension dimension) => 800 + (int)dimension;

    private static IEnumerable<Contribution> Parts(LeadCourse course) =>
        [.. Marked(Milestones, Reach(course)), .. Marked(All, Ways(course, null)), .. Marked(Received, Ways(course, Milestone.Received))];

    private static IEnumerable<Contribution> Marked(char mark, IEnumerable<Contribution> parts) => parts.Select(p => p with { Key = $"{CellKey.Between}{mark}{CellKey.Between}{p.Key}" });

    // Who reached the cohort's milestone itself; the way begins there or later.
    private static IEnumerable<Contribution> Ways(LeadCourse course, Milestone? cohort)
    {
        var days = course.Milestones;
        if (cohort is { } milestone && days[(int)milestone] is null)
        {
            yield break;
        }

        for (var from = (int?)cohort ?? 0; from < days.Length; from++)
        {
            for (var to = from + 1; to < days.Length; to++)
            {
                if (days[from] is { } begun && days[to] is { } arrived)
                {
                    var key = string.Create(CultureInfo.InvariantCulture, $"{from}{to}{CellKey.Between}{arrived.DayNumber - begun.DayNumber}");
                    yield return new(cohort is { } of ? days[(int)of]!.Value : arrived, key, new(1));
                }
            }
        }
    }

    private static string Key(int milestone, int mask) => string.Create(CultureInfo.InvariantCulture, $"{milestone}.{mask}");
}
