using Granary.Application.Storage;
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

    /// <summary>Whether it is told apart by day or month, besides; null takes the whole period.</summary>
    public CubeGrain Over { get; init; }

    /// <summary>Of <see cref="CubeMeasure.Ways"/>, which.</summary>
    public MilestoneWay? Way { get; init; }
}

/// <summary>An answer: what stands in the cells of an owner, a period and a key together.</summary>
/// <param name="OwnerId">The owner; <see cref="ReportCell.Everybody"/> where it is not told apart by owners.</param>
/// <param name="Period">The month or day; 0 where it is not told apart by time.</param>
/// <param name="Key">The key; empty where it is not told apart.</param>
/// <param name="Values">The figures.</param>
public readonly record struct CellAnswer(Guid OwnerId, int Period, string Key, CellValues Values);

/// <summary>
/// Reads figures: whole months from cells of months, what is left at both ends from cells of days, and what no cube keeps (two filters at
/// once, edges of a month for one owner's channels) from the facts themselves, by the same function that fills the cells.
/// </summary>
public static class ReadCells
{
    /// <summary>Answers. Several questions within one <c>Store.Look</c> see one state.</summary>
    public static async Task<IReadOnlyList<CellAnswer>> Of(GranaryDb db, CellQuestion question, CancellationToken ct = default)
    {
        var answers = new Dictionary<(Guid, int, string), CellValues>();
        var (cube, keys, collapse) = Choose(question);
        var wanted = FactCubes.Of(question);
        foreach (var part in Parts(question, cube is null ? CubeGrain.None : question.ByOwner || question.Filter.Owners is not null ? cube.Owner : cube.All))
        {
            await foreach (var (owner, period, key, values) in part.Cells ? Cells(db, question, cube!, keys, part).WithCancellation(ct)
                : FactSums.Can(question) ? FactSums.Of(db, question, part.From, part.To).WithCancellation(ct) : Facts(db, question, wanted, part).WithCancellation(ct))
            {
                var of = part.Cells && collapse ? Collapse(question, key) : key;
                var place = (question.ByOwner ? owner : ReportCell.Everybody, question.Over == CubeGrain.None ? 0 : period, of);
                answers[place] = answers.GetValueOrDefault(place) + values;
            }
        }

        return [.. answers.Where(a => !a.Value.IsZero).Select(a => new CellAnswer(a.Key.Item1, a.Key.Item2, a.Key.Item3, a.Value))];
    }

    /// <summary>The cube that can answer, which of its keys, and whether they are put together; no cube where the facts must.</summary>
    private static (FactCube? Cube, IReadOnlyList<string>? Keys, bool Collapse) Choose(CellQuestion q) => q.Filter.Dimensions switch
    {
        [] => (FactCubes.Of(q), null, false),
        _ when q.Measure > CubeMeasure.Days => (null, null, false),
        [var one] when one.Dimension == q.By => (FactCubes.Of(q.Measure, q.Basis, q.By), one.Keys, false),
        // A lead with two products stands in two cells: taken together it would count twice.
        [var one] when q.By == Dimension.None && (one.Dimension != Dimension.Product || one.Keys.Count == 1) => (FactCubes.Of(q.Measure, q.Basis, one.Dimension), one.Keys, true),
        [{ Dimension: Dimension.Channel } one] when q is { Measure: CubeMeasure.Steps, By: Dimension.Keyword or Dimension.Content } => (FactCubes.Of(q.Measure, q.Basis, q.By), one.Keys, false),
        _ => (null, null, false),
    };

    private static string Collapse(CellQuestion q, string key) =>
        q.Measure == CubeMeasure.Steps ? "" : FactCubes.ReadDays(key) is var (_, step, days) ? FactCubes.DaysKey("", step, days) : key;

    /// <summary>The period in parts: whole months, the days before and behind them, and which of them are read from cells.</summary>
    private static IEnumerable<Part> Parts(CellQuestion q, CubeGrain kept)
    {
        var (months, days) = (kept.HasFlag(CubeGrain.Month), kept.HasFlag(CubeGrain.Day));
        if (q.Over == CubeGrain.Day || !months)
        {
            yield return new Part(q.From, q.To, days, Months: false);
            yield break;
        }

        var first = q.From.Day == 1 ? q.From : new DateOnly(q.From.Year, q.From.Month, 1).AddMonths(1);
        var behind = q.To.AddDays(1).Day == 1 ? q.To.AddDays(1) : new DateOnly(q.To.Year, q.To.Month, 1);
        if (first >= behind)
        {
            yield return new Part(q.From, q.To, days, Months: false);
            yield break;
        }

        if (q.From < first)
        {
            yield return new Part(q.From, first.AddDays(-1), days, Months: false);
        }

        yield return new Part(first, behind.AddDays(-1), Cells: true, Months: true);
        if (behind <= q.To)
        {
            yield return new Part(behind, q.To, days, Months: false);
        }
    }

    private static async IAsyncEnumerable<CellAnswer> Cells(GranaryDb db, CellQuestion q, FactCube cube, IReadOnlyList<string>? keys, Part part)
    {
        var (from, to) = part.Months ? (ReportCell.Month(part.From), ReportCell.Month(part.To)) : (ReportCell.Day(part.From), ReportCell.Day(part.To));
        var cells = db.Set<ReportCell>().AsNoTracking().Where(c => c.Cube == cube.Number);
        cells = q.Filter.Owners is { } owners ? cells.Where(c => owners.Contains(c.OwnerId))
            : q.ByOwner ? cells.Where(c => c.OwnerId != ReportCell.Everybody)
            : cells.Where(c => c.OwnerId == ReportCell.Everybody);
        cells = cells.Where(c => c.Period >= from && c.Period <= to);
        if (keys is not null && q.Measure == CubeMeasure.Steps && q.By is not (Dimension.Keyword or Dimension.Content))
        {
            cells = keys.Count == 1 && keys[0] is var only ? cells.Where(c => c.Key == only) : cells.Where(c => keys.Contains(c.Key));
        }

        // Added up by the database; owners and periods stay apart where they are asked for.
        var (byOwner, over) = (q.ByOwner, q.Over != CubeGrain.None);
        var grouped = cells.GroupBy(c => new { OwnerId = byOwner ? c.OwnerId : (Guid?)null, Period = over ? c.Period : 0, c.Key });
        var sums = grouped.Select(g => new
        {
            g.Key.OwnerId,
            g.Key.Period,
            g.Key.Key,
            N1 = g.Sum(c => c.N1),
            N2 = g.Sum(c => c.N2),
            N3 = g.Sum(c => c.N3),
            N4 = g.Sum(c => c.N4),
            N5 = g.Sum(c => c.N5),
            N6 = g.Sum(c => c.N6),
            M1 = g.Sum(c => c.M1),
            M2 = g.Sum(c => c.M2),
            M3 = g.Sum(c => c.M3),
        });
        var prefixes = keys?.Select(k => k + CellKey.Between).ToList();
        await foreach (var s in sums.AsAsyncEnumerable())
        {
            if (keys is null || keys.Contains(s.Key) || prefixes!.Exists(p => s.Key.StartsWith(p, StringComparison.Ordinal)))
            {
                yield return new CellAnswer(s.OwnerId ?? ReportCell.Everybody, Bucket(q, s.Period), s.Key, new(s.N1, s.N2, s.N3, s.N4, s.N5, s.N6, s.M1, s.M2, s.M3));
            }
        }
    }

    private static async IAsyncEnumerable<CellAnswer> Facts(GranaryDb db, CellQuestion q, FactCube cube, Part part)
    {
        var facts = q.Filter.Of(db.Set<LeadFact>().AsNoTracking());
        facts = q.Way is { } way ? Days(FactFilter.Reached(facts, way.Cohort ?? way.To, part.From, part.To)) : q.Measure == CubeMeasure.Reach ? Days(FactFilter.Reached(facts, part.From, part.To))
            : q.Basis == FunnelBasis.Cohort ? facts.Where(f => f.ReceivedOn >= part.From && f.ReceivedOn <= part.To) : FactFilter.Active(facts, part.From, part.To);
        var only = q.By == Dimension.Product && q.Filter.Products.Count > 0 ? q.Filter.Products : null;
        await foreach (var fact in facts.AsAsyncEnumerable())
        {
            if (!q.Filter.Buys(fact))
            {
                continue;
            }

            foreach (var (day, key, values) in cube.Of(fact))
            {
                if (day >= part.From && day <= part.To && only?.Contains(q.Measure == CubeMeasure.Days ? FactCubes.ReadDays(key).Key : key) != false)
                {
                    yield return new CellAnswer(fact.OwnerId, Bucket(q, ReportCell.Day(day)), key, values);
                }
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

    internal static int Bucket(CellQuestion q, int period) => q.Over == CubeGrain.Month && period > 999_999 ? period / 100 : period;

    private readonly record struct Part(DateOnly From, DateOnly To, bool Cells, bool Months);
}
