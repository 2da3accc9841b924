using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// Reads the event log by position, for consumers that must not skip anything. With several writers a position can become
/// visible after a higher one; up to <see cref="Settled"/> nothing can come any more.
/// </summary>
public sealed class EventLog(Store store)
{
    // The highest position that was visible once, and the first transaction that had not begun then.
    private readonly Queue<(long Position, long Next)> _seen = new();
    private readonly Lock _lock = new();
    private long _settled;

    /// <summary>
    /// The position up to which the log is complete. Whoever held a lower position back when a higher one was seen had begun
    /// by then; once the oldest running transaction is a later one, they have all ended.
    /// </summary>
    public async Task<long> Settled(CancellationToken ct)
    {
        await using var db = store.Open();
        if (store.IsSqlite)
        {
            // There is one writer.
            return await db.Set<EventRecord>().MaxAsync(e => (long?)e.Position, ct) ?? 0;
        }

        var look = await db.Database.SqlQuery<Look>($"""
            SELECT COALESCE((SELECT max(position) FROM event), 0) AS "Position",
                pg_snapshot_xmin(s)::text::bigint AS "Oldest", pg_snapshot_xmax(s)::text::bigint AS "Next"
            FROM pg_current_snapshot() AS s
            """).SingleAsync(ct);
        lock (_lock)
        {
            if (_seen.Count == 0 || _seen.Last().Position < look.Position)
            {
                _seen.Enqueue((look.Position, look.Next));
            }

            while (_seen.TryPeek(out var first) && first.Next <= look.Oldest)
            {
                _settled = Math.Max(_settled, _seen.Dequeue().Position);
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

        await scope.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO log_position (consumer, position) SELECT {consumer}, 0 WHERE NOT EXISTS (SELECT 1 FROM log_position WHERE consumer = {consumer}) ON CONFLICT DO NOTHING", ct);
        return await positions.FromSql($"SELECT * FROM log_position WHERE consumer = {consumer} FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(ct);
    }

    /// <summary>What stands behind a position, in order, up to another.</summary>
    public static Task<List<EventRecord>> Read(GranaryDb db, long after, long upTo, int take, CancellationToken ct) => db.Set<EventRecord>().AsNoTracking()
        .Where(e => e.Position > after && e.Position <= upTo).OrderBy(e => e.Position).Take(take).ToListAsync(ct);

    private sealed record Look(long Position, long Oldest, long Next);
}
