using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>What is asked of the rollups.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Basis">Cohort or activity.</param>
/// <param name="By">What it is told apart by.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public sealed record CellQuestion(CubeMeasure Measure, FunnelBasis Basis, Dimension By, DateOnly From, DateOnly To)
{
    /// <summary>Which leads.</summary>
    public FactFilter Filter { get; init; } = FactFilter.Any;

    /// <summary>Whether it is told apart by owner, besides.</summary>
    public bool ByOwner { get; init; }

    /// <summary>Whether it is told apart by day or month, besides.</summary>
    public CubeGrain Over { get; init; }

    /// <summary>Of the days only these, where they are told apart; null takes all.</summary>
    public IReadOnlySet<DateOnly>? Only { get; init; }

    /// <summary>Of <see cref="CubeMeasure.Ways"/>: of those who reached this milestone in the period; null of those who arrived in it.</summary>
    public Milestone? Cohort { get; init; }

    /// <summary>Of <see cref="CubeMeasure.Ways"/>: which, as <see cref="MilestoneCubes.Way"/> names them.</summary>
    public IReadOnlyList<string> Ways { get; init; } = [];
}

/// <summary>Reads figures from the rollups, and what they do not keep, two filters at once, from the facts by the function that fills the rollups.</summary>
public static class ReadCells
{
    // So many are read from sheets of their own.
    private const int FewOwners = 3;

    /// <summary>Answers. Several questions within one <c>Store.Look</c> see one state.</summary>
    public static async Task<IReadOnlyList<CellAnswer>> Of(GranaryDb db, CellQuestion question, CancellationToken ct = default)
    {
        var sums = new CellSums();
        await Into(sums, db, question, ct);
        return question is { By: Dimension.None, Measure: CubeMeasure.Steps or CubeMeasure.Days, Filter.Dimensions.Count: > 0 } ? Together(question, sums.Answers) : sums.Answers;
    }

    /// <summary>Gives what answers to a sink; what was filtered by may stand before its keys where they are not told apart.</summary>
    internal static async Task Into(CellSink sink, GranaryDb db, CellQuestion question, CancellationToken ct)
    {
        if (Choose(question) is var (cube, keys))
        {
            await ReadSheets.Into(sink, db, [cube.Number], Sheets(question, cube.Apart) with { Keys = keys }, ct);
            return;
        }

        if (!FactSums.Can(question))
        {
            await Count(sink, db, [question], ct);
            return;
        }

        await foreach (var (owner, period, key, values) in FactSums.Of(db, question).WithCancellation(ct))
        {
            sink.Add(FactCubes.Of(question).Number, question.ByOwner ? owner : ReportSheet.Everybody, period, key, 0, values);
        }
    }

    /// <summary>
    /// Gives what answers by each of some dimensions, and by owner, to a sink, which knows them by their cubes and owners; where nothing is filtered by what leads
    /// are, in one read.
    /// </summary>
    internal static async Task Each(CellSink sink, GranaryDb db, CellQuestion question, IReadOnlyList<Dimension> dimensions, CancellationToken ct)
    {
        if (question.Filter.Dimensions.Count == 0)
        {
            int Number(Dimension by) => FactCubes.Of(question with { By = by }).Number;
            await ReadSheets.Into(sink, db, [.. dimensions.Select(Number)], Number(Dimension.None), Sheets(question, apart: true), ct);
            return;
        }

        // What is not kept is counted in one read of the facts, whatever it is told apart by.
        List<CellQuestion> counted = [];
        foreach (var asked in dimensions.Select(by => question with { By = by }).Append(question with { ByOwner = true }))
        {
            if (Choose(asked) is null && !FactSums.Can(asked))
            {
                counted.Add(asked);
                continue;
            }

            await Into(sink, db, asked, ct);
        }

        if (counted.Count > 0)
        {
            await Count(sink, db, counted, ct);
        }
    }

    private static SheetQuestion Sheets(CellQuestion question, bool apart) => new(question.Filter.Owners, question.From, question.To)
    {
        ByOwner = question.ByOwner,
        Apart = apart,
        Among = apart && question is { Measure: CubeMeasure.Steps, Filter.Owners.Count: > FewOwners },
        Over = question.Over,
        Only = question.Only,
    };

    /// <summary>The cube that can answer and which of its keys; null where the facts must.</summary>
    private static (LeadCube Cube, IReadOnlyList<string>? Keys)? Choose(CellQuestion q) => q.Filter.Dimensions switch
    {
        [] => FactCubes.Find(q) is { } cube ? (cube, q.Measure == CubeMeasure.Ways ? q.Ways : null) : null,
        [var one] when q.Measure is CubeMeasure.Reach or CubeMeasure.Ways => MilestoneCubes.Kept(q, one.Dimension, one.Keys),
        // Of each of these the channel stands first.
        [{ Dimension: Dimension.Channel } one] when q.Measure is CubeMeasure.Invalid or CubeMeasure.Supply && FactCubes.Find(q) is { } cube => (cube, one.Keys),
        _ when q.Measure > CubeMeasure.Days => null,
        [var one] when one.Dimension == q.By => Kept(q, q.By, one.Keys),
        // A lead with two products stands in two cells: taken together it would count twice.
        [var one] when q.By == Dimension.None && (one.Dimension != Dimension.Product || one.Keys.Count == 1) => Kept(q, one.Dimension, one.Keys),
        [{ Dimension: Dimension.Channel } one] when q is { Measure: CubeMeasure.Steps, By: Dimension.Keyword or Dimension.Content } => Kept(q, q.By, one.Keys),
        _ => null,
    };

    private static (LeadCube, IReadOnlyList<string>?)? Kept(CellQuestion q, Dimension by, IReadOnlyList<string> keys) =>
        FactCubes.Find(q.Measure, q.Basis, by) is { } cube ? (cube, keys) : null;

    // What was filtered by is not told apart.
    private static IReadOnlyList<CellAnswer> Together(CellQuestion q, IReadOnlyList<CellAnswer> answers)
    {
        var sums = new CellSums();
        foreach (var a in answers)
        {
            sums.Add(0, a.OwnerId, a.Period, q.Measure == CubeMeasure.Days && FactCubes.ReadDays(a.Key) is var (_, step, days) ? FactCubes.DaysKey("", step, days) : "", 0, a.Values);
        }

        return sums.Answers;
    }

    // The questions differ in what they tell apart alone.
    private static async Task Count(CellSink sink, GranaryDb db, List<CellQuestion> questions, CancellationToken ct)
    {
        var (q, cubes) = (questions[0], questions.Select(FactCubes.Of).ToArray());
        var facts = q.Filter.Of(db.Set<LeadFact>().AsNoTracking());
        facts = q.Measure switch
        {
            CubeMeasure.Ways or CubeMeasure.Reach => Days(FactFilter.Active(facts, q.From, q.To)),
            _ => q.Basis == FunnelBasis.Cohort ? facts.Where(f => f.ReceivedOn >= q.From && f.ReceivedOn <= q.To) : FactFilter.Active(facts, q.From, q.To),
        };
        await foreach (var fact in facts.AsAsyncEnumerable().WithCancellation(ct))
        {
            for (var i = 0; i < cubes.Length && q.Filter.Buys(fact); i++)
            {
                Count(sink, questions[i], cubes[i], fact);
            }
        }
    }

    private static void Count(CellSink sink, CellQuestion q, LeadCube cube, LeadFact fact)
    {
        var only = q.By == Dimension.Product && q.Filter.Products.Count > 0 ? q.Filter.Products : null;
        foreach (var (day, key, values) in cube.Of(fact))
        {
            if (day >= q.From && day <= q.To && q.Only?.Contains(day) != false && only?.Contains(q.Measure == CubeMeasure.Days ? FactCubes.ReadDays(key).Key : key) != false)
            {
                sink.Add(cube.Number, q.ByOwner ? fact.OwnerId : ReportSheet.Everybody, Bucket(q, day), key, 0, values);
            }
        }
    }

    // Milestones need no more of a fact than days, and whose it is; products where they are filtered.
    private static IQueryable<LeadFact> Days(IQueryable<LeadFact> facts) => facts.Select(f => new LeadFact
    {
        OwnerId = f.OwnerId,
        Products = f.Products,
        ReceivedOn = f.ReceivedOn,
        AssignedOn = f.AssignedOn,
        FollowedOn = f.FollowedOn,
        MqlOn = f.MqlOn,
        SqlOn = f.SqlOn,
        OpportunityOn = f.OpportunityOn,
        WonOn = f.WonOn,
        PaidOn = f.PaidOn,
    });

    /// <summary>The period in which an answer tells of a day.</summary>
    internal static int Bucket(CellQuestion q, DateOnly day) => q.Over switch { CubeGrain.None => 0, CubeGrain.Month => CellPeriod.Month(day), _ => CellPeriod.Day(day) };
}
