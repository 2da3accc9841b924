using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Which events the audit shows; all that is given must hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Who did it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What it is about.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Kinds, such as <c>lead.viewed</c>, or a whole group, such as <c>policy.*</c>; any of them.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>From when.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before when.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether nothing is filtered.</summary>
    public bool IsEmpty => this is { ActorId: null, SubjectId: null, Kinds.Count: 0, From: null, To: null };
}

/// <summary>A page of the audit.</summary>
/// <param name="Events">Events, the latest first.</param>
/// <param name="Next">Before which position the search goes on; null where the log was searched to its beginning.</param>
public sealed record AuditEntries(IReadOnlyList<EventRecord> Events, long? Next);

/// <summary>
/// Reads the event log for those who may (§18): who saw, changed and exported what. Contact data that somebody wrote into a
/// text is masked. A permission that reaches some people shows what those did.
/// </summary>
public sealed class ReadAudit(Store store, EventLog log)
{
    // What is rare may be far back: a page looks through so much of the log and goes on where the next one is asked for.
    private const long Window = 200_000;
    private const int Windows = 5;

    private static readonly TimeSpan Spread = TimeSpan.FromHours(2);
    private static readonly LeadVeil Mask = new([.. PoolFields.All]);

    // Looking is told apart from doing: kinds of events that say what somebody saw or took out.
    private static readonly string[] Seeing = [LeadEvent.Viewed, LeadEvent.Revealed, LeadEvent.FileOpened];

    /// <summary>A page of the audit, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="before">Only what stands before this position; null begins with the latest.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AuditEntries> Read(Viewer viewer, AuditFilter filter, long? before, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var low = filter.From is { } from ? await LogBegin.Of(db, from, ct) : 0;
        var high = before ?? (await db.Set<EventRecord>().MaxAsync(e => (long?)e.Position, ct) ?? 0) + 1;
        if (filter.To is { } to)
        {
            high = Math.Min(high, await LogBegin.Of(db, to + Spread, ct) + 2_000);
        }

        var events = Filtered(Visible(db, viewer), filter);
        List<EventRecord> read = [];
        for (var window = 0; window < Windows && high > low; window++)
        {
            // What is about one thing is found by an index, wherever it stands.
            var (top, bottom) = (high, filter.SubjectId is null ? Math.Max(low, high - Window) : low);
            read.AddRange(await events.Where(e => e.Position < top && e.Position >= bottom).OrderByDescending(e => e.Position).Take(take + 1 - read.Count).ToListAsync(ct));
            high = bottom;
            if (read.Count > take)
            {
                return new AuditEntries([.. read.Take(take).Select(Mask.Of)], read[take - 1].Position);
            }
        }

        return new AuditEntries([.. read.Select(Mask.Of)], high > low ? high : null);
    }

    /// <summary>The log as a feed: what stands behind a position, in order, up to where nothing can come between any more.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="kinds">Kinds or groups of kinds; all where none is given.</param>
    /// <param name="after">Behind which position.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The events, and the position up to which the log was looked through.</returns>
    public async Task<(IReadOnlyList<EventRecord> Events, long UpTo)> Feed(Viewer viewer, IReadOnlyList<string> kinds, long after, int take, CancellationToken ct = default)
    {
        var upTo = Math.Max(after, Math.Min(await log.Settled(ct), after > long.MaxValue - Window ? long.MaxValue : after + (Window * Windows)));
        await using var db = store.Open();
        var read = await Filtered(Visible(db, viewer), new AuditFilter { Kinds = kinds })
            .Where(e => e.Position > after && e.Position <= upTo).OrderBy(e => e.Position).Take(take).ToListAsync(ct);
        return ([.. read.Select(Mask.Of)], read.Count == take ? read[^1].Position : upTo);
    }

    /// <summary>Who saw a lead, the latest first: whoever looked at it, at its contact data, or opened a file of it.</summary>
    public async Task<IReadOnlyList<EventRecord>> WhoSaw(Viewer viewer, Guid leadId, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Visible(db, viewer).Where(e => e.SubjectId == leadId && Seeing.Contains(e.Kind)).OrderByDescending(e => e.Position).Take(take).ToListAsync(ct);
    }

    private static IQueryable<EventRecord> Visible(GranaryDb db, Viewer viewer)
    {
        var events = db.Set<EventRecord>().AsNoTracking();
        if (viewer.Owners(Permission.ViewAudit) is not { } owners)
        {
            return events;
        }

        var list = owners.ToArray();
        return events.Where(e => e.ActorId != null && list.Contains(e.ActorId.Value));
    }

    private static IQueryable<EventRecord> Filtered(IQueryable<EventRecord> events, AuditFilter filter)
    {
        if (filter.ActorId is { } actor)
        {
            events = events.Where(e => e.ActorId == actor);
        }

        if (filter.SubjectId is { } subject)
        {
            events = events.Where(e => e.SubjectId == subject);
        }

        if (filter.From is { } from)
        {
            events = events.Where(e => e.At >= from);
        }

        if (filter.To is { } to)
        {
            events = events.Where(e => e.At < to);
        }

        if (filter.Kinds.Count > 0)
        {
            var exact = filter.Kinds.Where(k => !k.EndsWith('*')).ToArray();
            var groups = filter.Kinds.Where(k => k.EndsWith('*')).Select(k => k[..^1]).ToArray();
            events = events.Where(e => exact.Contains(e.Kind) || groups.Any(g => EF.Functions.Like(e.Kind, g + "%")));
        }

        return events;
    }
}
