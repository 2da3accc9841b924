using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Audit;

/// <summary>What the log keeps of a verification of its chain.</summary>
public sealed record VerifiedData(AuditState State, long Events, long Seals, AuditFault? Fault);

/// <summary>
/// Verifications of the chain that somebody asked for: they run in the background, on one node each, and begin again where a
/// node was lost.
/// </summary>
public sealed class VerifyAudit(Store store, CheckChain chain, SealEvents seals, TimeProvider time)
{
    /// <summary>Kind of the event of a verification that has ended.</summary>
    public const string Verified = "audit.verified";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Asks for one; while one waits or runs that looks for the same, it is that one.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="noted">The hash of a seal noted elsewhere, to be found in the chain; null where there is none.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AuditVerification> Request(Viewer viewer, byte[]? noted, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            var open = await scope.Db.Set<AuditVerification>().AsNoTracking().Where(v => v.EndedAt == null).ToListAsync(ct);
            if (open.Find(v => noted.AsSpan().SequenceEqual(v.Noted)) is { } running)
            {
                return running;
            }

            var asked = new AuditVerification { Id = time.NewId(), RequestedAt = time.Now, RequestedById = viewer.UserId, Noted = noted };
            scope.Db.Add(asked);
            await scope.Db.SaveChangesAsync(ct);
            return asked;
        },
        ct);

    /// <summary>The latest ones, the latest first.</summary>
    public async Task<IReadOnlyList<AuditVerification>> Latest(int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<AuditVerification>().AsNoTracking().OrderByDescending(v => v.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>One of them; null where there is none.</summary>
    public async Task<AuditVerification?> Find(Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<AuditVerification>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct);
    }

    /// <summary>The last seal; null before the first.</summary>
    public async Task<AuditSeal?> LastSeal(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
    }

    /// <summary>Runs what waits.</summary>
    public async Task Run(CancellationToken ct = default)
    {
        while (await Take(ct) is { } taken)
        {
            // What has happened by now is to be covered too.
            await seals.Run(ct);
            var report = await chain.Run(taken.Noted, progress => Move(taken.Id, progress, ct), ct);
            await End(taken, report, ct);
        }
    }

    private Task<AuditVerification?> Take(CancellationToken ct)
    {
        var (now, until) = (time.Now, time.Now + Lease);
        return store.Write(
            async scope =>
            {
                var waiting = scope.Db.Set<AuditVerification>().Where(v => v.EndedAt == null && (v.LeasedUntil == null || v.LeasedUntil <= now));
                return await waiting.AsNoTracking().OrderBy(v => v.RequestedAt).FirstOrDefaultAsync(ct) is { } next
                    && await waiting.Where(v => v.Id == next.Id).ExecuteUpdateAsync(v => v.SetProperty(x => x.LeasedUntil, until), ct) == 1 ? next : null;
            },
            ct);
    }

    private Task<int> Move(Guid id, ChainProgress to, CancellationToken ct)
    {
        var until = time.Now + Lease;
        return store.Write(scope => scope.Db.Set<AuditVerification>().Where(v => v.Id == id && v.EndedAt == null).ExecuteUpdateAsync(
            v => v.SetProperty(x => x.LeasedUntil, until).SetProperty(x => x.UpTo, to.UpTo).SetProperty(x => x.Position, to.Position)
                .SetProperty(x => x.Events, to.Events).SetProperty(x => x.Seals, to.Seals),
            ct), ct);
    }

    private Task End(AuditVerification taken, ChainReport report, CancellationToken ct)
    {
        var (now, state) = (time.Now, report.Fault is null ? AuditState.Sound : AuditState.Faulty);
        var fault = report.Fault is { } found ? Json.Write(found) : null;
        return store.Write(
            async scope =>
            {
                var ended = await scope.Db.Set<AuditVerification>().Where(v => v.Id == taken.Id && v.EndedAt == null).ExecuteUpdateAsync(
                    v => v.SetProperty(x => x.EndedAt, now).SetProperty(x => x.State, state).SetProperty(x => x.Events, report.Events)
                        .SetProperty(x => x.Seals, report.Seals).SetProperty(x => x.Fault, fault).SetProperty(x => x.LeasedUntil, (DateTimeOffset?)null),
                    ct);
                if (ended == 1)
                {
                    scope.Db.Add(new EventRecord
                    {
                        At = now,
                        ActorId = taken.RequestedById,
                        SubjectId = taken.Id,
                        Kind = Verified,
                        Data = Json.Write(new VerifiedData(state, report.Events, report.Seals, report.Fault)),
                    });
                    await scope.Db.SaveChangesAsync(ct);
                }
            },
            ct);
    }
}
