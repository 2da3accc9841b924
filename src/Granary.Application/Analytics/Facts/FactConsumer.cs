using Granary.Application.Capture;
using Granary.Application.Opportunities;
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

    /// <summary>Name of the position of its walk over all leads.</summary>
    public const string Walk = "facts.all";

    private const int Batch = 2000, Step = 1000;
    private const long Arrived = long.MaxValue;

    /// <summary>Takes everything that is in the log by now, and one step of the walk at the least.</summary>
    /// <returns>How many events were read.</returns>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var total = 0;
        for (var walking = true; walking;)
        {
            var upTo = await log.Settled(ct);
            int read;
            do
            {
                read = await store.Write(scope => Follow(scope, upTo, ct), ct);
                total += read;
            }
            while (read == Batch);
            walking = await store.Write(scope => Go(scope, ct), ct);
        }

        return total;
    }

    /// <summary>Whether the walk over all leads has not ended: figures are not whole yet.</summary>
    public static Task<bool> IsWalking(GranaryDb db, CancellationToken ct) => db.Set<LogPosition>().AnyAsync(p => p.Consumer == Walk && p.Position < Arrived, ct);

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
            await Begin(scope, ct);
            return 0;
        }

        var events = await EventLog.Read(scope.Db, position.Position, upTo, Batch, ct);
        position.Position = events.Count < Batch ? upTo : events[^1].Position;
        await scope.Db.SaveChangesAsync(ct);
        if (events.Any(e => e.Kind == "organisation.changed" && e.SubjectId == SettingEvents.Organisation))
        {
            await Begin(scope, ct);
        }

        Guid[] subjects = [.. events.Select(e => e.SubjectId).Distinct()];
        var setting = await Setting(scope, ct);
        var leads = await Leads(scope.Db, subjects, ct);
        foreach (var some in leads.Order().Chunk(Step))
        {
            await FactWork.Refresh(scope, setting, some, ct);
        }

        await DealWork.Refresh(scope, setting, leads, subjects, ct);
        return events.Count;
    }

    /// <summary>The leads that events are about: their own, those with which opportunities began, and those into which others were merged.</summary>
    internal static async Task<HashSet<Guid>> Leads(GranaryDb db, Guid[] subjects, CancellationToken ct)
    {
        HashSet<Guid> leads = [.. await db.Set<Lead>().Where(l => subjects.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)];
        leads.UnionWith(await db.Set<LeadFact>().Where(f => subjects.Contains(f.LeadId)).Select(f => f.LeadId).ToListAsync(ct));
        leads.UnionWith(await db.Set<Opportunity>().Where(o => subjects.Contains(o.Id) && o.LeadId != null).Select(o => o.LeadId!.Value).ToListAsync(ct));
        var known = leads.ToArray();
        leads.UnionWith(await db.Set<Lead>().Where(l => known.Contains(l.Id) && l.MergedIntoId != null).Select(l => l.MergedIntoId!.Value).ToListAsync(ct));
        return leads;
    }

    private static async Task Begin(WriteScope scope, CancellationToken ct)
    {
        if (await scope.Db.Set<LogPosition>().Where(p => p.Consumer == Walk).ExecuteUpdateAsync(p => p.SetProperty(x => x.Position, 0), ct) == 0)
        {
            scope.Db.Add(new LogPosition { Consumer = Walk });
            await scope.Db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Walks one step.</summary>
    private async Task<bool> Go(WriteScope scope, CancellationToken ct)
    {
        if (!await IsWalking(scope.Db, ct) || await EventLog.Take(scope, Walk, ct) is not { Position: < Arrived } position)
        {
            return false;
        }

        var from = IdOrder.Id(position.Position);
        var ids = await scope.Db.Set<Lead>().Where(l => l.Id >= from).OrderBy(l => l.Id).Select(l => l.Id).Take(Step).ToArrayAsync(ct);
        position.Position = ids.Length < Step ? Arrived : Math.Max(IdOrder.UpperHalf(ids[^1]), position.Position + 1);
        await scope.Db.SaveChangesAsync(ct);
        if (ids.Length > 0)
        {
            var setting = await Setting(scope, ct);
            await FactWork.Refresh(scope, setting, ids, ct);
            await DealWork.Refresh(scope, setting, ids, [], ct);
        }

        return ids.Length == Step;
    }

    private async Task<Setting> Setting(WriteScope scope, CancellationToken ct) =>
        await settings.AtRevision(await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct), ct);
}
