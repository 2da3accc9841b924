using System.Globalization;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>Cubes of which funnels of any milestones are made.</summary>
internal static class MilestoneCubes
{
    /// <summary>Each milestone on its day, with all that the lead reached.</summary>
    public static IEnumerable<Contribution> Reach(LeadFact fact)
    {
        var days = fact.Milestones;
        var mask = MilestoneDays.Mask(days);
        return days.Index().Where(d => d.Item is not null).Select(d => new Contribution(d.Item!.Value, Key(d.Index, mask), new(1)));
    }

    /// <summary>What <see cref="Reach"/> keeps.</summary>
    public static (int Milestone, int Mask) Read(string key)
    {
        var parts = key.Split('.');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Number of the cube of ways of those who reached a milestone in a period; null of those who arrived in it.</summary>
    public static int Number(Milestone? cohort) => ((int)CubeMeasure.Ways * 100) + (cohort is { } milestone ? (int)milestone + 1 : 0);

    /// <summary>That cube: how many took how many days from each milestone to each later one.</summary>
    public static FactCube<LeadFact> Ways(Milestone? cohort) => new(Number(cohort), Apart: false, fact => Ways(fact, cohort));

    /// <summary>What stands before the days in a key of <see cref="Ways(Milestone?)"/>, and a separator.</summary>
    public static string Way(Milestone from, Milestone to) => string.Create(CultureInfo.InvariantCulture, $"{(int)from}{(int)to}");

    // Who reached the cohort's milestone itself; the way begins there or later.
    private static IEnumerable<Contribution> Ways(LeadFact fact, Milestone? cohort)
    {
        var days = fact.Milestones;
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
