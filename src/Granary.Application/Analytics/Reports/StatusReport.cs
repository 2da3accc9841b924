using Granary.Application.Analytics.Facts;
using Granary.Application.Ownership;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Owner × acquired how × outcome over the ownerships that began in the period (§15 point 5, §9): one grouped query.</summary>
public sealed class StatusReport : Report
{
    private const string Anybody = "all";

    /// <summary>Ways of acquiring, by their stable names, in the order of the specification.</summary>
    public static IReadOnlyList<string> Ways { get; } = [.. Enum.GetValues<Acquired>().Select(a => WireName.Of(a))];

    /// <summary>Outcomes, by their stable names: still open, and the ends in the order of the specification.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [StatusMatrix.Open, .. Enum.GetValues<Ended>().Select(e => WireName.Of(e))];

    private static readonly ReportColumn[] Columns = [.. Outcomes.Select(o => new ReportColumn($"outcome.{o}", ReportUnit.Count)), new("total", ReportUnit.Count)];

    /// <inheritdoc />
    public override string Name => "status";

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var matrix = await Matrix(work, work.From, work.To, ct);
        var before = work.Before is var (from, to) ? await Matrix(work, from, to, ct) : null;
        var owners = matrix.Owners.Where(o => o.Total > 0).Take(20).ToList();
        return new(
            [
                new("ownerships", ReportUnit.Count, matrix.Total.Total, before?.Total.Total, Key(null, null, null)),
                .. Outcomes.Index().Where(o => o.Item is StatusMatrix.Open or "converted" or "invalid" or "recycled")
                    .Select(o => new ReportFigure($"outcome.{o.Item}", ReportUnit.Count, matrix.Total.Counts[o.Index], before?.Total.Counts[o.Index], Key(null, null, o.Item))),
            ],
            [
                new("outcomesByOwner", ReportPicture.Stacked, ReportUnit.Count, [.. owners.Select(o => ReportGroups.Person(work, o.Owner!.Value))],
                    [.. Outcomes.Select((o, i) => new ReportSeries(ReportLabel.Of($"outcome.{o}"), [.. owners.Select(l => (decimal)l.Counts[i])]))]),
                new("waysByOutcome", ReportPicture.Heat, ReportUnit.Count, [.. Outcomes.Select(o => ReportLabel.Of($"outcome.{o}"))],
                    [.. matrix.Ways.Select(w => new ReportSeries(ReportLabel.Of($"acquired.{w.Acquired}"), [.. w.Counts.Select(c => (decimal)c)]))]),
            ],
            [
                new("ownerByWay", Columns, [.. Lines(work, matrix)], Row(work, matrix.Total, ReportLabel.Of("total")) with { Key = "total" }),
                new("ways", Columns, [.. matrix.Ways.Select(w => Row(work, w, ReportLabel.Of($"acquired.{w.Acquired}")))], Row(work, matrix.Total, ReportLabel.Of("total")) with { Key = "total" }),
            ]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        if (key.Split('.') is not [var owner, var way, var outcome] || (owner != Anybody && !Guid.TryParseExact(owner, "N", out _))
            || (way != Anybody && !Ways.Contains(way)) || (outcome != Anybody && !Outcomes.Contains(outcome)))
        {
            return null;
        }

        var records = await Of(work, work.From, work.To, ct);
        records = owner == Anybody ? records : records.Where(o => o.OwnerId == Guid.ParseExact(owner, "N"));
        var how = Enum.GetValues<Acquired>().FirstOrDefault(a => WireName.Of(a) == way);
        records = way == Anybody ? records : records.Where(o => o.Acquired == how);
        var ended = Enum.GetValues<Ended>().Where(e => WireName.Of(e) == outcome).Select(e => (Ended?)e).FirstOrDefault();
        records = outcome == Anybody ? records : records.Where(o => o.Ended == ended);
        return await LeadPages.Of(work, records.Select(o => o.LeadId), after, take, ct);
    }

    private static string Key(Guid? owner, string? way, string? outcome) => $"{owner?.ToString("N") ?? Anybody}.{way ?? Anybody}.{outcome ?? Anybody}";

    // Each owner's lines, then what they add up to.
    private static IEnumerable<ReportRow> Lines(ReportWork work, StatusMatrix matrix)
    {
        var lines = matrix.Lines.ToLookup(l => l.Owner);
        foreach (var owner in matrix.Owners)
        {
            foreach (var line in lines[owner.Owner])
            {
                yield return Row(work, line, ReportGroups.Person(work, owner.Owner!.Value) with { BesideWord = $"acquired.{line.Acquired}" });
            }

            yield return Row(work, owner, ReportGroups.Person(work, owner.Owner!.Value) with { BesideWord = "subTotal" }) with { Sum = true };
        }
    }

    private static ReportRow Row(ReportWork work, StatusLine line, ReportLabel label) => new(Key(line.Owner, line.Acquired, null), label,
        [.. line.Counts.Select((c, i) => new ReportValue(c, c == 0 ? null : Key(line.Owner, line.Acquired, Outcomes[i]))), new(line.Total, line.Total == 0 ? null : Key(line.Owner, line.Acquired, null))]);

    internal static async Task<StatusMatrix> Matrix(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (work.Filter.Dimensions.Count == 0)
        {
            var held = (await ReadWork.Of(work, WorkCube.Held, from, to, byOwner: true, ct)).Where(a => a.Values.N1 != 0).Select(a => (a.OwnerId, Key: HeldKey.Read(a.Key), a.Values.N1))
                .Select(a => new StatusCount(a.OwnerId, WireName.Of(a.Key.Acquired), a.Key.Ended is { } end ? WireName.Of(end) : StatusMatrix.Open, (int)a.N1));
            return StatusMatrix.Of([.. held], Ways, Outcomes);
        }

        var counts = await (await Of(work, from, to, ct)).GroupBy(o => new { o.OwnerId, o.Acquired, o.Ended })
            .Select(g => new { g.Key.OwnerId, g.Key.Acquired, g.Key.Ended, Count = g.Count() }).ToListAsync(ct);
        return StatusMatrix.Of(
            [.. counts.Select(c => new StatusCount(c.OwnerId, WireName.Of(c.Acquired), c.Ended is { } ended ? WireName.Of(ended) : StatusMatrix.Open, c.Count))], Ways, Outcomes);
    }

    private static async Task<IQueryable<OwnershipRecord>> Of(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var owners = work.Owners();
        var (start, end) = work.Instants(from, to);
        var records = work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => owners.Contains(o.OwnerId) && o.From >= start && o.From < end);
        return await FilteredLeads.Of(work, ct) is { } leads ? records.Where(o => leads.Contains(o.LeadId)) : records;
    }
}
