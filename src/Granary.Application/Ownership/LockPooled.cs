using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Keeps leads that came from a pool with those who hold them (§9 Protection): its managers lock and unlock them and extend their
/// protection, up to <see cref="Most"/> in one transaction. Who may assign any lead may do it too.
/// </summary>
public sealed class LockPooled(LeadVerb verb)
{
    /// <summary>Most leads at once.</summary>
    public const int Most = PoolChoice.Most;

    /// <summary>Whether somebody looks after what is held of a pool.</summary>
    public static bool Allows(Viewer viewer, Guid poolId) => viewer.Managed.Contains(poolId) || viewer.Scope(Permission.AssignLeads).HasFlag(DataScope.All);

    /// <summary>Locks or unlocks them, extends their protection, or both. Whether the viewer looks after the pool is asked before.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="poolId">The pool they came from.</param>
    /// <param name="ids">The leads.</param>
    /// <param name="locked">Whether they are locked from now on; null leaves it.</param>
    /// <param name="days">Days of protection more, 1 to <see cref="ProtectLead.Most"/>; null leaves it.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>A result for each, in the order of the ids.</returns>
    public Task<IReadOnlyList<LeadResult>> Lock(Viewer viewer, Guid poolId, IReadOnlyList<Guid> ids, bool? locked, int? days, CancellationToken ct = default) => verb.Run<IReadOnlyList<LeadResult>>(
        viewer.UserId,
        async work =>
        {
            if (!Allows(viewer, poolId))
            {
                return [.. ids.Select(_ => new LeadResult.Forbidden())];
            }

            if (ProtectLead.Error(locked, days) is { } error)
            {
                return [.. ids.Select(_ => new LeadResult.Invalid([error]))];
            }

            var wanted = ids.Distinct().ToArray();
            var held = await work.Scope.Db.Set<OwnershipRecord>().Where(o => wanted.Contains(o.LeadId) && o.FromPoolId == poolId && o.To == null).ToDictionaryAsync(o => o.LeadId, ct);
            var leads = await work.Scope.Db.Set<Lead>().Where(l => held.Keys.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
            // What went back or to others since the page was read is refused by itself and stops none of the others.
            var seen = held.Count == wanted.Length ? [] : await viewer.Leads(work.Scope.Db).Where(l => wanted.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct);
            var results = wanted.Order().ToDictionary(id => id, id =>
                !leads.TryGetValue(id, out var lead) ? seen.Contains(id) ? new LeadResult.Refused(LeadRefusal.NotHeldFromPool) : new LeadResult.NotFound()
                : ProtectLead.Protect(work, viewer.UserId, lead, held[id], locked, days));
            return [.. ids.Select(id => results[id])];
        },
        ct);
}
