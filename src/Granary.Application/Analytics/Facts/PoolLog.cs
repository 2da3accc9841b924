using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What the log tells of the ways of leads into pools. Leads that came within a part of the log that is read anyway have no events before it, so theirs are
/// taken from that part as one range: asking for each of thousands by itself costs the database as much as landing them.
/// </summary>
internal sealed class PoolLog
{
    private static readonly string[] Kinds = [LeadEvent.Pooled, LeadEvent.Returned, LeadEvent.Recycled, LeadEvent.Withdrawn, LeadEvent.Moved, LeadEvent.Invalidated, LeadEvent.ConversionUndone];

    private readonly IReadOnlySet<Guid> _fresh;
    private readonly ILookup<Guid, PoolEvent> _events;

    private PoolLog(IReadOnlySet<Guid> fresh, IEnumerable<PoolEvent> events) => (_fresh, _events) = (fresh, events.Where(e => fresh.Contains(e.LeadId)).ToLookup(e => e.LeadId));

    /// <summary>Knows of no lead, and asks for each.</summary>
    public static PoolLog Nothing { get; } = new(new HashSet<Guid>(), []);

    /// <summary>Reads what the log tells behind a position, up to another, of leads that came there.</summary>
    public static async Task<PoolLog> Read(GranaryDb db, long after, long upTo, IReadOnlySet<Guid> fresh, CancellationToken ct) =>
        fresh.Count == 0 ? Nothing : new PoolLog(fresh, await In(db.Set<EventRecord>().Where(e => e.Position > after && e.Position <= upTo), ct));

    /// <summary>What it tells of some leads, in the order in which it happened.</summary>
    public async Task<IEnumerable<PoolEvent>> Of(GranaryDb db, Guid[] leads, CancellationToken ct)
    {
        Guid[] others = [.. leads.Where(id => !_fresh.Contains(id))];
        var asked = others.Length == 0 ? [] : await In(db.Set<EventRecord>().Where(e => others.Contains(e.SubjectId)), ct);
        return leads.Distinct().SelectMany(id => _events[id]).Concat(asked).OrderBy(e => e.Position);
    }

    private static async Task<List<PoolEvent>> In(IQueryable<EventRecord> events, CancellationToken ct) =>
        await events.AsNoTracking().Where(e => Kinds.Contains(e.Kind)).Select(e => new PoolEvent(e.SubjectId, e.Position, e.Kind, e.At, e.Data)).ToListAsync(ct);

    /// <summary>That a lead came into a pool.</summary>
    public sealed record PoolEvent(Guid LeadId, long Position, string Kind, DateTimeOffset At, string Data);
}
