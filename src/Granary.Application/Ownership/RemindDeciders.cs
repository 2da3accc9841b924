using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Sees to it that what owners ask for is decided within its time (§8): reminds those who decide, and when the time is over tells
/// them and whoever decides everything, once, and keeps it in the log. Takes what is due and nothing else.
/// </summary>
public sealed class RemindDeciders(LeadVerb verb, Store store, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Does all that is due and returns how many requests it was.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var total = 0;
        for (var done = Batch; done == Batch && await AnyDue(ct); total += done)
        {
            done = await verb.Run(null, work => Once(work, ct), ct);
        }

        return total;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.AnyDue<LeadRequest>(r => r.RemindAt, time.Now, ct);
    }

    private static async Task<int> Once(LeadWork work, CancellationToken ct)
    {
        var due = await work.Scope.Due<LeadRequest>(r => r.RemindAt, work.Now, Batch, ct);
        var ids = due.ConvertAll(r => r.LeadId);
        var owners = await work.Scope.Db.Set<Lead>().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.OwnerId, ct);
        foreach (var request in due)
        {
            var over = request.DueAt <= work.Now;
            request.RemindAt = over ? null : work.Setting.DecisionToldAt(request.AskedAt, request.DueAt!.Value, work.Now);
            foreach (var user in LeadRequests.Deciders(work.Setting, request.Kind, owners.GetValueOrDefault(request.LeadId), request.AskedBy, above: over))
            {
                work.Changes.Tell(user, over ? NoticeKind.RequestOverdue : NoticeKind.RequestDue, request.LeadId, work.Now);
            }

            if (over)
            {
                work.Changes.Happened(request.LeadId, LeadEvent.RequestOverdue, work.Now, null, new { kind = request.Kind, deadlineAt = request.DueAt });
            }
        }

        return due.Count;
    }
}
