using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>A pool with what lies in it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Members">Its members, managers included.</param>
/// <param name="Managers">Those of them who manage it.</param>
/// <param name="Leads">Leads in it.</param>
public sealed record PoolStock(Pool Pool, IReadOnlyList<Guid> Members, IReadOnlyList<Guid> Managers, int Leads);

/// <summary>Lists the pools for those who set them up.</summary>
public sealed class ListPools(Store store)
{
    /// <summary>Built-in pools in their order, then the organisation's own by name.</summary>
    public async Task<IReadOnlyList<PoolStock>> All(CancellationToken ct = default)
    {
        await using var db = store.Open();
        var pools = await db.Set<Pool>().AsNoTracking().ToListAsync(ct);
        var members = (await db.Set<PoolMember>().AsNoTracking().ToListAsync(ct)).ToLookup(m => m.PoolId);
        var leads = await db.Set<Lead>().Where(l => l.PoolId != null).GroupBy(l => l.PoolId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return
        [
            .. pools.OrderByDescending(p => p.BuiltIn).ThenBy(p => p.BuiltIn ? "" : p.Name, StringComparer.CurrentCulture).ThenBy(p => p.Id)
                .Select(p => new PoolStock(
                    p, [.. members[p.Id].Select(m => m.UserId)], [.. members[p.Id].Where(m => m.Manages).Select(m => m.UserId)], leads.GetValueOrDefault(p.Id))),
        ];
    }
}
