using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Application.Review;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>The figures of review (§7 KPI, §15 point 8): recorded, valid, opportunities, conversion, by owner, department or month.</summary>
public sealed class KpiReport : Report
{
    /// <summary>What figures of a period count.</summary>
    public static readonly ReportOption Basis = new("basis", ["cohort", "activity"]);

    /// <summary>What lines are of.</summary>
    public static readonly ReportOption Lines = new("lines", ["owner", "department", "month"]);

    private static readonly ReportColumn[] Columns =
        [new("recorded", ReportUnit.Count), new("valid", ReportUnit.Count), new("opportunities", ReportUnit.Count), new("validConversion", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "kpi";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Basis, Lines];

    /// <summary>The basis that was chosen.</summary>
    internal static ReviewBasis BasisOf(ReportWork work) => work.Chosen(Basis) == "activity" ? ReviewBasis.Activity : ReviewBasis.Cohort;

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var basis = BasisOf(work);
        var owners = await Counts(work, basis, work.From, work.To, ct);
        var total = Sum(owners.Values);
        var before = work.Before is var (from, to) ? Sum((await Counts(work, basis, from, to, ct)).Values) : null;
        var rows = work.Chosen(Lines) switch
        {
            "department" => [.. owners.GroupBy(o => work.Setting.People.GetValueOrDefault(o.Key)?.DepartmentId)
                .Select(g => Row(g.Key?.ToString("N") ?? "none", ReportLabel.Named(g.Key is { } d ? work.Setting.Departments.GetValueOrDefault(d)?.Name : null), Sum(g.Select(o => o.Value)), null))
                .OrderByDescending(r => r.Cells[1].Value).ThenByDescending(r => r.Cells[0].Value).ThenBy(r => r.Key, StringComparer.Ordinal)],
            "month" => await Months(work, basis, ct),
            _ => owners.OrderByDescending(o => o.Value.Valid).ThenByDescending(o => o.Value.Total).ThenBy(o => o.Key)
                .Select(o => Row(o.Key.ToString("N"), ReportGroups.Person(work, o.Key), o.Value, o.Key)).ToList(),
        };
        return new(
            [
                new("recorded", ReportUnit.Count, total.Total, before?.Total, "recorded"),
                new("valid", ReportUnit.Count, total.Valid, before?.Valid, "valid"),
                new("opportunities", ReportUnit.Count, total.Opportunities, before?.Opportunities, "opportunities"),
                new("validConversion", ReportUnit.Share, total.Conversion, before?.Conversion),
            ],
            [
                new("kpi", ReportPicture.Bar, ReportUnit.Count, [.. rows.Take(20).Select(r => r.Label)], [new(ReportLabel.Of("column.valid"), [.. rows.Take(20).Select(r => r.Cells[1].Value ?? 0)])]),
            ],
            [new($"kpi.{work.Chosen(Lines)}", Columns, rows, Row("total", ReportLabel.Of("total"), total, null, ""))]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        var (kind, of) = key.Split('.') switch { [var only] => (only, (Guid?)null), [var name, var id] when Guid.TryParseExact(id, "N", out var owner) => (name, owner), _ => ("", null) };
        var leads = await ReviewedLeads.Of(work, BasisOf(work), work.From, work.To, ct);
        var some = kind switch { "recorded" => leads.Recorded, "valid" => leads.Valid, "opportunities" => leads.Turned, _ => null };
        if (some is null)
        {
            return null;
        }

        some = of is { } one ? some.Where(l => (l.OwnerId ?? l.RecorderId ?? LeadFact.Nobody) == one) : some;
        return await LeadPages.Of(work, some.Select(l => l.Id), after, take, ct);
    }

    /// <summary>The figures by owner.</summary>
    internal static async Task<Dictionary<Guid, ReviewKpi>> Counts(ReportWork work, ReviewBasis basis, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (work.Filter.Dimensions.Count == 0)
        {
            return (await ReadWork.Of(work, ReviewedLeads.Cube(basis), from, to, byOwner: true, ct))
                .ToDictionary(a => a.OwnerId, a => new ReviewKpi((int)a.Values.N1, (int)a.Values.N2, (int)a.Values.N3));
        }

        var leads = await ReviewedLeads.Of(work, basis, from, to, ct);
        var (total, valid, turned) = (await ByOwner(leads.Recorded, ct), await ByOwner(leads.Valid, ct), await ByOwner(leads.Turned, ct));
        return total.Keys.Union(valid.Keys).Union(turned.Keys).ToDictionary(o => o, o => new ReviewKpi(total.GetValueOrDefault(o), valid.GetValueOrDefault(o), turned.GetValueOrDefault(o)));
    }

    /// <summary>All added up.</summary>
    internal static ReviewKpi Sum(IEnumerable<ReviewKpi> all) => all.Aggregate(new ReviewKpi(0, 0, 0), (a, b) => new(a.Total + b.Total, a.Valid + b.Valid, a.Opportunities + b.Opportunities));

    private static async Task<List<ReportRow>> Months(ReportWork work, ReviewBasis basis, CancellationToken ct)
    {
        List<ReportRow> rows = [];
        for (var month = new DateOnly(work.From.Year, work.From.Month, 1); month <= work.To; month = month.AddMonths(1))
        {
            var (first, last) = (month < work.From ? work.From : month, month.AddMonths(1).AddDays(-1) is var end && end > work.To ? work.To : end);
            rows.Add(Row($"{month:yyyy-MM}", new ReportLabel($"{month:yyyy-MM}"), Sum((await Counts(work, basis, first, last, ct)).Values), null));
        }

        return rows;
    }

    private static ReportRow Row(string key, ReportLabel label, ReviewKpi kpi, Guid? owner, string? all = null) => new(key, label,
    [
        new(kpi.Total, Key("recorded", owner, all)), new(kpi.Valid, Key("valid", owner, all)), new(kpi.Opportunities, Key("opportunities", owner, all)), new(kpi.Conversion),
    ]);

    private static string? Key(string kind, Guid? owner, string? all) => owner is { } one ? $"{kind}.{one:N}" : all is null ? null : kind;

    private static Task<Dictionary<Guid, int>> ByOwner(IQueryable<Lead> leads, CancellationToken ct) =>
        leads.GroupBy(l => l.OwnerId ?? l.RecorderId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key ?? LeadFact.Nobody, g => g.Count, ct);
}
