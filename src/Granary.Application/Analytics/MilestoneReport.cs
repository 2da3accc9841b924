using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>Something that a lead reaches, of which funnels are made.</summary>
public enum Milestone
{
    /// <summary>It was received.</summary>
    Received = 0,

    /// <summary>Somebody owned it for the first time.</summary>
    Assigned = 1,

    /// <summary>It was followed up for the first time.</summary>
    Followed = 2,

    /// <summary>MQL.</summary>
    Mql = 3,

    /// <summary>SQL.</summary>
    Sql = 4,

    /// <summary>An opportunity began with it.</summary>
    Opportunity = 5,

    /// <summary>That was won.</summary>
    Order = 6,

    /// <summary>The first money of it came in.</summary>
    Payment = 7,
}

/// <summary>
/// A funnel of any milestones (§15.1), such as received → order. Only who reached the first one is in it; who reached a later one reached those
/// between. Days of a step are those of who reached both milestones themselves.
/// </summary>
public sealed class MilestoneReport : Report
{
    /// <summary>Which milestones, in the order a lead takes them; two at the least.</summary>
    public static readonly ReportOption Steps = new("steps", WireName.All<Milestone>(), Several: true);

    /// <summary>Its name.</summary>
    public const string Named = "milestones";

    private static readonly Milestone[] Usual = [Milestone.Received, Milestone.Followed, Milestone.Opportunity, Milestone.Order];

    private static readonly ReportColumn[] Columns =
    [
        new("count", ReportUnit.Count), new("stepRate", ReportUnit.Share), new("totalRate", ReportUnit.Share), new("medianDays", ReportUnit.Days), new("medianFromFirst", ReportUnit.Days), new("before", ReportUnit.Count),
    ];

    /// <inheritdoc />
    public override string Name => Named;

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [FunnelReport.Basis, Steps];

    /// <inheritdoc />
    public override IReadOnlyList<FieldError> Refuse(ReportQuery query) =>
        query.Options.GetValueOrDefault(Steps.Name) is { } chosen && chosen.Distinct().Count() == 1 ? [new FieldError(Steps.Name, "too_few", "2")] : [];

    /// <summary>What is wrong with the milestones of a funnel that is to be kept: it has two at the least, and each is one.</summary>
    public static IReadOnlyList<FieldError> Refuse(IReadOnlyList<string> steps) =>
        steps.Any(s => !Steps.Choices.Contains(s)) ? [new FieldError(Steps.Name, "not_a_choice", string.Join(", ", Steps.Choices))]
        : steps.Distinct().Count() < 2 ? [new FieldError(Steps.Name, "too_few", "2")] : [];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var steps = Chosen(work.Query);
        var counts = await Count(work, steps, work.From, work.To, ct);
        var before = work.Before is var (from, to) ? await Count(work, steps, from, to, ct) : null;
        return new(
            [
                new("entered", ReportUnit.Count, counts[0].Count, before?[0].Count, Key(steps[0])),
                new("arrived", ReportUnit.Count, counts[^1].Count, before?[^1].Count, Key(steps[^1])),
                new("arrivedRate", ReportUnit.Share, FunnelSteps.Rate(counts[^1].Count, counts[0].Count), before is null ? null : FunnelSteps.Rate(before[^1].Count, before[0].Count)),
                new("medianFromFirst", ReportUnit.Days, counts[^1].FromFirst, before?[^1].FromFirst),
            ],
            [new("funnel", ReportPicture.Funnel, ReportUnit.Count, [.. steps.Select(Word)], [new(ReportLabel.Of("column.count"), [.. counts.Select(c => (decimal)c.Count)])])],
            [
                new("steps", Columns, [.. steps.Select((s, i) => new ReportRow(WireName.Of(s), Word(s),
                [
                    new(counts[i].Count, Key(s)),
                    new(i == 0 ? null : FunnelSteps.Rate(counts[i].Count, counts[i - 1].Count)),
                    new(i == 0 ? null : FunnelSteps.Rate(counts[i].Count, counts[0].Count)),
                    new(i == 0 ? null : counts[i].Days),
                    new(i == 0 ? null : counts[i].FromFirst),
                    new(before?[i].Count),
                ]))]),
            ]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        var steps = Chosen(work.Query);
        var place = Array.FindIndex(steps, s => Key(s) == key);
        if (place < 0)
        {
            return null;
        }

        var (activity, places) = (Activity(work), Places(steps));
        List<(LeadFact Fact, DateOnly On)> found = [];
        await foreach (var fact in FactFilter.Active(work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking()), work.From, work.To).AsAsyncEnumerable().WithCancellation(ct))
        {
            var days = fact.Course.Milestones;
            if (work.Filter.Buys(fact) && MilestoneDays.By(MilestoneDays.Mask(days), places, place) is { } by && days[by] is { } on
                && (activity ? on : days[places[0]]!.Value) is var counted && counted >= work.From && counted <= work.To)
            {
                found.Add((fact, on));
            }
        }

        Guid[] page = [.. found.Select(f => f.Fact.LeadId).OrderByDescending(id => id, Storage.IdOrder.Instance).Where(id => after is not { } last || Storage.IdOrder.Instance.Compare(id, last) < 0).Take(take)];
        var on2 = found.ToDictionary(f => f.Fact.LeadId, f => f.On);
        return await LeadRecords.Page(work, work.Db.Set<LeadFact>().AsNoTracking().Where(f => page.Contains(f.LeadId)), f => on2[f.LeadId], _ => null, null, null, take, ct);
    }

    private static Milestone[] Chosen(ReportQuery query) =>
        query.Options.GetValueOrDefault(Steps.Name) is { Count: > 0 } chosen ? [.. Enum.GetValues<Milestone>().Where(m => chosen.Contains(WireName.Of(m)))] : Usual;

    private static bool Activity(ReportWork work) => work.Chosen(FunnelReport.Basis) == "activity";

    private static async Task<Step[]> Count(ReportWork work, Milestone[] steps, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (activity, places) = (Activity(work), Places(steps));
        Step[] counts = [.. steps.Select(_ => new Step())];
        foreach (var cell in await work.Ask(new(CubeMeasure.Reach, FunnelBasis.Activity, Dimension.None, from, to), ct))
        {
            var (milestone, mask) = MilestoneCubes.Read(cell.Key);
            for (var i = 0; i < steps.Length; i++)
            {
                var by = MilestoneDays.By(mask, places, i);
                counts[i].Count += by is not null && (activity ? by : places[0]) == milestone ? cell.Values.N1 : 0;
            }
        }

        var asked = Enumerable.Range(1, steps.Length - 1).SelectMany(i => new[] { MilestoneCubes.Way(steps[0], steps[i]), MilestoneCubes.Way(steps[i - 1], steps[i]) }).Distinct().ToList();
        var basis = activity ? FunnelBasis.Activity : FunnelBasis.Cohort;
        var days = await work.AskDays(new(CubeMeasure.Ways, basis, Dimension.None, from, to) { Cohort = activity ? null : steps[0], Ways = asked }, (_, key) => MilestoneCubes.Way(key), ct);
        for (var i = 1; i < steps.Length; i++)
        {
            counts[i].FromFirst = days.Median(MilestoneCubes.Way(steps[0], steps[i]));
            counts[i].Days = days.Median(MilestoneCubes.Way(steps[i - 1], steps[i]));
        }

        return counts;
    }

    private static int[] Places(Milestone[] steps) => [.. steps.Select(s => (int)s)];

    private static string Key(Milestone step) => WireName.Of(step);

    private static ReportLabel Word(Milestone step) => ReportLabel.Of($"option.steps.{WireName.Of(step)}");

    private sealed class Step
    {
        public long Count { get; set; }

        public decimal? Days { get; set; }

        public decimal? FromFirst { get; set; }
    }
}
