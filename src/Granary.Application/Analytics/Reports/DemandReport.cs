using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>What leads ask for (§15 point 10): products, industries and regions over time, and the terms of their requirements.</summary>
public sealed class DemandReport : Report
{
    // Terms are counted over the latest leads, so that a report answers in time whatever was gathered.
    private const int MostTexts = 2_000, MostTerms = 40, MostLines = 6;

    /// <summary>What is told apart.</summary>
    public static readonly ReportOption By = new("demand", ["product", "industry", "region"]);

    /// <inheritdoc />
    public override string Name => "demand";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [By];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var dimension = Enum.Parse<Dimension>(work.Chosen(By), ignoreCase: true);
        var over = ReportPeriods.Grain(work.From, work.To);
        var cells = await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, dimension, work.From, work.To) { Over = over }, ct);
        var then = work.Before is var (first, last) ? await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, dimension, first, last) { Over = over }, ct) : null;
        var before = then?.GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Sum(a => a.Values.N1));
        var groups = cells.GroupBy(c => c.Key).Select(g => (g.Key, Sum: g.Aggregate(default(CellValues), (sum, c) => sum + c.Values))).Where(g => g.Sum.N1 > 0)
            .OrderByDescending(g => g.Sum.N1).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var received = await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, work.From, work.To) { Over = over }, ct);
        var total = received.Sum(a => a.Values.N1);
        long? totalBefore = work.Before is var (since, until) ? (await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, since, until), ct)).Sum(a => a.Values.N1) : null;
        var (terms, texts) = await Terms(work, [.. groups.Select(g => g.Key)], Latest(received), ct);
        int[] periods = [.. ReportPeriods.Of(work.From, work.To, over)], periodsBefore = work.Before is var (begin, end) ? [.. ReportPeriods.Of(begin, end, over)] : [];
        var shown = groups.Where(g => g.Key.Length > 0).Take(MostLines).ToList();
        var (at, atBefore) = (cells.ToLookup(c => (c.Key, c.Period), c => c.Values.N1), then?.ToLookup(c => (c.Key, c.Period), c => c.Values.N1));
        return new(
            [new("leads", ReportUnit.Count, total, totalBefore, LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead)), new("requirements", ReportUnit.Count, texts)],
            [
                new("demandCourse", ReportPicture.Line, ReportUnit.Count, [.. periods.Select(p => new ReportLabel(ReportPeriods.Text(p)))],
                    [.. shown.Select(g => new ReportSeries(ReportGroups.Label(work, dimension, g.Key), [.. periods.Select(p => (decimal)at[(g.Key, p)].Sum())])
                    {
                        Before = atBefore is null ? null : [.. periodsBefore.Select(p => (decimal)atBefore[(g.Key, p)].Sum())],
                    })]),
                new("terms", ReportPicture.Bar, ReportUnit.Count, [.. terms.Take(20).Select(t => new ReportLabel(t.Text))], [new(ReportLabel.Of("column.texts"), [.. terms.Take(20).Select(t => (decimal)t.Count)])]),
            ],
            [
                new($"demand.{work.Chosen(By)}", [new("leads", ReportUnit.Count), new("share", ReportUnit.Share), new("before", ReportUnit.Count), new("change", ReportUnit.Share), new("opportunity", ReportUnit.Count), new("won", ReportUnit.Money)],
                [
                    .. groups.Select(g => new ReportRow(g.Key, ReportGroups.Label(work, dimension, g.Key),
                    [
                        new(g.Sum.N1, LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Lead, dimension, g.Key)), new(FunnelSteps.Rate(g.Sum.N1, total)), new(before is null ? null : before.GetValueOrDefault(g.Key)),
                        new(before?.GetValueOrDefault(g.Key) is > 0 and var was ? FunnelSteps.Rate(g.Sum.N1 - was, was) : null),
                        new(g.Sum.N4, LeadRecords.Key(FunnelBasis.Cohort, FunnelStep.Opportunity, dimension, g.Key)), new(g.Sum.M2 / 100m),
                    ])),
                ]),
                new("terms", [new("texts", ReportUnit.Count), new("share", ReportUnit.Share)],
                    [.. terms.Select(t => new ReportRow(t.Text, new ReportLabel(t.Text) { BesideWord = t.Known ? "knownTerm" : null }, [new(t.Count), new(FunnelSteps.Rate(t.Count, texts))]))]),
            ])
        {
            Notes = total > MostTexts ? ["latestTexts"] : [],
        };
    }

    // The first day of the day or month since which there were as many leads as are read, so that no others are looked at.
    private static DateOnly Latest(IReadOnlyList<CellAnswer> received)
    {
        var (leads, since) = (0L, DateOnly.MinValue);
        foreach (var answer in received.OrderByDescending(a => a.Period))
        {
            leads += answer.Values.N1;
            if (leads >= MostTexts)
            {
                since = CellPeriod.First(answer.Period);
                break;
            }
        }

        return since;
    }

    private static async Task<(IReadOnlyList<DemandTerm> Terms, int Texts)> Terms(ReportWork work, IReadOnlyList<string> asked, DateOnly since, CancellationToken ct)
    {
        var first = since > work.From ? since : work.From;
        var facts = work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking()).Where(f => f.ReceivedOn >= first && f.ReceivedOn <= work.To)
            .OrderByDescending(f => f.ReceivedOn).ThenByDescending(f => f.LeadId).Take(MostTexts);
        var rows = facts.Join(work.Db.Set<Lead>().Where(l => l.Requirement != null && l.AnonymisedAt == null), f => f.LeadId, l => l.Id, (f, l) => new { f.Products, f.Industry, l.Requirement });
        List<string> texts = [];
        HashSet<string> known = [.. asked.Where(k => k.Length > 0)];
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!work.Filter.Buys(new LeadFact { Products = row.Products }))
            {
                continue;
            }

            texts.Add(row.Requirement!);
            known.UnionWith(row.Products);
            known.UnionWith(row.Industry is { Length: > 1 } industry ? [industry] : []);
        }

        return (DemandTerms.Count(texts, known, MostTerms), texts.Count);
    }
}
