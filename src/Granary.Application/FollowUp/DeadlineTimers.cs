using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>Timers as they are locked and written, set-wise.</summary>
internal static class DeadlineTimers
{
    /// <summary>The timers of some leads, locked.</summary>
    public static async Task<Dictionary<Guid, LeadTimer>> Lock(WriteScope scope, Guid[] leads, CancellationToken ct)
    {
        var timers = scope.Db.Set<LeadTimer>();
        var locked = scope.Store.IsSqlite
            ? timers.Where(t => leads.Contains(t.LeadId))
            : timers.FromSql($"SELECT * FROM timer WHERE lead_id = ANY({leads}) ORDER BY lead_id FOR UPDATE");
        return await locked.AsNoTracking().ToDictionaryAsync(t => t.LeadId, ct);
    }

    /// <summary>Timers that are due, the earliest first, locked; those another node has are passed over.</summary>
    public static Task<List<LeadTimer>> Due(WriteScope scope, DateTimeOffset now, int most, CancellationToken ct)
    {
        var timers = scope.Db.Set<LeadTimer>();
        var due = scope.Store.IsSqlite
            ? timers.Where(t => t.DueAt <= now).OrderBy(t => t.DueAt).ThenBy(t => t.LeadId).Take(most)
            : timers.FromSql($"SELECT * FROM timer WHERE due_at <= {now} ORDER BY due_at, lead_id LIMIT {most} FOR UPDATE SKIP LOCKED");
        return due.AsNoTracking().ToListAsync(ct);
    }

    /// <summary>Puts new timers in the place of old ones of the same leads; rows that stay as they are are not touched.</summary>
    public static async Task Replace(WriteScope scope, IReadOnlyDictionary<Guid, LeadTimer> before, IReadOnlyDictionary<Guid, LeadTimer?> after, CancellationToken ct)
    {
        var changed = after.Where(t => !Same(before.GetValueOrDefault(t.Key), t.Value)).ToList();
        var gone = changed.Where(t => before.ContainsKey(t.Key)).Select(t => t.Key).ToArray();
        if (gone.Length > 0)
        {
            await scope.Db.Set<LeadTimer>().Where(t => gone.Contains(t.LeadId)).ExecuteDeleteAsync(ct);
        }

        await scope.Insert().Add([.. changed.Select(t => t.Value).OfType<LeadTimer>()]).Send(ct);
    }

    private static bool Same(LeadTimer? one, LeadTimer? other) => one is null || other is null
        ? one is null && other is null
        : (one.DueAt, one.RuleId, one.Percent, one.DeadlineAt, one.DeadlineRule, one.State) == (other.DueAt, other.RuleId, other.Percent, other.DeadlineAt, other.DeadlineRule, other.State);
}
