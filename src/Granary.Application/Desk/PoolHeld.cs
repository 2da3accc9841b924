using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A lead that somebody got from a pool and holds.</summary>
public sealed record HeldLead
{
    /// <summary>The ownership, by which pages are cut.</summary>
    public required Guid OwnershipId { get; init; }

    /// <summary>The lead.</summary>
    public required Guid LeadId { get; init; }

    /// <summary>Company, or contact where there is none. Contact data is never read.</summary>
    public string? Name { get; init; }

    /// <summary>pending or working.</summary>
    public required LeadStatus Status { get; init; }

    /// <summary>Who holds it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>How they got it.</summary>
    public required Acquired Acquired { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Counted follow-ups since.</summary>
    public required int FollowUps { get; init; }

    /// <summary>The last of them.</summary>
    public DateTimeOffset? LastFollowUpAt { get; init; }

    /// <summary>Until when no flow rule takes it away.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>The manager who locked it.</summary>
    public Guid? LockedBy { get; init; }

    /// <summary>Whether the reader may open it.</summary>
    public bool Opens { get; init; }
}

/// <summary>Which of the leads that are held from a pool are asked for.</summary>
/// <param name="Owner">Those of one holder.</param>
/// <param name="Locked">Those that are locked, or are not.</param>
public sealed record HeldFilter(Guid? Owner = null, bool? Locked = null);

/// <summary>Lists for a pool's managers who holds what came from it (§9), the latest first.</summary>
public sealed class PoolHeld(Store store)
{
    /// <summary>A page; one more than asked for where there are more. Whether the viewer looks after the pool is asked before.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The last ownership of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<HeldLead>> Read(Viewer viewer, Guid poolId, HeldFilter filter, Guid? after = null, int take = LeadList.PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var held = Of(db, poolId, filter);
        held = after is { } last ? held.Where(o => o.Id < last) : held;
        var reached = viewer.Leads(db);
        return await held.OrderByDescending(o => o.Id).Take(take + 1)
            .Join(db.Set<Lead>(), o => o.LeadId, l => l.Id, (o, l) => new HeldLead
            {
                OwnershipId = o.Id,
                LeadId = l.Id,
                Name = l.CompanyName ?? l.ContactName,
                Status = l.Status,
                OwnerId = o.OwnerId,
                Acquired = o.Acquired,
                From = o.From,
                FollowUps = o.FollowUps,
                LastFollowUpAt = o.LastFollowUpAt,
                ProtectedUntil = o.ProtectedUntil,
                LockedBy = o.LockedBy,
                Opens = reached.Any(r => r.Id == l.Id),
            })
            .OrderByDescending(h => h.OwnershipId).ToListAsync(ct);
    }

    /// <summary>How many there are; one more than <see cref="LeadList.CountedUpTo"/> says that there are more than that.</summary>
    public async Task<int> Count(Guid poolId, HeldFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Of(db, poolId, filter).Select(o => o.Id).Take(LeadList.CountedUpTo + 1).CountAsync(ct);
    }

    private static IQueryable<OwnershipRecord> Of(GranaryDb db, Guid poolId, HeldFilter filter)
    {
        var held = db.Set<OwnershipRecord>().AsNoTracking().Where(o => o.FromPoolId == poolId && o.To == null);
        held = filter.Owner is { } owner ? held.Where(o => o.OwnerId == owner) : held;
        return filter.Locked is { } locked ? held.Where(o => o.LockedBy != null == locked) : held;
    }
}
