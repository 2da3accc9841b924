using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Why leads received in the period are invalid, by channel, beside the period before (§15 point 6). It always compares; with the previous period where nothing is chosen.</summary>
public sealed class InvalidReport : Report
{
    private const string Any = "all";

    private static readonly ReportColumn[] Columns =
        [new("count", ReportUnit.Count), new("share", ReportUnit.Share), new("before", ReportUnit.Count), new("change", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "invalid";

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var (first, last) = work.Before ?? (work.Query with { Compare = ReportCompare.Previous }).Before!.Value;
        var (now, before) = (await Counts(work, work.From, work.To, ct), await Counts(work, first, last, ct));
        var table = InvalidReasons.Of([.. now.Keys.Union(before.Keys).Select(k => new InvalidCount(k.Reason, k.Channel, now.GetValueOrDefault(k), before.GetValueOrDefault(k)))]);
        var (received, receivedBefore) = (await Received(work, work.From, work.To, ct), await Received(work, first, last, ct));
        Guid[] channels = [.. table.Channels.Take(8)];
        return new(
            [
                new("invalid", ReportUnit.Count, table.Total.Now, table.Total.Before, Key(null, null)),
                new("leads", ReportUnit.Count, received, receivedBefore),
                new("invalidRate", ReportUnit.Share, FunnelSteps.Rate(table.Total.Now, received), FunnelSteps.Rate(table.Total.Before, receivedBefore)),
            ],
            [
                new("reasonsByChannel", ReportPicture.Heat, ReportUnit.Count, [.. channels.Select(c => ReportLabel.Named(work.Setting.Channels.Path(c)))],
                    [.. table.Lines.Where(l => l.Now > 0).Take(15).Select(l => new ReportSeries(Reason(l.Reason!), [.. channels.Select((_, i) => (decimal)l.ByChannel[i])]))]),
            ],
            [
                new("reasons", Columns, [.. table.Lines.Select(l => Row(l, Reason(l.Reason!)))], Row(table.Total, ReportLabel.Of("total"))),
                new("reasonChannels", [new("count", ReportUnit.Count), new("before", ReportUnit.Count)], [.. Cells(work, table, now, before)]),
            ]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        if (key.Split('.', 2) is not [var channel, var reason] || (channel != Any && !Guid.TryParseExact(channel, "N", out _)))
        {
            return null;
        }

        var facts = Facts(work, work.From, work.To);
        facts = channel == Any ? facts : facts.Where(f => f.ChannelId == Guid.ParseExact(channel, "N"));
        facts = reason == Any ? facts : facts.Where(f => (f.InvalidReason ?? "") == reason);
        return await LeadRecords.Page(work, facts, f => f.ReceivedOn, _ => null, null, after, take, ct);
    }

    private static string Key(Guid? channel, string? reason) => $"{channel?.ToString("N") ?? Any}.{reason ?? Any}";

    private static ReportLabel Reason(string reason) => reason.Length == 0 ? ReportLabel.Of("none") : new(reason, $"invalid.{reason}");

    private static ReportRow Row(InvalidLine line, ReportLabel label) => new(line.Reason ?? "total", label,
        [new(line.Now, line.Now == 0 ? null : Key(null, line.Reason)), new(line.Permille / 1000m), new(line.Before), new((decimal?)line.Change)]);

    private static IEnumerable<ReportRow> Cells(
        ReportWork work, InvalidReasons table, Dictionary<(string Reason, Guid Channel), long> now, Dictionary<(string Reason, Guid Channel), long> before) =>
        from line in table.Lines
        from channel in table.Channels
        let counts = (Now: now.GetValueOrDefault((line.Reason!, channel)), Before: before.GetValueOrDefault((line.Reason!, channel)))
        where counts.Now + counts.Before > 0
        select new ReportRow(Key(channel, line.Reason), Reason(line.Reason!) with { Beside = work.Setting.Channels.Path(channel) },
            [new(counts.Now, counts.Now == 0 ? null : Key(channel, line.Reason)), new(counts.Before)]);

    private static IQueryable<LeadFact> Facts(ReportWork work, DateOnly from, DateOnly to) =>
        work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking()).Where(f => f.ReceivedOn >= from && f.ReceivedOn <= to && f.Status == (int)LeadStatus.Invalid);

    private static async Task<decimal> Received(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct) =>
        (await work.Ask(new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, from, to), ct)).Sum(a => a.Values.N1);

    private static async Task<Dictionary<(string Reason, Guid Channel), long>> Counts(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var cells = await work.Ask(new(CubeMeasure.Invalid, FunnelBasis.Cohort, Dimension.None, from, to), ct);
        return cells.ToDictionary(c => (CellKey.Rest(c.Key), CellKey.ChannelOf(c.Key)), c => c.Values.N1);
    }
}
