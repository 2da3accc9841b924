using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>Releases a lead that was held for a check (§4): it goes on as if it came in now, from the duplicate check (§5).</summary>
public sealed class ReleaseLead(Store store, Vault vault, SettingCache settings, TimeProvider time, MobileAreas? areas = null)
{
    private readonly Preparation _preparation = new(vault, time, areas ?? MobileAreas.None);

    /// <summary>Releases it.</summary>
    /// <param name="viewer">Who checked it.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version they have seen.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>Where it landed, or why it was not released.</returns>
    public async Task<(Landing? Landing, LeadResult Result)> Release(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default)
    {
        while (true)
        {
            if (await store.Write(scope => Once(scope, viewer, id, seen, ct), ct) is { } done)
            {
                return done;
            }
        }
    }

    // Null when the setting changed meanwhile, and it is to be done again.
    private async Task<(Landing? Landing, LeadResult Result)?> Once(WriteScope scope, Viewer viewer, Guid id, int? seen, CancellationToken ct)
    {
        var work = await LeadWork.Begin(scope, settings, time.Now, viewer.UserId, ct);
        var (found, refusal) = await work.Find(viewer, id, _ => Permission.CheckHeldLeads, seen, ct);
        if (found is not { } lead)
        {
            return (null, refusal!);
        }

        if (!work.Held(lead))
        {
            return (null, new LeadResult.Refused(LeadRefusal.NotHeld));
        }

        var contacts = await scope.Db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == id).OrderBy(c => c.Ordinal).ToListAsync(ct);
        var touches = await scope.Db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == id).ToListAsync(ct);
        // A human has judged them; the log keeps what was found.
        lead.Findings &= ~(int)CleanLead.Holding;
        var item = _preparation.Again(lead, contacts, [.. touches.Select(t => new TouchTally(t.Kind, t.Count, t.At))], work.Setting, work.Now);
        if (await IntakeBatch.Release(scope, work.Setting, vault, item, work.Now, viewer.UserId, ct) is not { } landing)
        {
            scope.Abandon();
            return null;
        }

        return (landing, new LeadResult.Done(lead));
    }
}
