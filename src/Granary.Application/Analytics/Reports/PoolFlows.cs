using Granary.Application.Analytics.Facts;
using Granary.Application.Ownership;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>How leads flow through pools: ownerships by where they came from and how they ended, and every way into a pool and out of one.</summary>
internal static class PoolFlows
{
    /// <summary>What a pool is called.</summary>
    public static ReportLabel Pool(ReportWork work, Guid id) => work.Setting.Pools.Find(id) is { } pool ? pool.BuiltIn && pool.Name.Length == 0 ? ReportLabel.Of($"pool.{pool.Key}") : new(pool.Name) : ReportLabel.Of("none");

    /// <summary>Ownerships that began in the period: from which pool, or afresh, and what became of them.</summary>
    public static async Task<ReportChart> Ownerships(ReportWork work, CancellationToken ct)
    {
        var rows = work.Filter.Dimensions.Count == 0
            ? [.. (await ReadWork.Of(work, WorkCube.HeldFrom, work.From, work.To, byOwner: false, ct)).Select(a => (Key: HeldFromKey.Read(a.Key), Count: a.Values.N1)).Select(a => (a.Key.FromPoolId, a.Key.Ended, a.Count))]
            : await Counted(work, ct);
        var ins = rows.GroupBy(r => r.FromPoolId).OrderByDescending(g => g.Sum(r => r.Count)).Select(g => (Place: g.Key is { } pool ? Pool(work, pool) : ReportLabel.Of(PoolMove.Fresh), Id: $"from.{g.Key?.ToString("N") ?? PoolMove.Fresh}", Count: g.Sum(r => r.Count))).ToList();
        var outs = rows.GroupBy(r => r.Ended).OrderBy(g => g.Key).Select(g => (Name: g.Key is { } ended ? WireName.Of(ended) : StatusMatrix.Open, Count: g.Sum(r => r.Count))).ToList();
        return new("flows", ReportPicture.Sankey, ReportUnit.Count, [], [])
        {
            Places =
            [
                .. ins.Select(i => new ReportPlace(i.Id, i.Place, 0)), new ReportPlace(PoolMove.Owners, ReportLabel.Of(PoolMove.Owners), 1),
                .. outs.Select(o => new ReportPlace($"to.{o.Name}", ReportLabel.Of($"outcome.{o.Name}"), 2)),
            ],
            Flows = [.. ins.Select(i => new ReportFlow(i.Id, PoolMove.Owners, i.Count)), .. outs.Select(o => new ReportFlow(PoolMove.Owners, $"to.{o.Name}", o.Count))],
        };
    }

    /// <summary>The ways of the period into pools and out of them; moves between pools are nobody's, and seen by who reads everybody's reports.</summary>
    public static async Task<IReadOnlyList<(string From, string To, long Count)>> Read(ReportWork work, CancellationToken ct) =>
    [
        .. (await ReadWork.Of(work, WorkCube.PoolMoves, work.From, work.To, byOwner: false, ct)).Select(a => (Way: PoolMove.Read(a.Key), Count: a.Values.N1)).OrderByDescending(w => w.Count).ThenBy(w => w.Way.From, StringComparer.Ordinal).ThenBy(w => w.Way.To, StringComparer.Ordinal)
            .Select(w => (w.Way.From, w.Way.To, w.Count)),
    ];

    /// <summary>Their picture: from where, to where.</summary>
    public static ReportChart Moves(ReportWork work, IReadOnlyList<(string From, string To, long Count)> moves) => new("poolMoves", ReportPicture.Sankey, ReportUnit.Count, [], [])
    {
        Places =
        [
            .. moves.Select(m => m.From).Distinct().Select(f => new ReportPlace($"from.{f}", Place(work, f), 0)), .. moves.Select(m => m.To).Distinct().Select(t => new ReportPlace($"to.{t}", Place(work, t), 1)),
        ],
        Flows = [.. moves.Select(m => new ReportFlow($"from.{m.From}", $"to.{m.To}", m.Count))],
    };

    /// <summary>Each pool with what came into it and what left it.</summary>
    public static ReportTable Table(ReportWork work, IReadOnlyList<(string From, string To, long Count)> moves)
    {
        var pools = moves.SelectMany(m => new[] { m.From, m.To }).Distinct().Where(p => p is not PoolMove.Fresh and not PoolMove.Owners).ToList();
        long Sum(Func<(string From, string To, long Count), bool> which) => moves.Where(which).Sum(m => m.Count);
        return new(
            "poolMoves",
            [new("pooledFresh", ReportUnit.Count), new("fromOwners", ReportUnit.Count), new("fromPools", ReportUnit.Count), new("toOwners", ReportUnit.Count), new("toPools", ReportUnit.Count)],
            [
                .. pools.OrderByDescending(p => Sum(m => m.To == p || m.From == p)).ThenBy(p => p, StringComparer.Ordinal).Select(p => new ReportRow(p, Place(work, p),
                [
                    new(Sum(m => m.To == p && m.From == PoolMove.Fresh)), new(Sum(m => m.To == p && m.From == PoolMove.Owners)), new(Sum(m => m.To == p && m.From is not PoolMove.Fresh and not PoolMove.Owners)),
                    new(Sum(m => m.From == p && m.To == PoolMove.Owners)), new(Sum(m => m.From == p && m.To != PoolMove.Owners)),
                ])),
            ]);
    }

    private static ReportLabel Place(ReportWork work, string place) => Guid.TryParseExact(place, "N", out var pool) ? Pool(work, pool) : ReportLabel.Of(place == PoolMove.Fresh ? "freshLeads" : place);

    private static async Task<List<(Guid? FromPoolId, Ended? Ended, long Count)>> Counted(ReportWork work, CancellationToken ct)
    {
        var owners = work.Owners();
        var (start, end) = work.Instants(work.From, work.To);
        var records = work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => owners.Contains(o.OwnerId) && o.From >= start && o.From < end);
        records = await FilteredLeads.Of(work, ct) is { } leads ? records.Where(o => leads.Contains(o.LeadId)) : records;
        return [.. (await records.GroupBy(o => new { o.FromPoolId, o.Ended }).Select(g => new { g.Key.FromPoolId, g.Key.Ended, Count = g.LongCount() }).ToListAsync(ct)).Select(r => (r.FromPoolId, r.Ended, r.Count))];
    }
}
