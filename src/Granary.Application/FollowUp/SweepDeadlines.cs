using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>
/// Does what is due: reminds, records missed deadlines, takes leads back, moves them between pools (§9, §10). Takes timers that
/// are due and no others, so that it costs what is due. Safe on several nodes: a timer is locked by whoever works on it, and what
/// was done is written with the timer in one transaction; what a node that dies has not committed, another does.
/// </summary>
public sealed class SweepDeadlines(Store store, SettingCache settings, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Does all that is due and returns how many leads it looked at.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var total = 0;
        while (await AnyDue(ct))
        {
            var done = await store.Write(scope => Once(scope, ct), ct);
            total += done;
            if (done == 0)
            {
                break;
            }
        }

        return total;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        var now = time.Now;
        await using var db = store.Open();
        return await db.Set<LeadTimer>().AnyAsync(t => t.DueAt <= now, ct);
    }

    private async Task<int> Once(WriteScope scope, CancellationToken ct)
    {
        var work = await LeadWork.Begin(scope, settings, time.Now, null, ct);
        var timers = await DeadlineTimers.Due(scope, work.Now, Batch, ct);
        var before = timers.ToDictionary(t => t.LeadId);
        Dictionary<Guid, LeadTimer?> after = [];

        // Most looks find nothing due any more, and those leads need no lock.
        var seen = (await DeadlineCase.Load(scope.Db, work.Setting, [.. before.Keys], ct)).ToDictionary(c => c.Lead.Id);
        var due = new Dictionary<Guid, DeadlineWatch>();
        foreach (var timer in timers)
        {
            var state = DeadlineState.Of(timer, seen.GetValueOrDefault(timer.LeadId)?.Open?.Id);
            var watch = seen.TryGetValue(timer.LeadId, out var one) ? DeadlineWatch.Of(one, state, work.Now) : null;
            if (watch is { IsDue: true })
            {
                due[timer.LeadId] = watch;
            }
            else
            {
                after[timer.LeadId] = watch?.Timer(timer.LeadId, state, work.Now);
            }
        }

        var acts = new DeadlineActs(work);
        await acts.LockCounters(due.Select(d => (seen[d.Key], d.Value)), ct);
        var locked = await DeadlineCase.Of(scope.Db, work.Setting, await LockLeads(scope, [.. due.Keys], ct), ct);
        foreach (var one in locked.OrderBy(c => before[c.Lead.Id].DueAt))
        {
            var state = DeadlineState.Of(before[one.Lead.Id], one.Open?.Id);
            // Somebody may have changed it between the look and the lock; a lead that goes needs its counters locked first.
            if (DeadlineWatch.Of(one, state, work.Now) is var watch && (!watch.Moves || due[one.Lead.Id].Moves))
            {
                after[one.Lead.Id] = await acts.Do(one, watch, state, ct);
            }
        }

        await work.Save(ct);
        await scope.Insert().Add(acts.Violations).Send(ct);
        await DeadlineTimers.Replace(scope, before.Where(t => after.ContainsKey(t.Key)).ToDictionary(), after, ct);
        return after.Count;
    }

    // A lead that somebody changes at this moment is looked at again with the next sweep.
    private static Task<List<Lead>> LockLeads(WriteScope scope, Guid[] ids, CancellationToken ct)
    {
        var leads = scope.Db.Set<Lead>();
        var locked = scope.Store.IsSqlite
            ? leads.Where(l => ids.Contains(l.Id))
            : leads.FromSql($"SELECT * FROM lead WHERE id = ANY({ids}) ORDER BY id FOR UPDATE SKIP LOCKED");
        return locked.ToListAsync(ct);
    }
}
