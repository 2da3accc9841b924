using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Follows the event log and keeps facts and rollups of every lead that something happened to, and facts of the opportunities it led to. One node at a time, in batches, each in one
/// transaction with the position it ends at. A second position walks once over all leads in the order of their ids: at the very beginning, and
/// where the organisation's time zone changes, as then every day may be another.
/// </summary>
public sealed class FactConsumer(Store store, SettingCache settings, EventLog log)
{
    /// <summary>Name of its position.</summary>
    public const string Name = "facts";

    private const int Batch = 8000;

    private static readonly LogWalk Walk = new("facts.all", FactWork.Step);

    /// <summary>Takes everything that is in the log by now, and one step of the walk at the least.</summary>
    /// <returns>How many events were read.</returns>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var read = await LogWalk.Run(store, log, (scope, upTo) => Follow(scope, upTo, ct), Batch, scope => Go(scope, ct), ct);
        while (await store.Write(scope => Answered(scope, ct), ct))
        {
        }

        return read;
    }

    /// <summary>Whether the walk over all leads has not ended: figures are not whole yet.</summary>
    public static Task<bool> IsWalking(GranaryDb db, CancellationToken ct) => Walk.IsGoing(db, ct);

    private async Task<int> Follow(WriteScope scope, long upTo, CancellationToken ct)
    {
        if (await EventLog.Take(scope, Name, ct) is not { } position || position.Position >= upTo)
        {
            return 0;
        }

        if (position.Position == 0)
        {
            // What was there before is looked at once, not event by event.
            position.Position = upTo;
            await scope.Db.SaveChangesAsync(ct);
            await Walk.Begin(scope, ct);
            return 0;
        }

        var events = await NewLeads.Read(scope.Db, position.Position, upTo, Batch, ct);
        position.Position = events.Count < Batch ? upTo : events[^1].Position;
        await scope.Db.SaveChangesAsync(ct);
        if (events.Any(e => e.Kind == "organisation.changed" && e.SubjectId == SettingEvents.Organisation))
        {
            await Walk.Begin(scope, ct);
        }

        // Behind the beginning of a walk, which waits for who walks, who waits for this.
        await WriteSheets.Alone(scope, ct);
        // Nothing can have been merged, or have begun, with what just came, or its own events say so.
        HashSet<Guid> came = [.. events.Where(e => e.Kind == LeadEvent.Captured).Select(e => e.SubjectId)];
        Guid[] subjects = [.. events.Select(e => e.SubjectId).Distinct().Where(s => !came.Contains(s))];
        var leads = await Leads(scope.Db, subjects, ct);
        var fresh = new NewLeads(came, events, leads);
        leads.UnionWith(came);
        // Answers that are known by now are counted along.
        await scope.Db.Set<ResponseChange>().Where(c => leads.Contains(c.LeadId)).ExecuteDeleteAsync(ct);
        await FactWork.Refresh(scope, await Setting(scope, ct), leads.Order(), subjects, fresh, ct);
        return events.Count;
    }

    /// <summary>Takes leads whose responses another consumer has changed behind the event; says whether there are more.</summary>
    private async Task<bool> Answered(WriteScope scope, CancellationToken ct)
    {
        if (!await scope.Db.Set<ResponseChange>().AnyAsync(ct) || await EventLog.Take(scope, Name, ct) is null)
        {
            return false;
        }

        await WriteSheets.Alone(scope, ct);
        var changes = await scope.Db.Set<ResponseChange>().AsNoTracking().OrderBy(c => c.Id).Take(FactWork.Step).ToListAsync(ct);
        Guid[] taken = [.. changes.Select(c => c.Id)];
        await scope.Db.Set<ResponseChange>().Where(c => taken.Contains(c.Id)).ExecuteDeleteAsync(ct);
        await FactWork.RefreshWork(scope, await Setting(scope, ct), [.. changes.Select(c => c.LeadId).Distinct()], ct);
        return changes.Count == FactWork.Step;
    }

    /// <summary>The leads that events are about: their own, those with which opportunities began, and those into which others were merged.</summary>
    internal static async Task<HashSet<Guid>> Leads(GranaryDb db, Guid[] subjects, CancellationToken ct)
    {
        HashSet<Guid> leads = [.. await db.Set<Lead>().Where(l => subjects.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)];
        leads.UnionWith(await db.Set<LeadFact>().Where(f => subjects.Contains(f.LeadId)).Select(f => f.LeadId).ToListAsync(ct));
        leads.UnionWith(await db.Set<WorkFact>().Where(f => subjects.Contains(f.LeadId)).Select(f => f.LeadId).ToListAsync(ct));
        leads.UnionWith(await db.Set<Opportunity>().Where(o => subjects.Contains(o.Id) && o.LeadId != null).Select(o => o.LeadId!.Value).ToListAsync(ct));
        var known = leads.ToArray();
        leads.UnionWith(await db.Set<Lead>().Where(l => known.Contains(l.Id) && l.MergedIntoId != null).Select(l => l.MergedIntoId!.Value).ToListAsync(ct));
        return leads;
    }

    private Task<bool> Go(WriteScope scope, CancellationToken ct) => Walk.Go(
        scope,
        from => scope.Db.Set<Lead>().Where(l => l.Id >= from).Select(l => l.Id),
        async ids =>
        {
            await WriteSheets.Alone(scope, ct);
            await FactWork.Refresh(scope, await Setting(scope, ct), ids, [], NewLeads.None, ct);
        },
        ct);

    private async Task<Setting> Setting(WriteScope scope, CancellationToken ct) =>
        await settings.AtRevision(await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct), ct);
}
