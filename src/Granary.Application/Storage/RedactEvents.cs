using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>What the log keeps of entries that were cleaned.</summary>
/// <param name="Items">Which, and what they were and are.</param>
public sealed record RedactedData(IReadOnlyList<RedactedItem> Items);

/// <summary>An entry that was cleaned.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Original">Digest of what was written, in hexadecimal.</param>
/// <param name="Present">Digest of what it says now, in hexadecimal.</param>
public sealed record RedactedItem(long Position, string Original, string Present);

/// <summary>
/// Takes personal data out of the event log so that its chain of seals can still be checked (§18). The caller writes an event
/// <see cref="Erased"/> or <see cref="Anonymised"/> in the same transaction, whose subject is the reason or the subject of the
/// cleaned entries: a redaction that no such event covers is a fault of the chain.
/// </summary>
public static class RedactEvents
{
    /// <summary>A person was erased.</summary>
    public const string Erased = "privacy.erased";

    /// <summary>A retention period ended.</summary>
    public const string Anonymised = "privacy.anonymised";

    /// <summary>Entries of the log were cleaned; written by this, its subject is the reason.</summary>
    public const string Redacted = "privacy.redacted";

    private const int Batch = 500;

    /// <summary>Cleans what the log keeps of some subjects.</summary>
    /// <param name="scope">The caller's transaction.</param>
    /// <param name="subjects">Whose entries.</param>
    /// <param name="clean">What an entry's data becomes; the same data leaves it as it is.</param>
    /// <param name="reasonId">The request or the run it is done for.</param>
    /// <param name="actorId">Who does it; null for the product itself.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>How many entries were changed.</returns>
    public static async Task<int> OfSubjects(
        WriteScope scope, IReadOnlyCollection<Guid> subjects, Func<EventRecord, string> clean, Guid reasonId, Guid? actorId, DateTimeOffset now, CancellationToken ct = default)
    {
        var events = scope.Db.Set<EventRecord>();
        List<long> positions = [];
        foreach (var some in subjects.Distinct().Chunk(Batch))
        {
            positions.AddRange(await events.Where(e => some.Contains(e.SubjectId)).Select(e => e.Position).ToListAsync(ct));
        }

        return await At(scope, positions, clean, reasonId, actorId, now, ct);
    }

    /// <summary>Cleans entries at some positions.</summary>
    /// <inheritdoc cref="OfSubjects"/>
    public static async Task<int> At(
        WriteScope scope, IReadOnlyCollection<long> positions, Func<EventRecord, string> clean, Guid reasonId, Guid? actorId, DateTimeOffset now, CancellationToken ct = default)
    {
        var cleaned = 0;
        foreach (var some in positions.Distinct().Order().Chunk(Batch))
        {
            cleaned += await Clean(scope, some, clean, reasonId, actorId, now, ct);
        }

        return cleaned;
    }

    private static async Task<int> Clean(
        WriteScope scope, long[] positions, Func<EventRecord, string> clean, Guid reasonId, Guid? actorId, DateTimeOffset now, CancellationToken ct)
    {
        List<(EventRedaction Redaction, EventRecord Event)> changed = [];
        // Locked before earlier redactions are read: two at once would both take what they see for the original.
        var events = await Locked(scope, positions).ToListAsync(ct);
        var known = await scope.Db.Set<EventRedaction>().Where(r => positions.Contains(r.Position)).ToDictionaryAsync(r => r.Position, ct);
        foreach (var record in events)
        {
            var (original, data) = (EventDigest.Of(record), clean(record));
            if (data == record.Data)
            {
                continue;
            }

            record.Data = data;
            var redaction = known.GetValueOrDefault(record.Position)
                ?? scope.Db.Add(new EventRedaction { Position = record.Position, Original = original, Present = original }).Entity;
            (redaction.At, redaction.ReasonId, redaction.Present) = (now, reasonId, EventDigest.Of(record));
            changed.Add((redaction, record));
        }

        if (changed.Count == 0)
        {
            return 0;
        }

        var items = changed.ConvertAll(c => new RedactedItem(c.Redaction.Position, Convert.ToHexStringLower(c.Redaction.Original), Convert.ToHexStringLower(c.Redaction.Present)));
        var told = new EventRecord { At = now, ActorId = actorId, SubjectId = reasonId, Kind = Redacted, Data = Json.Write(new RedactedData(items)) };
        scope.Db.Add(told);
        await scope.Db.SaveChangesAsync(ct);
        changed.ForEach(c => c.Redaction.ToldBy = told.Position);
        await scope.Db.SaveChangesAsync(ct);
        // Long runs go through many batches in one context.
        changed.ForEach(c => (scope.Db.Entry(c.Event).State, scope.Db.Entry(c.Redaction).State) = (EntityState.Detached, EntityState.Detached));
        scope.Db.Entry(told).State = EntityState.Detached;
        return changed.Count;
    }

    private static IQueryable<EventRecord> Locked(WriteScope scope, long[] positions) => scope.Store.IsSqlite
        ? scope.Db.Set<EventRecord>().Where(e => positions.Contains(e.Position)).OrderBy(e => e.Position)
        : scope.Db.Set<EventRecord>().FromSql($"SELECT * FROM event WHERE position = ANY({positions}) ORDER BY position FOR UPDATE");
}
