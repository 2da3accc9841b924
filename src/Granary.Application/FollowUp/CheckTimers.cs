using Granary.Application.Capture;
using Granary.Application.Ownership.Recount;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>What a look at all timers found.</summary>
public sealed class TimerCheck
{
    private readonly List<Difference> _differences = [];

    /// <summary>Timers that are there.</summary>
    public int Timers { get; internal set; }

    /// <summary>Leads whose timers are about to be made anew, because the log or the rules have just moved on; nothing is said of them.</summary>
    public int Waiting { get; internal set; }

    /// <summary>Leads whose timer is missing, is not needed or comes late.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    internal void Differ(Guid id, string what) => _differences.Add(new Difference(id, what));
}

/// <summary>
/// Checks that each lead about which something will be due has its timer, in time, and no other has one (§10). Page by page, each
/// one state of the database, so it may run beside everything else.
/// </summary>
public sealed class CheckTimers(Store store, SettingCache settings, TimeProvider time)
{
    private const int Page = 500;

    /// <summary>Checks all.</summary>
    public async Task<TimerCheck> Run(CancellationToken ct = default)
    {
        var check = new TimerCheck();
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            last = await store.Look(scope => One(scope.Db, after, check, ct), ct);
        }

        await using var db = store.Open();
        foreach (var id in await db.Set<LeadTimer>().Where(t => !db.Set<Lead>().Any(l => l.Id == t.LeadId)).Select(t => t.LeadId).ToListAsync(ct))
        {
            check.Differ(id, "timer: its lead is not there");
        }

        return check;
    }

    private async Task<Guid?> One(GranaryDb db, Guid after, TimerCheck check, CancellationToken ct)
    {
        var now = time.Now;
        var setting = await settings.AtRevision(await db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct), ct);
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => l.Id > after).OrderBy(l => l.Id).Take(Page).ToListAsync(ct);
        var ids = leads.Select(l => l.Id).ToArray();
        var timers = await db.Set<LeadTimer>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).ToDictionaryAsync(t => t.LeadId, ct);
        var waiting = await DeadlineConsumer.Waiting(db, ids, ct);
        foreach (var one in await DeadlineCase.Of(db, setting, leads, ct))
        {
            var timer = timers.GetValueOrDefault(one.Lead.Id);
            check.Timers += timer is null ? 0 : 1;
            check.Waiting += waiting.Contains(one.Lead.Id) ? 1 : 0;
            if (!waiting.Contains(one.Lead.Id) && Wrong(one, timer, now) is { } what)
            {
                check.Differ(one.Lead.Id, what);
            }
        }

        return leads.Count == Page ? ids[^1] : null;
    }

    private static string? Wrong(DeadlineCase one, LeadTimer? timer, DateTimeOffset now)
    {
        var state = DeadlineState.Of(timer, one.Open?.Id);
        var wanted = DeadlineWatch.Of(one, state, now).Timer(one.Lead.Id, state, now);
        // What nobody was there to take is offered again somewhat later than it was due.
        var latest = now.AddMinutes(one.Setting.Assignment.RetryMinutes);
        return wanted is null ? timer is null ? null : "timer: not needed"
            : timer is null ? $"timer: missing, due {wanted.DueAt:u}"
            : timer.DueAt > wanted.DueAt && timer.DueAt > latest ? $"timer: comes {timer.DueAt:u}, due {wanted.DueAt:u}"
            : null;
    }
}
