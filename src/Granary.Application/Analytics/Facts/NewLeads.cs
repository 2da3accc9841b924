using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Leads that came within a part of the log that was just read. They have no events before it, so their ways into pools are taken from it; and where it tells
/// of nothing but how they landed, no table of later work is asked for them: asking for each of thousands costs the database as much as landing them.
/// </summary>
internal sealed class NewLeads
{
    // What takes a lead into a pool.
    private static readonly string[] Pools = [LeadEvent.Pooled, LeadEvent.Returned, LeadEvent.Recycled, LeadEvent.Withdrawn, LeadEvent.Moved, LeadEvent.Invalidated, LeadEvent.ConversionUndone];

    // What is told of a lead before anybody has worked on it.
    private static readonly HashSet<string> Landing =
        [LeadEvent.Captured, LeadEvent.Assigned, LeadEvent.Pooled, LeadEvent.Trayed, LeadEvent.Scored, LeadEvent.Touched, LeadEvent.LinkedFrom, LeadEvent.PossibleDuplicate];

    private readonly HashSet<Guid> _came;
    private readonly HashSet<Guid> _worked;
    private readonly ILookup<Guid, LoggedEvent> _pooled;

    /// <summary>Looks through a part of the log.</summary>
    /// <param name="came">The leads that came in it.</param>
    /// <param name="events">What it tells.</param>
    /// <param name="others">Leads that something else it tells of concerns.</param>
    public NewLeads(HashSet<Guid> came, IReadOnlyCollection<LoggedEvent> events, IEnumerable<Guid> others)
    {
        _came = came;
        _worked = [.. events.Where(e => !Landing.Contains(e.Kind)).Select(e => e.SubjectId), .. others];
        _pooled = events.Where(e => e.Data is not null && came.Contains(e.SubjectId)).ToLookup(e => e.SubjectId);
    }

    /// <summary>None: every table is asked for every lead.</summary>
    public static NewLeads None { get; } = new([], [], []);

    /// <summary>Reads the log behind a position, up to another.</summary>
    public static Task<List<LoggedEvent>> Read(GranaryDb db, long after, long upTo, int take, CancellationToken ct) =>
        Logged(EventLog.Behind(db, after, upTo, take)).ToListAsync(ct);

    /// <summary>Whether nobody can have worked on a lead.</summary>
    public bool Untouched(Guid lead) => _came.Contains(lead) && !_worked.Contains(lead);

    /// <summary>What took some leads into pools, in the order in which it happened.</summary>
    public async Task<IEnumerable<LoggedEvent>> Pooled(GranaryDb db, Guid[] leads, CancellationToken ct)
    {
        Guid[] others = [.. leads.Where(id => !_came.Contains(id))];
        var asked = others.Length == 0 ? [] : await Logged(db.Set<EventRecord>().Where(e => others.Contains(e.SubjectId) && Pools.Contains(e.Kind))).ToListAsync(ct);
        return leads.SelectMany(id => _pooled[id]).Concat(asked).OrderBy(e => e.Position);
    }

    private static IQueryable<LoggedEvent> Logged(IQueryable<EventRecord> events) =>
        events.Select(e => new LoggedEvent(e.Position, e.Kind, e.SubjectId, e.At, Pools.Contains(e.Kind) ? e.Data : null));
}

/// <summary>Something that the log tells.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="Kind">What happened.</param>
/// <param name="SubjectId">To whom.</param>
/// <param name="At">When.</param>
/// <param name="Data">What is told of a way into a pool; null of everything else.</param>
internal sealed record LoggedEvent(long Position, string Kind, Guid SubjectId, DateTimeOffset At, string? Data);
