using Granary.Application.Analytics.Facts;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Efficiency by person and department with their ranking (§15 point 7).</summary>
public sealed class EfficiencyReport(TimeProvider time) : Report
{
    /// <summary>What lines are ranked by.</summary>
    public static readonly ReportOption Rank = new("rank", [.. Enum.GetValues<EfficiencyRank>().Select(r => WireName.Of(r))]);

    private static readonly ReportColumn[] Columns =
    [
        new("place", ReportUnit.Number), new("received", ReportUnit.Count), new("followUpRate", ReportUnit.Share), new("timeliness", ReportUnit.Share), new("median", ReportUnit.Minutes),
        new("p90", ReportUnit.Minutes), new("conversion", ReportUnit.Share), new("violations", ReportUnit.Count), new("followUps", ReportUnit.Count), new("calls", ReportUnit.Count),
        new("visits", ReportUnit.Count), new("won", ReportUnit.Money),
    ];

    /// <inheritdoc />
    public override string Name => "efficiency";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Rank];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var table = await CountEfficiency.Of(work, work.From, work.To, time.Now, ct);
        var before = work.Before is var (from, to) ? (await CountEfficiency.Of(work, from, to, time.Now, ct)).Total : null;
        var rank = Enum.GetValues<EfficiencyRank>().First(r => WireName.Of(r) == work.Chosen(Rank));
        var people = EfficiencyTable.Ranked(table.People, rank);
        var total = table.Total;
        var shown = people.Where(p => Cells(p.Place, p.Line)[ColumnOf(rank)].Value > 0).Take(20).ToList();
        return new(
            [
                new("received", ReportUnit.Count, total.Received, before?.Received, Key(Guid.Empty, "received")),
                new("followUpRate", ReportUnit.Share, (decimal?)total.FollowUpRate, (decimal?)before?.FollowUpRate),
                new("timeliness", ReportUnit.Share, (decimal?)total.Timeliness, (decimal?)before?.Timeliness),
                new("median", ReportUnit.Minutes, (decimal?)total.Median, (decimal?)before?.Median),
                new("conversion", ReportUnit.Share, (decimal?)total.Conversion, (decimal?)before?.Conversion),
                new("violations", ReportUnit.Count, total.Violations, before?.Violations, Key(Guid.Empty, "violations")),
                new("won", ReportUnit.Money, total.Amount, before?.Amount, LeadRecords.Key(FunnelBasis.Activity, Domain.Analytics.FunnelStep.Order)),
            ],
            [
                new("ranking", ReportPicture.Bar, Columns[ColumnOf(rank)].Unit, [.. shown.Select(p => ReportGroups.Person(work, p.Line.Id))],
                    [new(ReportLabel.Of($"column.{Columns[ColumnOf(rank)].Key}"), [.. shown.Select(p => Cells(p.Place, p.Line)[ColumnOf(rank)].Value ?? 0)])]),
            ],
            [
                new("people", Columns, [.. people.Select(p => new ReportRow(p.Line.Id.ToString("N"), ReportGroups.Person(work, p.Line.Id), Cells(p.Place, p.Line)))],
                    new("total", ReportLabel.Of("total"), Cells(null, total))),
                new("departments", Columns,
                [
                    .. EfficiencyTable.Ranked(table.Departments, rank).Select(p => new ReportRow(
                        p.Line.Id.ToString("N"), ReportLabel.Named(work.Setting.Departments.GetValueOrDefault(p.Line.Id)?.Name), [.. Cells(p.Place, p.Line).Select(c => c with { Records = null })])),
                ]),
            ]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        if (key.Split('-') is not [var who, var figure] || !Guid.TryParseExact(who, "N", out var person))
        {
            return await LeadRecords.Page(work, key, after, take, ct);
        }

        // One whom the reader does not reach is nobody's.
        Guid[] ids = person == Guid.Empty ? work.Owners() : [.. work.Owners().Where(o => o == person)];
        var (start, end) = work.Instants(work.From, work.To);
        var owned = work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.OwnerId) && o.From >= start && o.From < end);
        var records = figure switch
        {
            "received" => owned.Select(o => o.LeadId),
            "followed" => owned.Where(o => o.FollowUps > 0).Select(o => o.LeadId),
            "converted" => owned.Where(o => o.Ended == Ended.Converted).Select(o => o.LeadId),
            "late" => ResponseFigures.Due(work.Db, ids, start, end, time.Now).Where(r => r.RespondedAt == null || r.RespondedAt > r.RespondBy).Select(r => r.LeadId),
            "responses" => ResponseFigures.Answered(work.Db, ids, start, end).Select(r => r.LeadId),
            "violations" => ResponseFigures.Open(work.Db, ids, start, end).Select(v => v.LeadId),
            "followUps" => FollowUps(work, ids, start, end).Select(f => f.LeadId),
            "calls" => FollowUps(work, ids, start, end).Where(f => f.Method == FollowUpMethod.Call).Select(f => f.LeadId),
            "visits" => FollowUps(work, ids, start, end).Where(f => f.Method == FollowUpMethod.Visit).Select(f => f.LeadId),
            _ => null,
        };
        if (records is null)
        {
            return null;
        }

        return await LeadPages.Of(work, await FilteredLeads.Of(work, ct) is { } leads ? records.Where(r => leads.Contains(r)) : records, after, take, ct);
    }

    private static IQueryable<FollowUpRecord> FollowUps(ReportWork work, Guid[] ids, DateTimeOffset start, DateTimeOffset end) =>
        work.Db.Set<FollowUpRecord>().AsNoTracking().Where(f => ids.Contains(f.AuthorId) && f.Counted && f.RecordedAt >= start && f.RecordedAt < end);

    private static string Key(Guid person, string figure) => $"{person:N}-{figure}";

    private static int ColumnOf(EfficiencyRank rank) => Array.FindIndex(Columns, c => c.Key == rank switch
    {
        EfficiencyRank.Conversion => "conversion",
        EfficiencyRank.Timeliness => "timeliness",
        EfficiencyRank.FollowUpRate => "followUpRate",
        EfficiencyRank.Response => "median",
        EfficiencyRank.Received => "received",
        EfficiencyRank.FollowUps => "followUps",
        _ => "won",
    });

    private static ReportValue[] Cells(int? place, EfficiencyLine l) =>
    [
        new(place), Counted(l, l.Received, "received"), new((decimal?)l.FollowUpRate, l.Followed > 0 ? Key(l.Id, "followed") : null), new((decimal?)l.Timeliness, l.Due > l.InTime ? Key(l.Id, "late") : null),
        new((decimal?)l.Median, l.Responses > 0 ? Key(l.Id, "responses") : null), new((decimal?)l.P90), new((decimal?)l.Conversion, l.Converted > 0 ? Key(l.Id, "converted") : null),
        Counted(l, l.Violations, "violations"), Counted(l, l.FollowUps, "followUps"), Counted(l, l.Calls, "calls"), Counted(l, l.Visits, "visits"),
        new(l.Amount, l.Amount == 0 ? null : l.Id == Guid.Empty ? LeadRecords.Key(FunnelBasis.Activity, Domain.Analytics.FunnelStep.Order) : LeadRecords.Key(FunnelBasis.Activity, Domain.Analytics.FunnelStep.Order, l.Id)),
    ];

    private static ReportValue Counted(EfficiencyLine line, long count, string figure) => new(count, count == 0 ? null : Key(line.Id, figure));
}
