using Granary.Application.Analytics.Facts;
using Granary.Application.Opportunities;
using Granary.Application.Review;
using Granary.Domain.Analytics;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>
/// The retrospective of a period (§15 point 8): leads, valid leads, opportunities, A grades, won, conversion, cycle, reasons of losses. What made for
/// success and which measures follow is written beside it, see <c>Retrospectives</c>.
/// </summary>
public sealed class RetrospectiveReport : Report
{
    /// <inheritdoc />
    public override string Name => "retrospective";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [KpiReport.Basis];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var now = await Of(work, work.From, work.To, ct);
        var before = work.Before is var (from, to) ? await Of(work, from, to, ct) : null;
        return new(
            Figures(now, before),
            now.Losses.Count == 0 ? [] : [new("losses", ReportPicture.Donut, ReportUnit.Count, [.. now.Losses.Select(l => ReportLabel.Of($"loss.{l.Reason}"))], [new(ReportLabel.Of("column.count"), [.. now.Losses.Select(l => (decimal)l.Count)])])],
            [Losses(now)]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        var basis = KpiReport.BasisOf(work);
        if (key is "recorded" or "valid" or "opportunities")
        {
            var leads = await ReviewedLeads.Of(work, basis, work.From, work.To, ct);
            return await LeadPages.Of(work, (key == "recorded" ? leads.Recorded : key == "valid" ? leads.Valid : leads.Turned).Select(l => l.Id), after, take, ct);
        }

        var all = await ReviewedLeads.Opportunities(work, basis, work.From, work.To, ct);
        IQueryable<Opportunity>? some = key switch
        {
            "aGrade" => AGrade(work, all, basis),
            "won" => ReviewedLeads.Closed(work, all, InquiryGrade.S, basis, work.From, work.To),
            "lost" => ReviewedLeads.Closed(work, all, InquiryGrade.F, basis, work.From, work.To),
            _ => null,
        };
        return some is null ? null : await OpportunityPages.Of(work, some, after, take, ct);
    }

    /// <summary>The figures of a period.</summary>
    internal static async Task<Retrospective> Of(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var basis = KpiReport.BasisOf(work);
        var kpi = KpiReport.Sum((await KpiReport.Counts(work, basis, from, to, ct)).Values);
        if (work.Filter.Dimensions.Count == 0)
        {
            var cube = basis == ReviewBasis.Cohort ? WorkCube.RetroCohort : WorkCube.RetroActivity;
            var cells = await ReadWork.Of(work, cube, from, to, byOwner: false, ct);
            var sum = cells.Where(c => c.Key.Length == 0).Aggregate(default(CellValues), (a, c) => a + c.Values);
            return new(
                kpi.Total, kpi.Valid, kpi.Opportunities, sum.N1, sum.N2, sum.N3, sum.N4,
                Retrospective.Shares(cells.Where(c => c.Key.Length > 0).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Values.N1))));
        }

        var all = await ReviewedLeads.Opportunities(work, basis, from, to, ct);
        var won = ReviewedLeads.Closed(work, all, InquiryGrade.S, basis, from, to);
        var signed = await won.Join(work.Db.Set<OpportunityContract>().Where(c => c.SignedOn != null), o => o.Id, c => c.OpportunityId, (o, c) => new { o.CreatedAt, c.SignedOn }).ToListAsync(ct);
        return new(
            kpi.Total,
            kpi.Valid,
            kpi.Opportunities,
            await AGrade(work with { From = from, To = to }, all, basis).CountAsync(ct),
            // Of a lead with several opportunities one was won, and so was the lead.
            await won.Select(o => o.LeadId).Distinct().CountAsync(ct),
            signed.Count,
            signed.Sum(s => (long)Math.Max(0, s.SignedOn!.Value.DayNumber - work.Setting.Calendar.DateOf(s.CreatedAt).DayNumber)),
            Retrospective.Shares(await Reasons(work, ReviewedLeads.Closed(work, all, InquiryGrade.F, basis, from, to), ct)));
    }

    /// <summary>The figures as they stand above a report.</summary>
    internal static IReadOnlyList<ReportFigure> Figures(Retrospective now, Retrospective? before) =>
    [
        new("recorded", ReportUnit.Count, now.Leads, before?.Leads, "recorded"),
        new("valid", ReportUnit.Count, now.Valid, before?.Valid, "valid"),
        new("opportunities", ReportUnit.Count, now.Opportunities, before?.Opportunities, "opportunities"),
        new("aGrade", ReportUnit.Count, now.AGrade, before?.AGrade, "aGrade"),
        new("wonLeads", ReportUnit.Count, now.Won, before?.Won, "won"),
        new("wonOfValid", ReportUnit.Share, now.Conversion, before?.Conversion),
        new("cycle", ReportUnit.Days, (decimal?)now.AverageCycleDays, (decimal?)before?.AverageCycleDays),
    ];

    /// <summary>The table of reasons.</summary>
    internal static ReportTable Losses(Retrospective now) => new(
        "losses", [new("count", ReportUnit.Count), new("share", ReportUnit.Share)],
        [.. now.Losses.Select(l => new ReportRow(l.Reason, ReportLabel.Of($"loss.{l.Reason}"), [new(l.Count), new(l.Permille / 1000m)]))],
        now.Losses.Count == 0 ? null : new("total", ReportLabel.Of("total"), [new(now.Losses.Sum(l => l.Count), "lost"), new(1)]));

    private static IQueryable<Opportunity> AGrade(ReportWork work, IQueryable<Opportunity> all, ReviewBasis basis)
    {
        var (start, end) = work.Instants(work.From, work.To);
        var graded = all.Where(o => o.Grade == OpportunityGrade.A);
        return basis == ReviewBasis.Cohort ? graded : graded.Where(o => o.CreatedAt >= start && o.CreatedAt < end);
    }

    // The report in force is the last one; every lost opportunity has one, since none is closed without.
    private static async Task<Dictionary<string, long>> Reasons(ReportWork work, IQueryable<Opportunity> lost, CancellationToken ct)
    {
        var papers = await work.Db.Set<OpportunityPaper>().AsNoTracking().Where(p => p.Kind == PaperKind.LossReport && lost.Any(o => o.Id == p.OpportunityId)).ToListAsync(ct);
        return papers.GroupBy(p => p.OpportunityId).Select(g => WireName.Of(g.MaxBy(p => p.Id)!.Read<LossReport>().Reason)).GroupBy(r => r).ToDictionary(g => g.Key, g => g.LongCount());
    }
}
