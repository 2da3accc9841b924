using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>What figures are told apart by over time.</summary>
public enum CubeGrain
{
    /// <summary>The whole period.</summary>
    None = 0,

    /// <summary>By month.</summary>
    Month = 1,

    /// <summary>By day.</summary>
    Day = 2,
}

/// <summary>What a fact contributes on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Key">What it contributes to.</param>
/// <param name="Values">How much.</param>
public readonly record struct Contribution(DateOnly Day, string Key, CellValues Values);

/// <summary>
/// A rollup: a pure function from a fact to what it contributes. What was contributed is taken back by applying it to the fact as it was, what no cube
/// keeps is counted by applying it to facts, and a recount applies it to all of them: the three cannot disagree. Each is kept by month and by day, for
/// everybody together and for each owner.
/// </summary>
/// <param name="Number">Its number in the table; never reused.</param>
/// <param name="Apart">Whether owners are kept side by side, besides, for who reads all of them at once.</param>
/// <param name="By">What it tells apart by: keys begin with that.</param>
/// <param name="Parts">What a course contributes, and what stands behind the beginning of the key. Cubes that differ in what they tell apart by have the same function.</param>
public sealed record LeadCube(int Number, bool Apart, Dimension By, Func<LeadCourse, IEnumerable<Contribution>> Parts)
{
    /// <summary>What a fact contributes.</summary>
    public IEnumerable<Contribution> Of(LeadFact fact)
    {
        IReadOnlyList<Contribution> parts = [.. Parts(fact.Course)];
        return from key in CellKey.Of(By, fact) from part in parts select part with { Key = key + part.Key };
    }
}

/// <summary>Whose leads and which steps a period counts (§15.1).</summary>
public enum FunnelBasis
{
    /// <summary>Leads received in the period, and how far they came, whenever they did.</summary>
    Cohort = 1,

    /// <summary>Steps taken in the period, whenever the lead was received.</summary>
    Activity = 2,
}

/// <summary>What cubes count.</summary>
public enum CubeMeasure
{
    /// <summary>Counts of the six steps and amounts of opportunity, order and payment.</summary>
    Steps = 0,

    /// <summary>How many took how many days for a step; the key ends with step and days.</summary>
    Days = 1,

    /// <summary>Leads received that are invalid, by channel and reason; the key is both.</summary>
    Invalid = 3,

    /// <summary>Leads received by channel: those, those followed up, those with an opportunity, those that are invalid.</summary>
    Supply = 4,

    /// <summary>Milestones reached: the key is which one on that day, and all that the lead reached.</summary>
    Reach = 5,

    /// <summary>How many took how many days from one milestone to another; the key is both and the days.</summary>
    Ways = 6,
}

/// <summary>The cubes there are.</summary>
public static class FactCubes
{
    /// <summary>All cubes of leads.</summary>
    public static IReadOnlyList<LeadCube> All { get; } =
    [
        .. from measure in new[] { CubeMeasure.Steps, CubeMeasure.Days }
           from basis in Enum.GetValues<FunnelBasis>()
           from dimension in Enum.GetValues<Dimension>()
           where measure == CubeMeasure.Steps || dimension <= Dimension.Campaign
           select Make(measure, basis, dimension),
        Make(CubeMeasure.Invalid, FunnelBasis.Cohort, Dimension.None), Make(CubeMeasure.Supply, FunnelBasis.Cohort, Dimension.None), Make(CubeMeasure.Reach, FunnelBasis.Activity, Dimension.None),
        .. Enum.GetValues<Milestone>().Select(m => (Milestone?)m).Prepend(null).Select(MilestoneCubes.Ways),
        .. MilestoneCubes.ByDimension,
    ];

    /// <summary>The same by what a course contributes to them.</summary>
    internal static IReadOnlyList<IGrouping<Func<LeadCourse, IEnumerable<Contribution>>, LeadCube>> ByParts { get; } = [.. All.GroupBy(c => c.Parts)];

    private static readonly Dictionary<int, LeadCube> ByNumber = All.ToDictionary(c => c.Number);

    /// <summary>A cube; null where none is kept.</summary>
    public static LeadCube? Find(CubeMeasure measure, FunnelBasis basis, Dimension dimension) => ByNumber.GetValueOrDefault(Number(measure, basis, dimension));

    /// <summary>The key of a number of days, behind what it is of.</summary>
    public static string DaysKey(string key, FunnelStep step, int days) => $"{DaysKey(key, step)}{CellKey.Between}{days}";

    /// <summary>What stands before the days.</summary>
    public static string DaysKey(string key, FunnelStep step) => $"{key}{CellKey.Between}{(int)step}";

    /// <summary>Reads such a key.</summary>
    public static (string Key, FunnelStep Step, int Days) ReadDays(string key)
    {
        var last = key.LastIndexOf(CellKey.Between);
        var before = key.LastIndexOf(CellKey.Between, last - 1);
        return (key[..before], (FunnelStep)(key[before + 1] - '0'), int.Parse(key.AsSpan(last + 1), System.Globalization.CultureInfo.InvariantCulture));
    }

    internal static int Number(CubeMeasure measure, FunnelBasis basis, Dimension dimension) => ((int)measure * 100) + ((int)basis * 10) + (int)dimension;

    private static LeadCube Make(CubeMeasure measure, FunnelBasis basis, Dimension dimension) => measure switch
    {
        CubeMeasure.Steps => new(Number(measure, basis, dimension), dimension == Dimension.None, dimension, basis == FunnelBasis.Cohort ? CohortSteps : ActivitySteps),
        CubeMeasure.Days => new(Number(measure, basis, dimension), dimension == Dimension.None, dimension, basis == FunnelBasis.Cohort ? CohortDays : ActivityDays),
        CubeMeasure.Invalid => new(Number(measure, basis, dimension), Apart: false, Dimension.Channel, Invalid),
        CubeMeasure.Supply => new(Number(measure, basis, dimension), Apart: true, Dimension.Channel, Supply),
        _ => new(Number(measure, basis, dimension), Apart: false, Dimension.None, MilestoneCubes.Reach),
    };

    /// <summary>The cube that answers a question where nothing is filtered; null where none is kept.</summary>
    internal static LeadCube? Find(CellQuestion q) => q.Measure == CubeMeasure.Ways ? ByNumber[MilestoneCubes.Number(q.Cohort)] : Find(q.Measure, q.Basis, q.By);

    /// <summary>The cube by which facts are counted, kept or not.</summary>
    internal static LeadCube Of(CellQuestion q) => Find(q) ?? Make(q.Measure, q.Basis, q.By);

    private static IEnumerable<Contribution> Invalid(LeadCourse course) =>
        course.Invalid ? [new(course.ReceivedOn, $"{CellKey.Between}{course.InvalidReason}", new(1))] : [];

    private static IEnumerable<Contribution> Supply(LeadCourse course) =>
        [new(course.ReceivedOn, "", new(1, One(course.FollowedOn), One(course.OpportunityOn), course.Invalid ? 1 : 0))];

    private static IEnumerable<Contribution> CohortSteps(LeadCourse course) =>
    [
        new(course.ReceivedOn, "", new(
            1, One(course.MqlOn), One(course.SqlOn), One(course.OpportunityOn), One(course.WonOn), One(course.PaidOn), Cents(course.Amount), Cents(course.WonAmount), Cents(course.PaidAmount))),
    ];

    private static IEnumerable<Contribution> ActivitySteps(LeadCourse course)
    {
        yield return new(course.ReceivedOn, "", new(1));
        if (course.MqlOn is { } mql)
        {
            yield return new(mql, "", new(0, 1));
        }

        if (course.SqlOn is { } sql)
        {
            yield return new(sql, "", new(0, 0, 1));
        }

        if (course.OpportunityOn is { } made)
        {
            yield return new(made, "", new(0, 0, 0, 1, M1: Cents(course.Amount)));
        }

        if (course.WonOn is { } won)
        {
            yield return new(won, "", new(0, 0, 0, 0, 1, M2: Cents(course.WonAmount)));
        }

        if (course.PaidOn is { } paid)
        {
            yield return new(paid, "", new(0, 0, 0, 0, 0, 1));
            foreach (var payment in Json.Read<List<PaidOnDay>>(course.Payments))
            {
                yield return new(payment.On, "", new(0, M3: Cents(payment.Amount)));
            }
        }
    }

    private static IEnumerable<Contribution> CohortDays(LeadCourse course) => Days(course, _ => course.ReceivedOn);

    private static IEnumerable<Contribution> ActivityDays(LeadCourse course) => Days(course, day => day);

    private static IEnumerable<Contribution> Days(LeadCourse course, Func<DateOnly, DateOnly> counted)
    {
        var before = course.ReceivedOn;
        foreach (var step in FunnelSteps.All.Skip(1))
        {
            if (course.DayOf(step) is not { } day)
            {
                break;
            }

            yield return new(counted(day), DaysKey("", step, day.DayNumber - before.DayNumber), new(1));
            before = day;
        }
    }

    private static long One(DateOnly? day) => day is null ? 0 : 1;

    private static long Cents(decimal money) => (long)(money * 100);
}
