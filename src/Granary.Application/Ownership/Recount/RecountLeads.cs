using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership.Recount;

/// <summary>
/// Recounts all leads from the event log and compares them with the tables, both ways (§15). Page by page, each one state of the
/// database, so it may run beside everything else.
/// </summary>
public sealed class RecountLeads(Store store)
{
    private const int Page = 500;

    /// <summary>Recounts.</summary>
    public async Task<RecountResult> Run(CancellationToken ct = default)
    {
        var result = new RecountResult();
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            last = await store.Look(scope => One(scope.Db, after, result, ct), ct);
        }

        await store.Look(async scope => { await Strays(scope.Db, result, ct); await Counters(scope.Db, result, ct); return 0; }, ct);
        return result;
    }

    private static async Task<Guid?> One(GranaryDb db, Guid after, RecountResult result, CancellationToken ct)
    {
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => l.Id > after).OrderBy(l => l.Id).Take(Page).ToListAsync(ct);
        var ids = leads.Select(l => l.Id).ToArray();
        var kinds = LeadFold.Kinds.ToArray();
        var ownerships = (await db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.LeadId)).ToListAsync(ct)).ToLookup(o => o.LeadId);
        var events = (await db.Set<EventRecord>().AsNoTracking().Where(e => ids.Contains(e.SubjectId) && kinds.Contains(e.Kind)).OrderBy(e => e.Position).ToListAsync(ct))
            .ToLookup(e => e.SubjectId);
        foreach (var lead in leads)
        {
            result.Add(lead.Id, LeadFold.Of(events[lead.Id]), Standing.Of(lead, ownerships[lead.Id]));
        }

        return leads.Count == Page ? ids[^1] : null;
    }

    // What the log knows and the tables do not, and rows whose lead is not there.
    private static async Task Strays(GranaryDb db, RecountResult result, CancellationToken ct)
    {
        var leads = db.Set<Lead>();
        foreach (var id in await db.Set<EventRecord>().Where(e => e.Kind == LeadEvent.Captured && !leads.Any(l => l.Id == e.SubjectId)).Select(e => e.SubjectId).ToListAsync(ct))
        {
            result.Differ(id, "the log knows it, the tables do not");
        }

        foreach (var id in await db.Set<OwnershipRecord>().Where(o => !leads.Any(l => l.Id == o.LeadId)).Select(o => o.LeadId).Distinct().ToListAsync(ct))
        {
            result.Differ(id, "it has ownerships and is not there");
        }
    }

    // How many leads somebody holds is counted along for the caps.
    private static async Task Counters(GranaryDb db, RecountResult result, CancellationToken ct)
    {
        var held = await db.Set<Lead>().Where(l => l.OwnerId != null && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working))
            .GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        foreach (var load in await db.Set<UserLoad>().AsNoTracking().ToListAsync(ct))
        {
            if (held.GetValueOrDefault(load.UserId) is var count && count != load.Holding)
            {
                result.Differ(load.UserId, $"holding: leads {count}, counter {load.Holding}");
            }
        }
    }
}
