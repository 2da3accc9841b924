using System.Runtime.CompilerServices;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>The changes an import made to leads that were there before it, read from the event log, and their way back.</summary>
internal sealed class ImportedChanges(WriteScope scope, Setting setting, Guid importId, DateTimeOffset now)
{
    private const int Page = 500;

    /// <summary>The version in which the import left each lead it changed.</summary>
    public async Task<Dictionary<Guid, int>> Versions(CancellationToken ct)
    {
        Dictionary<Guid, int> versions = [];
        await foreach (var page in Pages(ct))
        {
            foreach (var (lead, changes) in page)
            {
                versions[lead] = changes[^1].Undo!.Version;
            }
        }

        return versions;
    }

    /// <summary>Gives the leads back what they were; the owners who had got one by the import.</summary>
    public async Task<List<Guid>> Restore(Guid? actorId, CancellationToken ct)
    {
        List<Guid> released = [];
        await foreach (var page in Pages(ct))
        {
            // Those it made itself are voided as they are.
            var ids = page.Keys.ToArray();
            var leads = await scope.Db.Set<Lead>().Where(l => ids.Contains(l.Id) && l.ImportId != importId).OrderBy(l => l.Id).ToListAsync(ct);
            var touches = await TakeBackTouches(page, ids, ct);
            await TakeBackContacts(page, [.. leads.Select(l => l.Id)], ct);
            foreach (var lead in leads)
            {
                var changes = page[lead.Id];
                var before = changes[0].Undo!.Before;
                var (owner, pool, tray) = (lead.OwnerId, lead.PoolId, lead.TrayUserId);
                if (owner is { } one && one != before.OwnerId)
                {
                    released.Add(one);
                    await scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == lead.Id && o.To == null)
                        .ExecuteUpdateAsync(o => o.SetProperty(x => x.Ended, Ended.Voided).SetProperty(x => x.To, now), ct);
                }

                before.Restore(lead);
                if ((lead.PoolId is { } old && setting.Pools.Find(old) is null) || (lead.TrayUserId is { } user && !setting.CanOwn(user)))
                {
                    // Its place is gone: the pool was retired, or whose tray it was has left.
                    (lead.PoolId, lead.TrayUserId) = (setting.Pools.Find(PoolKeys.Nurture)!.Id, null);
                }

                if ((owner, pool, tray) != (lead.OwnerId, lead.PoolId, lead.TrayUserId))
                {
                    lead.PlacedAt = now;
                    scope.Db.Add(ImportEvent.Of(lead.Id, LeadEvent.PutBack, now, actorId, new PutBackData(owner, lead.PoolId, lead.TrayUserId, importId)));
                }

                if (lead.Cell is not null)
                {
                    lead.Take(Scorer.Score(setting.Scoring, lead.Facts(setting), [.. touches[lead.Id].Select(t => new TouchTally(t.Kind, t.Count, t.At))], now));
                }

                (lead.Version, lead.ChangedAt) = (lead.Version + 1, now);
                IReadOnlyList<FieldChange> back = [.. changes.SelectMany(c => c.Changes).Select(c => new FieldChange(c.Field, c.After, c.Before)).Reverse()];
                scope.Db.Add(ImportEvent.Of(lead.Id, LeadEvent.Edited, now, actorId, new EditedData(back, ImportId: importId)));
            }

            await scope.Db.SaveChangesAsync(ct);
            scope.Db.ChangeTracker.Clear();
        }

        return released;
    }

    // Changes of each lead in the order in which they were made.
    private async IAsyncEnumerable<Dictionary<Guid, List<EditedData>>> Pages([EnumeratorCancellation] CancellationToken ct)
    {
        const int refreshed = (int)LandingOutcome.Refreshed;
        var leads = await scope.Db.Set<ImportRow>().Where(r => r.ImportId == importId && r.Outcome == refreshed).Select(r => r.LeadId).Distinct().ToListAsync(ct);
        foreach (var page in leads.Order().Chunk(Page))
        {
            var events = await scope.Db.Set<EventRecord>().AsNoTracking()
                .Where(e => page.Contains(e.SubjectId) && (e.Kind == LeadEvent.Edited || e.Kind == LeadEvent.Reentered)).OrderBy(e => e.Position).ToListAsync(ct);
            yield return events.Select(e => (Lead: e.SubjectId, Change: Json.Read<EditedData>(e.Data)))
                .Where(e => e.Change.ImportId == importId && e.Change.Undo is not null)
                .GroupBy(e => e.Lead, e => e.Change).ToDictionary(g => g.Key, g => g.ToList());
        }
    }

    /// <summary>Takes back what was kept of the rows; the touches that stay.</summary>
    private async Task<ILookup<Guid, Touch>> TakeBackTouches(Dictionary<Guid, List<EditedData>> page, Guid[] leads, CancellationToken ct)
    {
        var touches = page.Values.SelectMany(c => c).SelectMany(c => c.Undo!.Touches).ToArray();
        var kept = page.Values.SelectMany(c => c).Select(c => c.SubmissionId).OfType<Guid>().ToArray();
        await TouchDays.Take(scope, await scope.Db.Set<Touch>().AsNoTracking().Where(t => leads.Contains(t.LeadId) && touches.Contains(t.Id)).ToListAsync(ct), setting.Calendar, ct);
        await scope.Db.Set<Touch>().Where(t => leads.Contains(t.LeadId) && touches.Contains(t.Id)).ExecuteDeleteAsync(ct);
        await scope.Db.Set<KeptSubmission>().Where(k => leads.Contains(k.LeadId) && kept.Contains(k.Id)).ExecuteDeleteAsync(ct);
        return (await scope.Db.Set<Touch>().AsNoTracking().Where(t => leads.Contains(t.LeadId)).ToListAsync(ct)).ToLookup(t => t.LeadId);
    }

    private async Task TakeBackContacts(Dictionary<Guid, List<EditedData>> page, Guid[] leads, CancellationToken ct)
    {
        var contacts = await scope.Db.Set<ContactPoint>().Where(c => leads.Contains(c.LeadId)).OrderBy(c => c.Key).ToListAsync(ct);
        scope.Db.RemoveRange(contacts.Where(c => c.Ordinal >= page[c.LeadId].Min(change => change.Undo!.OrdinalsFrom)));
    }
}
