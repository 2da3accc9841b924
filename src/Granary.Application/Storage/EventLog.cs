using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// Reads the event log by position, for consumers that must not skip anything. With several writers a position can become
/// visible after a higher one; up to <see cref="Settled"/> nothing can come any more.
/// </summary>
public sealed class EventLog(Store store)
{
    // Positions that were visible once, each with those who wrote in the log then, and the looks that had begun by then.
    private readonly Queue<(long Position, IReadOnlySet<string> Writers, long Looks)> _seen = new();
    private readonly Lock _lock = new();
    private long _settled, _looked, _looks;

    /// <summary>
    /// The position up to which the log is complete. Whoever held a lower position back when a higher one was seen was writing in
    /// the log then, and held its table until the end; once those have all ended, nothing can come below. The numbers of
    /// transactions do not tell it: one with a higher number may hold a lower position.
    /// </summary>
    public async Task<long> Settled(CancellationToken ct)
    {
        await using var db = store.Open();
        if (store.IsSqlite)
        {
            // There is one writer.
            return await db.Set<EventRecord>().MaxAsync(e => (long?)e.Position, ct) ?? 0;
        }

        var turn = Interlocked.Increment(ref _looks);
        // First the last position that was given to anybody, then, knowing it, who writes: whoever was given one holds the table before.
        var look = await db.Database.SqlQuery<Look>($"""
            WITH given AS MATERIALIZED (SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS position FROM event_position)
            SELECT position AS "Position", COALESCE((
                SELECT string_agg(virtualtransaction, ' ') FROM pg_locks
                WHERE locktype = 'relation' AND relation = 'event'::regclass AND mode = 'RowExclusiveLock' AND granted AND given.position >= 0
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())), '') AS "Writers"
            FROM given
            """).SingleAsync(ct);
        var writers = look.Writers.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        lock (_lock)
        {
            if (look.Position > _looked)
            {
                _looked = look.Position;
                _seen.Enqueue((look.Position, writers, Volatile.Read(ref _looks)));
            }

            // A look that began before a position was seen knows nothing of those who wrote then.
            while (_seen.TryPeek(out var first) && (first.Writers.Count == 0 || (turn > first.Looks && !first.Writers.Overlaps(writers))))
            {
                _settled = _seen.Dequeue().Position;
            }

            return _settled;
        }
    }

    /// <summary>Where a consumer stands, locked until the transaction ends; null while another node works for it.</summary>
    public static async Task<LogPosition?> Take(WriteScope scope, string consumer, CancellationToken ct)
    {
        var positions = scope.Db.Set<LogPosition>();
        if (scope.Store.IsSqlite)
        {
            if (await positions.SingleOrDefaultAsync(p => p.Consumer == consumer, ct) is { } known)
            {
                return known;
            }

            return positions.Add(new LogPosition { Consumer = consumer }).Entity;
        }

        // A consumer looks up the few things that something happened to; by the index, also while nobody has counted a table that grows fast.
        await scope.Db.Database.ExecuteSqlAsync(
            $"SET LOCAL enable_seqscan = off; INSERT INTO log_position (consumer, position) SELECT {consumer}, 0 WHERE NOT EXISTS (SELECT 1 FROM log_position WHERE consumer = {consumer}) ON CONFLICT DO NOTHING", ct);
        return await positions.FromSql($"SELECT * FROM log_position WHERE consumer = {consumer} FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(ct);
    }

    /// <summary>What stands behind a position, in order, up to another.</summary>
    public static IQueryable<EventRecord> Behind(GranaryDb db, long after, long upTo, int take) =>
        db.Set<EventRecord>().AsNoTracking().Where(e => e.Position > after && e.Position <= upTo).OrderBy(e => e.Position).Take(take);

    /// <summary>The same, read.</summary>
    public static Task<List<EventRecord>> Read(GranaryDb db, long after, long upTo, int take, CancellationToken ct) => Behind(db, after, upTo, take).ToListAsync(ct);

    /// <summary>The same without what was told, for those who look at the present state of what it was about.</summary>
    public static Task<List<EventHead>> Heads(GranaryDb db, long after, long upTo, int take, CancellationToken ct) =>
        Behind(db, after, upTo, take).Select(e => new EventHead(e.Position, e.Kind, e.SubjectId)).ToListAsync(ct);

    private sealed record Look(long Position, string Writers);
}

/// <summary>That something happened to somebody.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="Kind">What happened.</param>
/// <param name="SubjectId">To whom.</param>
public readonly record struct EventHead(long Position, string Kind, Guid SubjectId);
