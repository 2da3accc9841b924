using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Tries again to assign leads for which nobody was found (§8): when the next one eligible begins to work, and every ten
/// minutes. Safe on several nodes: the counters are locked first, and a lead that another node took is passed over.
/// </summary>
public sealed class RetryUnassigned(LeadVerb verb, Store store, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Tries all that are due and returns how many were assigned.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var assigned = 0;
        while (await AnyDue(ct))
        {
            var (tried, placed) = await verb.Run(null, work => Try(work, ct), ct);
            assigned += placed;
            if (tried == 0)
            {
                break;
            }
        }

        return assigned;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.AnyDue<Lead>(l => l.RetryAt, time.Now, ct);
    }

    private static async Task<(int Tried, int Placed)> Try(LeadWork work, CancellationToken ct)
    {
        var board = (await work.Board(ct)).Board;
        var leads = await work.Scope.Due<Lead>(l => l.RetryAt, work.Now, Batch, ct);
        var ids = leads.ConvertAll(l => l.Id);
        var touches = (await work.Scope.Db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).ToListAsync(ct)).ToLookup(t => t.LeadId);
        var earlier = (await work.Scope.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.LeadId) && o.To != null).ToListAsync(ct)).ToLookup(o => o.LeadId, o => o.OwnerId);
        var named = await NamedOwners.For(work.Scope.Db, work.Vault, work.Setting, leads, ct);
        var assigner = new LeadAssigner(work.Setting, board, work.Now);
        var placed = 0;
        foreach (var lead in leads)
        {
            var score = work.Score(lead, touches[lead.Id]);
            var decision = assigner.Decide(lead, lead.Facts(work.Setting) with { Score = score }, null, [.. earlier[lead.Id].Distinct()], named.Of(lead));
            if (decision.Unassigned && lead.PoolId is { } pool && work.Setting.Pools.Find(pool)?.Key == decision.PoolKey)
            {
                // Nothing happened to it that anybody would want to read ten times an hour.
                lead.RetryAt = decision.RetryAt;
                continue;
            }

            work.Placement.Place(lead, decision, Acquired.AssignedAutomatically);
            work.Explain(lead.Id, "assign", [.. score.Reasons, .. decision.Reasons]);
            work.Changed(lead);
            placed += decision.OwnerId is null ? 0 : 1;
        }

        return (leads.Count, placed);
    }
}
