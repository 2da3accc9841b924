using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>
/// Follows the event log and arms the deadlines of every lead that something happened to. One node at a time, in batches, each in
/// one transaction with the position it ends at. Where what rules the time changes for everybody (a policy, the calendar), a
/// second position walks once over all open leads in the order of their ids, a batch for each look at the log: what just
/// happened never waits for it, and it goes on after a stop.
/// </summary>
public sealed class DeadlineConsumer(Store store, SettingCache settings, EventLog log, TimeProvider time)
{
    /// <summary>Name of its position.</summary>
    public const string Name = "deadlines";

    private const int Batch = 2000;

    private static readonly LogWalk Walk = new("deadlines.all", 500);

    // What changes nothing that a deadline looks at, its own doings first.
    private static readonly HashSet<string> Passed =
    [
        LeadEvent.Reminded, LeadEvent.Violated, LeadEvent.ViolationNoted, LeadEvent.Viewed, LeadEvent.Revealed, LeadEvent.FileOpened, LeadEvent.LinkedFrom, LeadEvent.PossibleDuplicate,
        LeadEvent.Requested, LeadEvent.RequestDecided, LeadEvent.RequestOverdue,
    ];

    // What changes the time or the part of an owner; that they signed in changes neither.
    private static readonly HashSet<string> OwnersTime = ["user.created", "user.changed", "user.departed", "user.leave_granted", "user.leave_ended", "user.duty_planned"];

    /// <summary>Takes everything that is in the log by now, and one step of the walk at the least.</summary>
    /// <returns>How many events were read.</returns>
    public Task<int> Run(CancellationToken ct = default) =>
        LogWalk.Run(store, log, (scope, upTo) => Follow(scope, upTo, ct), Batch, scope => Go(scope, ct), ct);

    /// <summary>Those of some leads to whose timers this has not come yet: something happened to them behind its position, or the walk is before them.</summary>
    internal static async Task<HashSet<Guid>> Waiting(GranaryDb db, Guid[] leads, CancellationToken ct)
    {
        var positions = await db.Set<LogPosition>().Where(p => p.Consumer == Name || p.Consumer == Walk.Name).ToDictionaryAsync(p => p.Consumer, p => p.Position, ct);
        var (followed, walked) = (positions.GetValueOrDefault(Name), positions.GetValueOrDefault(Walk.Name, LogWalk.Arrived));
        var happened = await db.Set<EventRecord>().Where(e => e.Position > followed && leads.Contains(e.SubjectId)).Select(e => e.SubjectId).Distinct().ToListAsync(ct);
        return [.. happened, .. leads.Where(id => walked < LogWalk.Arrived && IdOrder.UpperHalf(id) >= walked)];
    }

    private async Task<int> Follow(WriteScope scope, long upTo, CancellationToken ct)
    {
        if (await EventLog.Take(scope, Name, ct) is not { } position || position.Position >= upTo)
        {
            return 0;
        }

        var events = await EventLog.Heads(scope.Db, position.Position, upTo, Batch, ct);
        position.Position = events.Count < Batch ? upTo : events[^1].Position;
        await scope.Db.SaveChangesAsync(ct);
        var leads = events.Where(e => e.Kind.StartsWith("lead.", StringComparison.Ordinal) && !Passed.Contains(e.Kind)).Select(e => e.SubjectId);
        if (events.Any(e => e.SubjectId == SettingEvents.Organisation && RulesTime(e.Kind)))
        {
            await Walk.Begin(scope, ct);
        }

        var people = events.Where(e => OwnersTime.Contains(e.Kind)).Select(e => e.SubjectId).Distinct().ToArray();
        var theirs = people.Length == 0 ? [] : await scope.Db.Set<Lead>()
            .Where(l => l.OwnerId != null && people.Contains(l.OwnerId.Value) && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working)).Select(l => l.Id).ToListAsync(ct);
        foreach (var some in leads.Concat(theirs).Distinct().Order().Chunk(Batch))
        {
            await DeadlineArming.Arm(scope, await Setting(scope, ct), some, time.Now, ct);
        }

        return events.Count;
    }

    private static bool RulesTime(string kind) =>
        kind is "policy.published" or "organisation.changed" || kind.StartsWith("calendar.", StringComparison.Ordinal);

    private Task<bool> Go(WriteScope scope, CancellationToken ct) => Walk.Go(
        scope,
        from => scope.Db.Set<Lead>()
            .Where(l => l.Id >= from && (l.Status == LeadStatus.Unassigned || l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working)).Select(l => l.Id),
        async ids => await DeadlineArming.Arm(scope, await Setting(scope, ct), ids, time.Now, ct),
        ct);

    private async Task<Setting> Setting(WriteScope scope, CancellationToken ct) =>
        await settings.AtRevision(await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct), ct);
}
