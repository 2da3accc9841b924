using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Audit;

/// <summary>An entry of the log with its redaction, from one look at the database.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Redaction">Its redaction; null where nothing was taken out.</param>
internal sealed record ReadEvent(EventRecord Record, EventRedaction? Redaction)
{
    /// <summary>The entry as the chain sees it: with the digest of what was written first.</summary>
    public ChainedEvent Chained => new(Record.Position, Redaction?.Original ?? EventDigest.Of(Record));
}

/// <summary>Reads the log as the chain sees it.</summary>
internal static class ChainReading
{
    // The longest run that is sealed, or looked at, at once.
    public const int Batch = 2_000;

    /// <summary>Entries behind a position up to another, in order. Both tables come from one statement, hence from one state: a redaction that commits meanwhile is seen whole or not at all.</summary>
    public static async Task<List<ReadEvent>> Read(GranaryDb db, long after, long upTo, int take, CancellationToken ct)
    {
        var rows = await (
            from e in db.Set<EventRecord>().AsNoTracking()
            where e.Position > after && e.Position <= upTo
            join r in db.Set<EventRedaction>().AsNoTracking() on e.Position equals r.Position into redactions
            from redaction in redactions.DefaultIfEmpty()
            orderby e.Position
            select new { e, redaction }).Take(take).ToListAsync(ct);
        return rows.ConvertAll(r => new ReadEvent(r.e, r.redaction));
    }
}
