using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Audit;

/// <summary>
/// Follows the event log and seals it (§18), one node at a time; then every node notes the last seal in its own data folder.
/// Only what is settled is sealed: no event can come between sealed ones later.
/// </summary>
public sealed class SealEvents(Store store, EventLog log, AuditNotes notes, TimeProvider time)
{
    /// <summary>Name of its position.</summary>
    public const string Name = "audit";

    /// <summary>The chain shows when the newest seals were taken out, but for those of so short a time.</summary>
    public static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    /// <summary>Seals everything that is settled by now, and notes the last seal where it is time.</summary>
    /// <returns>The seals made.</returns>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var (made, upTo) = (0, await log.Settled(ct));
        while (await store.Write(scope => Seal(scope, upTo, ct), ct))
        {
            made++;
        }

        await Note(ct);
        return made;
    }

    private async Task<bool> Seal(WriteScope scope, long upTo, CancellationToken ct)
    {
        if (await EventLog.Take(scope, Name, ct) is not { } position)
        {
            return false;
        }

        var last = await scope.Db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        var events = await ChainReading.Read(scope.Db, last?.Last ?? 0, upTo, ChainReading.Batch, ct);
        if (events.Count == 0)
        {
            return false;
        }

        var chained = events.ConvertAll(e => e.Chained);
        var (number, first, end, now) = ((last?.Number ?? 0) + 1, (last?.Last ?? 0) + 1, chained[^1].Position, time.Now);
        scope.Db.Add(new AuditSeal
        {
            Number = number,
            First = first,
            Last = end,
            Events = chained.Count,
            Hash = SealChain.Hash(last?.Hash ?? SealChain.Beginning, number, first, end, now, chained),
            Marks = SealChain.Marks(chained),
            At = now,
        });
        // Never back: a position ahead of the last seal shows that seals were taken out.
        position.Position = Math.Max(position.Position, end);
        await scope.Db.SaveChangesAsync(ct);
        return true;
    }

    // The seal is durable before it is noted; whoever is killed between notes it, or a later one, when they come back.
    private async Task Note(CancellationToken ct)
    {
        var noted = notes.Latest;
        await using var db = store.Open();
        if (await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct) is { } last
            && (noted is null || (!noted.Hash.AsSpan().SequenceEqual(last.Hash) && time.Now - noted.At >= NoteEvery)))
        {
            notes.Append(last);
        }
    }
}
