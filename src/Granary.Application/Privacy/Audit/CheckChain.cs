using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Events">Sealed events it has checked.</param>
/// <param name="Seals">Seals it has checked.</param>
/// <param name="Unsealed">Events that no seal covers yet.</param>
/// <param name="Fault">The first fault; null when the chain is sound.</param>
public sealed record ChainReport(long Events, long Seals, long Unsealed, AuditFault? Fault);

/// <summary>How far a verification has come.</summary>
/// <param name="UpTo">Where the seals end.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Events">Events so far.</param>
/// <param name="Seals">Seals so far.</param>
public sealed record ChainProgress(long UpTo, long Position, long Events, long Seals);

/// <summary>
/// Computes the whole chain anew and compares (§18): what was removed from sealed events, changed, put between them or put in
/// another order shows, and by the notes of this node also a missing end of the chain.
/// </summary>
public sealed class CheckChain(Store store, AuditNotes notes)
{
    private const int SealsAtOnce = 20, NotesAtOnce = 500;

    /// <summary>Checks from the beginning.</summary>
    /// <param name="noted">The hash of a seal that somebody noted elsewhere; null where there is none.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<ChainReport> Run(byte[]? noted, Func<ChainProgress, Task> progress, CancellationToken ct = default)
    {
        await using var db = store.Open();
        // The position is moved together with a seal, so what is read of it first is never ahead of the seals.
        var sealedTo = await db.Set<LogPosition>().Where(p => p.Consumer == SealEvents.Name).Select(p => p.Position).SingleOrDefaultAsync(ct);
        var end = await db.Set<AuditSeal>().OrderByDescending(s => s.Number).Select(s => s.Last).FirstOrDefaultAsync(ct);
        var (hash, last, seals, events, found) = (SealChain.Beginning, 0L, 0L, 0L, noted is null);
        for (List<AuditSeal> some; (some = await Seals(db, seals, ct)).Count > 0;)
        {
            foreach (var seal in some)
            {
                if (await Check(db, seal, seals + 1, hash, last, ct) is { } fault)
                {
                    return new ChainReport(events, seals, await Behind(db, end, ct), fault);
                }

                (hash, last, seals, events) = (seal.Hash, seal.Last, seals + 1, events + seal.Events);
                found |= noted.AsSpan().SequenceEqual(hash);
            }

            await progress(new ChainProgress(end, last, events, seals));
        }

        var missing = last < sealedTo ? new AuditFault(AuditFaultKind.SealMissing, seals + 1, null)
            : await Unknown(db, ct) ?? (found ? null : new AuditFault(AuditFaultKind.NotedSealMissing, null, null));
        return new ChainReport(events, seals, await Behind(db, last, ct), missing);
    }

    private static Task<List<AuditSeal>> Seals(GranaryDb db, long after, CancellationToken ct) => db.Set<AuditSeal>().AsNoTracking()
        .Where(s => s.Number > after || (after == 0 && s.Number < 1)).OrderBy(s => s.Number).Take(SealsAtOnce).ToListAsync(ct);

    private static async Task<long> Behind(GranaryDb db, long last, CancellationToken ct) => await db.Set<EventRecord>().LongCountAsync(e => e.Position > last, ct);

    private static async Task<AuditFault?> Check(GranaryDb db, AuditSeal seal, long number, byte[] before, long last, CancellationToken ct)
    {
        if (seal.Number != number)
        {
            return new AuditFault(seal.Number > number ? AuditFaultKind.SealMissing : AuditFaultKind.SealChanged, number, null);
        }

        var changed = new AuditFault(AuditFaultKind.SealChanged, number, null);
        if (seal.Events is < 1 or > ChainReading.Batch || seal.First != last + 1 || seal.Last < seal.First)
        {
            return changed;
        }

        // No position is below the first one, whatever stands there was put there. One event too many is enough to see.
        var events = await ChainReading.Read(db, number == 1 ? long.MinValue : last, seal.Last, seal.Events + 1, ct);
        var chained = events.ConvertAll(e => e.Chained);
        var sound = SealChain.Hash(before, number, seal.First, seal.Last, seal.At, chained).AsSpan().SequenceEqual(seal.Hash);
        if (sound)
        {
            return events.Count == seal.Events && SealChain.Marks(chained).AsSpan().SequenceEqual(seal.Marks) ? await Redactions(db, number, events, ct) : changed;
        }

        return SealChain.Difference(seal.Marks, chained) is { } difference ? new AuditFault(difference.Kind, number, difference.Position) : changed;
    }

    private static async Task<AuditFault?> Redactions(GranaryDb db, long seal, List<ReadEvent> events, CancellationToken ct)
    {
        var redacted = events.FindAll(e => e.Redaction is not null);
        if (redacted.Count == 0)
        {
            return null;
        }

        var (tellers, reasons) = (redacted.Select(e => e.Redaction!.ToldBy).Distinct().ToArray(), redacted.SelectMany(e => new[] { e.Redaction!.ReasonId, e.Record.SubjectId }).Distinct().ToArray());
        var told = (await db.Set<EventRecord>().AsNoTracking().Where(e => tellers.Contains(e.Position) && e.Kind == RedactEvents.Redacted).ToListAsync(ct))
            .SelectMany(t => Json.Read<RedactedData>(t.Data).Items.Select(i => (t.Position, t.SubjectId, Item: i))).ToHashSet();
        var covered = (await db.Set<EventRecord>().Where(e => reasons.Contains(e.SubjectId) && (e.Kind == RedactEvents.Erased || e.Kind == RedactEvents.Anonymised))
            .Select(e => e.SubjectId).Distinct().ToListAsync(ct)).ToHashSet();
        foreach (var (record, redaction) in redacted)
        {
            var item = new RedactedItem(record.Position, Convert.ToHexStringLower(redaction!.Original), Convert.ToHexStringLower(redaction.Present));
            AuditFaultKind? kind =
                !EventDigest.Of(record).AsSpan().SequenceEqual(redaction.Present) ? AuditFaultKind.RedactedEventChanged
                : !told.Contains((redaction.ToldBy, redaction.ReasonId, item)) ? AuditFaultKind.RedactionUntold
                : !covered.Contains(redaction.ReasonId) && !covered.Contains(record.SubjectId) ? AuditFaultKind.RedactionUncovered
                : null;
            if (kind is { } fault)
            {
                return new AuditFault(fault, seal, record.Position);
            }
        }

        return null;
    }

    private async Task<AuditFault?> Unknown(GranaryDb db, CancellationToken ct)
    {
        foreach (var some in notes.All().Chunk(NotesAtOnce))
        {
            var numbers = some.Select(n => n.Number).Distinct().ToArray();
            var known = await db.Set<AuditSeal>().Where(s => numbers.Contains(s.Number)).Select(s => new { s.Number, s.Hash }).ToDictionaryAsync(s => s.Number, s => s.Hash, ct);
            if (Array.Find(some, n => !n.Hash.AsSpan().SequenceEqual(known.GetValueOrDefault(n.Number))) is { } lost)
            {
                return new AuditFault(AuditFaultKind.NotedSealMissing, lost.Number, null);
            }
        }

        return null;
    }
}
