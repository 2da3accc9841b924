using System.Globalization;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>A way from one milestone to another, of whom and when (§15.1).</summary>
/// <param name="Cohort">Those who reached this milestone in the period; null of those who arrived in the period.</param>
/// <param name="From">From this milestone.</param>
/// <param name="To">To this one.</param>
public readonly record struct MilestoneWay(Milestone? Cohort, Milestone From, Milestone To)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<MilestoneWay> All { get; } =
    [
        .. from milestone in Enum.GetValues<Milestone>()
           from to in Enum.GetValues<Milestone>()
           where to > milestone
           from cohort in Enum.GetValues<Milestone>().Where(c => c <= milestone).Select(c => (Milestone?)c).Prepend(null)
           select new MilestoneWay(cohort, milestone, to),
    ];

    /// <summary>Number of its cube.</summary>
    internal int Number => 10_000 + ((Cohort is { } cohort ? (int)cohort + 1 : 0) * 100) + ((int)From * 10) + (int)To;
}

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

    /// <summary>The cube of a way: by month and day for everybody, by month for each owner.</summary>
    public static FactCube Of(MilestoneWay way) => new(way.Number, CubeGrain.Month | CubeGrain.Day, CubeGrain.Month, fact => Days(fact, way));

    private static Contribution[] Days(LeadFact fact, MilestoneWay way)
    {
        var days = fact.Milestones;
        return days[(int)way.From] is { } from && days[(int)way.To] is { } to && days[(int)(way.Cohort ?? way.To)] is { } on
            ? [new(on, (to.DayNumber - from.DayNumber).ToString(CultureInfo.InvariantCulture), new(1))] : [];
    }

    private static string Key(int milestone, int mask) => string.Create(CultureInfo.InvariantCulture, $"{milestone}.{mask}");
}
