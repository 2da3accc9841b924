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
/// between. It is counted from the facts, as no cube keeps every way to put milestones together.
/// </summary>
public sealed class MilestoneReport : Report
{
    /// <summary>Which milestones, in the order a lead takes them; two at the least.</summary>
    public static readonly ReportOption Steps = new("steps", WireName.All<Milestone>(), Several: true);

    private static readonly Milestone[] Usual = [Milestone.Received, Milestone.Followed, Milestone.Opportunity, Milestone.Order];

    private static readonly ReportColumn[] Columns =
    [
        new("count", ReportUnit.Count), new("stepRate", ReportUnit.Share), new("totalRate", ReportUnit.Share), new("medianDays", ReportUnit.Days), new("medianFromFirst", ReportUnit.Days), new("before", ReportUnit.Count),
    ];

    /// <inheritdoc />
    public override string Name => "milestones";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [FunnelReport.Basis, Steps];

    /// <inheritdoc />
    public override IReadOnlyList<FieldError> Refuse(ReportQuery query) =>
        query.Options.GetValueOrDefault(Steps.Name) is { } chosen && chosen.Distinct().Count() == 1 ? [new FieldError(Steps.Name, "too_few", "2")] : [];

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
                new("medianFromFirst", ReportUnit.Days, FunnelSteps.Median(counts[^1].FromFirst), before is null ? null : FunnelSteps.Median(before[^1].FromFirst)),
            ],
            [new("funnel", ReportPicture.Funnel, ReportUnit.Count, [.. steps.Select(Word)], [new(ReportLabel.Of("column.count"), [.. counts.Select(c => (decimal)c.Count)])])],
            [
                new("steps", Columns, [.. steps.Select((s, i) => new ReportRow(WireName.Of(s), Word(s),
                [
                    new(counts[i].Count, Key(s)),
                    new(i == 0 ? null : FunnelSteps.Rate(counts[i].Count, counts[i - 1].Count)),
                    new(i == 0 ? null : FunnelSteps.Rate(counts[i].Count, counts[0].Count)),
                    new(i == 0 ? null : FunnelSteps.Median(counts[i].Days)),
                    new(i == 0 ? null : FunnelSteps.Median(counts[i].FromFirst)),
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

        var activity = Activity(work);
        List<(LeadFact Fact, DateOnly On)> found = [];
        await foreach (var fact in Facts(work, work.From, work.To).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (work.Filter.Buys(fact) && Taken(fact, steps) is { } days && days[place] is { } on && Within(activity ? on : days[0]!.Value, work.From, work.To))
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

    private static IQueryable<LeadFact> Facts(ReportWork work, DateOnly from, DateOnly to)
    {
        var facts = work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking());
        var first = Chosen(work.Query)[0];
        // By cohort of what begins with being received, an index knows them.
        return !Activity(work) && first == Milestone.Received ? facts.Where(f => f.ReceivedOn >= from && f.ReceivedOn <= to) : facts.Where(f => f.ReceivedOn <= to);
    }

    private static async Task<Step[]> Count(ReportWork work, Milestone[] steps, DateOnly from, DateOnly to, CancellationToken ct)
    {
        Step[] counts = [.. steps.Select(_ => new Step())];
        var activity = Activity(work);
        await foreach (var fact in Facts(work, from, to).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!work.Filter.Buys(fact) || Taken(fact, steps) is not { } days)
            {
                continue;
            }

            for (var i = 0; i < steps.Length && days[i] is { } on; i++)
            {
                if (Within(activity ? on : days[0]!.Value, from, to))
                {
                    counts[i].Add(on.DayNumber - days[Math.Max(0, i - 1)]!.Value.DayNumber, on.DayNumber - days[0]!.Value.DayNumber);
                }
            }
        }

        return counts;
    }

    private static DateOnly?[]? Taken(LeadFact fact, Milestone[] steps)
    {
        DateOnly?[] own = [.. steps.Select(s => Day(fact, s))];
        return own[0] is null ? null : FunnelSteps.Taken(own);
    }

    private static bool Within(DateOnly day, DateOnly from, DateOnly to) => day >= from && day <= to;

    private static DateOnly? Day(LeadFact fact, Milestone milestone) => milestone switch
    {
        Milestone.Received => fact.ReceivedOn,
        Milestone.Assigned => fact.AssignedOn,
        Milestone.Followed => fact.FollowedOn,
        Milestone.Mql => fact.MqlOn,
        Milestone.Sql => fact.SqlOn,
        Milestone.Opportunity => fact.OpportunityOn,
        Milestone.Order => fact.WonOn,
        _ => fact.PaidOn,
    };

    private static string Key(Milestone step) => WireName.Of(step);

    private static ReportLabel Word(Milestone step) => ReportLabel.Of($"option.steps.{WireName.Of(step)}");

    private sealed class Step
    {
        public long Count { get; private set; }

        public Dictionary<int, long> Days { get; } = [];

        public Dictionary<int, long> FromFirst { get; } = [];

        public void Add(int days, int fromFirst)
        {
            Count++;
            Days[days] = Days.GetValueOrDefault(days) + 1;
            FromFirst[fromFirst] = FromFirst.GetValueOrDefault(fromFirst) + 1;
        }
    }
}
