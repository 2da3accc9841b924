using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Runs reactivations (§9), by hand or when they are due. A run pushes batch after batch, each in one transaction under the
/// lock of the reactivation's row, so that several nodes neither do the same nor wait for each other. A reactivation stays due
/// until its run has ended: a run that a crash cut short is taken up again and pushes no lead twice.
/// </summary>
public sealed class RunReactivation(LeadVerb verb, Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>What a plan selects is counted up to here.</summary>
    public const int CountedUpTo = 10_000;

    private const int Batch = 100;

    // Where nobody can have what is selected, a run does not walk through whole pools to find that out.
    private const int LooksForEach = 10, LooksAtLeast = 1_000;

    /// <summary>Runs one now; one that is running is carried to its end.</summary>
    /// <param name="actor">Who starts it.</param>
    /// <param name="id">The reactivation.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The run; null when there is no such reactivation.</returns>
    public async Task<ReactivationRun?> Now(Guid actor, Guid id, CancellationToken ct = default)
    {
        if (await Begin(id, actor, ct) is not { } begun)
        {
            return null;
        }

        await Carry(begun, ct);
        await using var db = store.Open();
        return await db.Set<ReactivationRun>().AsNoTracking().SingleAsync(r => r.ReactivationId == id && r.Id == begun.Run.Id, ct);
    }

    /// <summary>Runs all that are due and returns how many leads were pushed.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var pushed = 0;
        foreach (var id in await Due(ct))
        {
            if (await Begin(id, null, ct) is { } begun)
            {
                pushed += await Carry(begun, ct);
            }
        }

        return pushed;
    }

    private async Task<List<Guid>> Due(CancellationToken ct)
    {
        var now = time.Now;
        await using var db = store.Open();
        return await db.Set<Reactivation>().Where(r => r.NextAt != null && r.NextAt <= now).OrderBy(r => r.NextAt).Select(r => r.Id).ToListAsync(ct);
    }

    /// <summary>Opens a run, or takes up the one that has not ended; null when there is nothing to run.</summary>
    private async Task<Begun?> Begin(Guid id, Guid? actor, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await db.Set<Reactivation>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } stored)
        {
            return null;
        }

        var plan = Json.Read<ReactivationPlan>(stored.Plan);
        var selected = await new ReactivationCandidates(db, setting, plan, time.Now).Count(CountedUpTo + 1, ct);
        return await store.Write<Begun?>(
            async scope =>
            {
                var now = time.Now;
                if (await Lock(scope, id, waits: actor is not null, ct) is not { } reactivation || (actor is null && !(reactivation.NextAt <= now)))
                {
                    return null;
                }

                var run = await Running(scope.Db, reactivation, now, ct);
                if (run is null)
                {
                    run = new ReactivationRun { Id = Clock.NewId(now), ReactivationId = id, At = now, ActorId = actor, Selected = selected };
                    reactivation.NextAt = actor is null ? reactivation.NextAt : now;
                    scope.Db.Add(run);
                    scope.Db.Add(new EventRecord { At = now, ActorId = actor, SubjectId = id, Kind = "reactivation.began", Data = Json.Write(new { runId = run.Id, selected }) });
                    await scope.Db.SaveChangesAsync(ct);
                }

                return new Begun(reactivation.Name, plan, run);
            },
            ct);
    }

    private async Task<int> Carry(Begun begun, CancellationToken ct)
    {
        var (pushed, seen) = (0, 0);
        var push = new ReactivationPushing(begun);
        for (ReactivationPlace? place = default(ReactivationPlace); place is { } from;)
        {
            IReadOnlyList<Guid> leads;
            await using (var db = store.Open())
            {
                (leads, place) = await new ReactivationCandidates(db, await settings.Get(ct), begun.Plan, time.Now).Next(from, Batch, ct);
            }

            seen += leads.Count;
            var last = place is null || seen >= Math.Max(LooksAtLeast, begun.Plan.Push.PerRun * LooksForEach);
            var (done, ended) = await verb.Run(begun.Run.ActorId, work => One(work, begun, push, leads, last, ct), ct);
            pushed += done;
            if (ended)
            {
                break;
            }
        }

        return pushed;
    }

    /// <summary>Pushes one batch of a run.</summary>
    /// <returns>How many leads were pushed, and whether this node is done with the run.</returns>
    private static async Task<(int Pushed, bool Ended)> One(
        LeadWork work, Begun begun, ReactivationPushing push, IReadOnlyList<Guid> leads, bool last, CancellationToken ct)
    {
        // Another node that has the row carries the run on.
        if (await Lock(work.Scope, begun.Run.ReactivationId, waits: false, ct) is not { } reactivation
            || await Running(work.Scope.Db, reactivation, work.Now, ct) is not { } run || run.Id != begun.Run.Id)
        {
            return (0, true);
        }

        var pushed = await push.Push(work, leads, begun.Plan.Push.PerRun - run.Pushed, ct);
        run.Pushed += pushed;
        var ended = last || run.Pushed >= begun.Plan.Push.PerRun;
        if (ended)
        {
            reactivation.NextAt = reactivation.Open ? begun.Plan.Schedule.Next(work.Now, work.Setting.Calendar) : null;
        }

        return (pushed, ended);
    }

    // While its run has not ended a reactivation is due, and the run began after it fell due.
    private static async Task<ReactivationRun?> Running(GranaryDb db, Reactivation reactivation, DateTimeOffset now, CancellationToken ct) =>
        reactivation.NextAt is { } due && due <= now
            ? await db.Set<ReactivationRun>().Where(r => r.ReactivationId == reactivation.Id && r.At >= due).OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct)
            : null;

    private static async Task<Reactivation?> Lock(WriteScope scope, Guid id, bool waits, CancellationToken ct)
    {
        var rows = scope.Db.Set<Reactivation>();
        var locked = scope.Store.IsSqlite ? rows.Where(r => r.Id == id)
            : waits ? rows.FromSql($"SELECT * FROM reactivation WHERE id = {id} FOR UPDATE")
            : rows.FromSql($"SELECT * FROM reactivation WHERE id = {id} FOR UPDATE SKIP LOCKED");
        return (await locked.ToListAsync(ct)).SingleOrDefault();
    }

    /// <summary>A run with the plan it began with.</summary>
    internal sealed record Begun(string Name, ReactivationPlan Plan, ReactivationRun Run);
}
