using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Several leads of one pool that somebody who may assign them does something with, in one transaction.</summary>
internal static class PoolChoice
{
    /// <summary>Most leads at once.</summary>
    public const int Most = 1_000;

    /// <summary>
    /// Does something with each lead, in the order of ids, so that two who do it to the same leads do not wait for each other.
    /// What is out of reach, lies elsewhere by now, is held or closed is refused by itself and stops none of the others.
    /// </summary>
    /// <returns>A result for each, in the order in which they were asked for.</returns>
    public static async Task<IReadOnlyList<LeadResult>> EachOf(
        this LeadWork work, Viewer viewer, Guid poolId, IReadOnlyList<Guid> ids, Func<Lead, Task<LeadResult>> act, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        var db = work.Scope.Db;
        var leads = await viewer.Leads(db, Permission.AssignLeads).Where(l => wanted.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var seen = leads.Count == wanted.Length ? [] : await viewer.Leads(db).Where(l => wanted.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct);
        Dictionary<Guid, LeadResult> results = [];
        foreach (var id in wanted.Order())
        {
            results[id] = !leads.TryGetValue(id, out var lead) ? seen.Contains(id) ? new LeadResult.Forbidden() : new LeadResult.NotFound()
                : lead.PoolId != poolId ? new LeadResult.Refused(lead.OwnerId is null ? LeadRefusal.NotInPool : LeadRefusal.AlreadyOwned)
                : work.Unassignable(lead) ?? await act(lead);
        }

        return [.. ids.Select(id => results[id])];
    }
}
