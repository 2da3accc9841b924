using System.Globalization;
using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Review;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// The pack of a team's meeting on one page that prints (§15 point 10): of a week its dates and the check of the forecast, of a month the summary, of a
/// quarter the retrospective. The team is chosen by the filter of departments.
/// </summary>
public sealed class MeetingReport(TimeProvider time) : Report
{
    private const int Most = 50;

    /// <summary>Which pack.</summary>
    public static readonly ReportOption Pack = new("pack", ["week", "month", "quarter"]);

    /// <inheritdoc />
    public override string Name => "meeting";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Pack];

    /// <inheritdoc />
    public override ReportOption PeriodOption => Pack;

    /// <summary>The whole week, month or quarter that the meeting is about: what is due is still to come.</summary>
    public override (DateOnly From, DateOnly To) UsualPeriod(string? choice, DateOnly today)
    {
        var (begin, end) = choice switch
        {
            "month" => (RelativePeriod.ThisMonth, (Func<DateOnly, DateOnly>)(d => d.AddMonths(1))),
            "quarter" => (RelativePeriod.ThisQuarter, d => d.AddMonths(3)),
            _ => (RelativePeriod.ThisWeek, d => d.AddDays(7)),
        };
        var from = begin.On(today).From;
        return (from, end(from).AddDays(-1));
    }

    /// <inheritdoc />
    public override Task<ReportBody> Build(ReportWork work, CancellationToken ct) => work.Chosen(Pack) switch
    {
        "month" => Month(work, ct),
        "quarter" => Quarter(work, ct),
        _ => Week(work, ct),
    };

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct) => key switch
    {
        "expected" => await OpportunityPages.Of(work, Expected(work), after, take, ct),
        "open" => await OpportunityPages.Of(work, Open(work), after, take, ct),
        _ => await LeadRecords.Page(work, key, after, take, ct) ?? await new RetrospectiveReport().Records(work, key, after, take, ct),
    };

    private static IQueryable<Opportunity> Open(ReportWork work)
    {
        var owners = work.Owners();
        return work.Viewer.Opportunities(work.Db).AsNoTracking().Where(o => owners.Contains(o.OwnerId) && o.ClosedAt == null);
    }

    private static IQueryable<Opportunity> Expected(ReportWork work) => Open(work).Where(o => o.ExpectedOn >= work.From && o.ExpectedOn <= work.To);

    private async Task<ReportBody> Week(ReportWork work, CancellationToken ct)
    {
        var rates = work.Setting.Opportunities.Rates;
        // Added up by the database: by day and grade, of which there are few whatever is open.
        var open = await Open(work).GroupBy(o => new { o.ExpectedOn, o.Inquiry }).Select(g => new { g.Key.ExpectedOn, g.Key.Inquiry, Count = g.Count(), Hundredths = g.Sum(o => (long)(object)o.Amount) }).ToListAsync(ct);
        var expected = await Expected(work).OrderBy(o => o.ExpectedOn).ThenByDescending(o => o.Amount).ThenBy(o => o.Id).Take(Most).Select(o => new { o.Id, o.Name, o.OwnerId, o.ExpectedOn, o.Amount, o.Inquiry }).ToListAsync(ct);
        var due = open.Where(o => o.ExpectedOn >= work.From && o.ExpectedOn <= work.To).ToList();
        var months = open.GroupBy(o => o.ExpectedOn is { } on ? $"{on:yyyy-MM}" : "").ToDictionary(
            g => g.Key, g => (IReadOnlyList<ForecastLine>)[.. g.SelectMany(o => Enumerable.Repeat(new ForecastLine(0, o.Inquiry), o.Count - 1).Prepend(new ForecastLine(o.Hundredths / 100m, o.Inquiry)))]);
        var weighted = Forecast.Apportion(months, rates);
        var total = Forecast.Of(months.Values.SelectMany(m => m), rates);
        var steps = await Steps(work, ct);
        return new(
            [
                new("expected", ReportUnit.Count, due.Sum(o => o.Count), null, "expected"), new("expectedAmount", ReportUnit.Money, due.Sum(o => o.Hundredths) / 100m),
                new("overdueDates", ReportUnit.Count, open.Where(o => o.ExpectedOn < work.From).Sum(o => o.Count)), new("weighted", ReportUnit.Money, total.Weighted), new("openOpportunities", ReportUnit.Count, open.Sum(o => o.Count), null, "open"),
            ],
            [],
            [
                new("expected", [new("amount", ReportUnit.Money), new("weighted", ReportUnit.Money)],
                    [.. expected.Select(o => new ReportRow(o.Id.ToString("N"), new ReportLabel(o.Name) { Beside = $"{o.ExpectedOn:MM-dd} · {work.Setting.People.GetValueOrDefault(o.OwnerId)?.Name}" },
                        [new(o.Amount), new(Forecast.Of([new(o.Amount, o.Inquiry)], rates).Weighted)]))]),
                new("nodes", [new("dueIn", ReportUnit.Days)], steps),
                new("forecast", [new("count", ReportUnit.Count), new("amount", ReportUnit.Money), new("weighted", ReportUnit.Money)],
                    [.. months.Where(m => Forecast.Of(m.Value, rates).Count > 0).OrderBy(m => m.Key.Length == 0).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => new ReportRow(m.Key, ReportLabel.Named(m.Key, "noDate"),
                        [new(Forecast.Of(m.Value, rates).Count), new(Forecast.Of(m.Value, rates).Amount), new(weighted[m.Key])]))],
                    new("total", ReportLabel.Of("total"), [new(total.Count), new(total.Amount), new(total.Weighted)])),
            ]);
    }

    // Steps of milestone plans and measures of retrospectives that fall due in the period and are not done.
    private async Task<IReadOnlyList<ReportRow>> Steps(ReportWork work, CancellationToken ct)
    {
        var today = Today(work);
        var owners = work.Owners();
        var steps = await work.Db.Set<ReviewStep>().AsNoTracking().Where(s => owners.Contains(s.OwnerId) && s.DoneOn == null && s.DueOn <= work.To)
            .OrderBy(s => s.DueOn).ThenBy(s => s.Id).Take(Most).Select(s => new { s.Id, s.LeadId, s.Name, s.DueOn, s.OwnerId }).ToListAsync(ct);
        Guid[] about = [.. steps.Select(s => s.LeadId).Distinct()];
        var companies = await work.Viewer.Leads(work.Db).Where(l => about.Contains(l.Id) && l.CompanyName != null).Select(l => new { l.Id, l.CompanyName }).ToDictionaryAsync(l => l.Id, l => l.CompanyName, ct);
        var measures = await work.Db.Set<RetrospectiveMeasure>().AsNoTracking().Where(m => owners.Contains(m.OwnerId) && !m.Done && m.DueOn != null && m.DueOn <= work.To)
            .OrderBy(m => m.DueOn).ThenBy(m => m.RetrospectiveId).ThenBy(m => m.Place).Take(Most).ToListAsync(ct);
        return
        [
            .. steps.Select(s => (s.DueOn, Row: new ReportRow(s.Id.ToString("N"), new ReportLabel(s.Name, $"milestone.{s.Name}") { Beside = Beside(work, s.DueOn, s.OwnerId, companies.GetValueOrDefault(s.LeadId)) }, [new(s.DueOn.DayNumber - today)])))
                .Concat(measures.Select(m => (DueOn: m.DueOn!.Value, Row: new ReportRow($"{m.RetrospectiveId:N}.{m.Place}", new ReportLabel(m.Text) { Beside = Beside(work, m.DueOn!.Value, m.OwnerId) }, [new(m.DueOn!.Value.DayNumber - today)]))))
                .OrderBy(s => s.DueOn).Take(Most).Select(s => s.Row),
        ];
    }

    private static string Beside(ReportWork work, DateOnly on, Guid owner, string? company = null) =>
        string.Join(" · ", new[] { company, on.ToString("MM-dd", CultureInfo.InvariantCulture), work.Setting.People.GetValueOrDefault(owner)?.Name }.OfType<string>());

    private async Task<ReportBody> Month(ReportWork work, CancellationToken ct)
    {
        var (now, before) = (await Steps(work, work.From, work.To, ct), work.Before is var (from, to) ? await Steps(work, from, to, ct) : (CellValues?)null);
        var efficiency = await CountEfficiency.Of(work, work.From, work.To, time.Now, ct);
        FunnelStep[] shown = [FunnelStep.Lead, FunnelStep.Mql, FunnelStep.Sql, FunnelStep.Opportunity, FunnelStep.Order];
        return new(
            [
                .. shown.Select(s => new ReportFigure(WireName.Of(s), ReportUnit.Count, FunnelReport.Count(now, s), before is { } b ? FunnelReport.Count(b, s) : null, LeadRecords.Key(FunnelBasis.Activity, s))),
                new("won", ReportUnit.Money, now.M2 / 100m, before?.M2 / 100m), new("paid", ReportUnit.Money, now.M3 / 100m, before?.M3 / 100m),
                new("timeliness", ReportUnit.Share, (decimal?)efficiency.Total.Timeliness), new("violations", ReportUnit.Count, efficiency.Total.Violations),
            ],
            [new("funnel", ReportPicture.Funnel, ReportUnit.Count, [.. shown.Select(s => ReportLabel.Of($"step.{WireName.Of(s)}"))], [new(ReportLabel.Of("column.count"), [.. shown.Select(s => (decimal)FunnelReport.Count(now, s))])])],
            [
                new("team", [new("received", ReportUnit.Count), new("followUpRate", ReportUnit.Share), new("timeliness", ReportUnit.Share), new("conversion", ReportUnit.Share), new("violations", ReportUnit.Count), new("won", ReportUnit.Money)],
                    [.. efficiency.People.OrderByDescending(p => p.Amount).ThenByDescending(p => p.Received).ThenBy(p => p.Id).Take(Most).Select(p => Person(work, p, ReportGroups.Person(work, p.Id)))],
                    Person(work, efficiency.Total, ReportLabel.Of("total"))),
            ]);
    }

    private static ReportRow Person(ReportWork work, EfficiencyLine p, ReportLabel label) => new(
        p.Id.ToString("N"), label, [new(p.Received), new((decimal?)p.FollowUpRate), new((decimal?)p.Timeliness), new((decimal?)p.Conversion), new(p.Violations), new(p.Amount)]);

    private static async Task<CellValues> Steps(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Activity, Dimension.None, from, to), ct)).Aggregate(default(CellValues), (sum, a) => sum + a.Values);

    private int Today(ReportWork work) => work.Setting.Calendar.DateOf(time.Now).DayNumber;

    private async Task<ReportBody> Quarter(ReportWork work, CancellationToken ct)
    {
        var today = Today(work);
        var now = await RetrospectiveReport.Of(work, work.From, work.To, ct);
        var before = work.Before is var (from, to) ? await RetrospectiveReport.Of(work, from, to, ct) : null;
        var owners = work.Owners();
        var measures = await work.Db.Set<RetrospectiveMeasure>().AsNoTracking().Where(m => owners.Contains(m.OwnerId) && !m.Done).OrderBy(m => m.DueOn).ThenBy(m => m.RetrospectiveId).ThenBy(m => m.Place).Take(Most).ToListAsync(ct);
        return new(
            RetrospectiveReport.Figures(now, before),
            now.Losses.Count == 0 ? [] : [new("losses", ReportPicture.Donut, ReportUnit.Count, [.. now.Losses.Select(l => ReportLabel.Of($"loss.{l.Reason}"))], [new(ReportLabel.Of("column.count"), [.. now.Losses.Select(l => (decimal)l.Count)])])],
            [
                RetrospectiveReport.Losses(now),
                new("measures", [new("dueIn", ReportUnit.Days)],
                    [.. measures.Select(m => new ReportRow($"{m.RetrospectiveId:N}.{m.Place}", new ReportLabel(m.Text) { Beside = $"{m.DueOn:yyyy-MM-dd} · {work.Setting.People.GetValueOrDefault(m.OwnerId)?.Name}" },
                        [new(m.DueOn is { } due ? due.DayNumber - today : null)]))]),
            ]);
    }
}
