using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

internal sealed partial class LeadWork
{
    private ILookup<Guid, OwnershipRecord>? _open;
    private ILookup<Guid, LeadRequest>? _asked;

    /// <summary>Reads what ending the ownerships of many leads asks for at once.</summary>
    public async Task Prefetch(IReadOnlyList<Guid> leads, CancellationToken ct)
    {
        _open = (await Scope.Db.Set<OwnershipRecord>().Where(o => leads.Contains(o.LeadId) && o.To == null).ToListAsync(ct)).ToLookup(o => o.LeadId);
        _asked = (await Scope.Db.Set<LeadRequest>().Where(r => leads.Contains(r.LeadId) && r.Decision == null).ToListAsync(ct)).ToLookup(r => r.LeadId);
    }

    /// <summary>Ends the ownership that is open, frees its place, and drops what its owner asked for.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="how">How it ends.</param>
    /// <param name="reason">Why, as whoever ends it says.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task End(Lead lead, Ended how, string? reason, CancellationToken ct)
    {
        if (lead.OwnerId is not { } owner || lead.Status is not (LeadStatus.Pending or LeadStatus.Working))
        {
            return;
        }

        (await Board([owner], ct)).Board.Release(owner);
        foreach (var open in _open?[lead.Id] ?? await Scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == lead.Id && o.To == null).ToListAsync(ct))
        {
            (open.Ended, open.To, open.Reason) = (how, Now, reason);
        }

        await DropRequests(lead, ct);
    }

    /// <summary>
    /// Takes a lead from whoever has it and puts it into a pool: the one asked for, else the one that the policy has for what
    /// is returned; a regional pool of the lead's region goes before it. Its owner is told, unless they do it themselves.
    /// </summary>
    /// <param name="lead">The lead.</param>
    /// <param name="how">How the ownership ends; <see cref="Ended.Transferred"/> is a manager's withdrawal.</param>
    /// <param name="reason">Why.</param>
    /// <param name="poolKey">The pool; null leaves it to the policy.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task Drop(Lead lead, Ended how, string? reason, string? poolKey, CancellationToken ct)
    {
        var from = lead.OwnerId;
        await End(lead, how, reason, ct);
        var pool = PoolFor(poolKey ?? Setting.PoolRules.ReturnPool, lead.Region);
        Pool(lead, pool);
        var kind = how switch { Ended.Returned => LeadEvent.Returned, Ended.Recycled => LeadEvent.Recycled, _ => LeadEvent.Withdrawn };
        Changes.Happened(lead.Id, kind, Now, ActorId, new DroppedData(from, pool.Id, pool.Key, reason));
        if (from is { } owner)
        {
            Changes.Tell(owner, NoticeKind.LeadTaken, lead.Id, Now, ActorId);
        }
    }

    /// <summary>Gives a lead to somebody, whoever had it, and tells them. Whether they may have it is asked before.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="how">How they come to own it; <see cref="Acquired.Claimed"/> does not count as taken in today.</param>
    /// <param name="reason">Why, as whoever gives it says.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task Hand(Lead lead, Guid to, Acquired how, string? reason, CancellationToken ct)
    {
        var from = lead.OwnerId;
        var board = (await Board(from is { } owner ? [owner, to] : [to], ct)).Board;
        await End(lead, Ended.Transferred, reason, ct);
        var pool = lead.PoolId;
        (lead.OwnerId, lead.PoolId, lead.TrayUserId, lead.RetryAt, lead.Status, lead.PlacedAt) = (to, null, null, null, LeadStatus.Pending, Now);
        Placement.Own(lead, to, how, pool);
        Changes.Assignments.Add(new AssignmentRecord { Id = Clock.NewId(Now), LeadId = lead.Id, At = Now, OwnerId = to, ActorId = ActorId });
        if (how == Acquired.Claimed)
        {
            board.Hold(to);
            Changes.Happened(lead.Id, LeadEvent.Claimed, Now, ActorId, new { ownerId = to, poolId = pool });
            return;
        }

        board.Take(to);
        var kind = how == Acquired.OwnerChanged ? LeadEvent.Transferred : LeadEvent.Assigned;
        Changes.Happened(lead.Id, kind, Now, ActorId, new AssignedData(to, how.ToString(), null, from, reason));
        Changes.Tell(to, NoticeKind.LeadAssigned, lead.Id, Now, ActorId);
        if (from is { } loser)
        {
            Changes.Tell(loser, NoticeKind.LeadTaken, lead.Id, Now, ActorId);
        }
    }

    /// <summary>Counts work of the owner as a follow-up: the ownership notes it, protection grows, the lead is being worked on.</summary>
    public async Task FollowedUp(Lead lead, CancellationToken ct)
    {
        (lead.FollowedAt, lead.Status) = (Now, lead.Status == LeadStatus.Pending ? LeadStatus.Working : lead.Status);
        if (await Scope.Db.Set<OwnershipRecord>().SingleOrDefaultAsync(o => o.LeadId == lead.Id && o.To == null, ct) is { } open)
        {
            (open.FollowUps, open.FirstFollowUpAt, open.LastFollowUpAt) = (open.FollowUps + 1, open.FirstFollowUpAt ?? Now, Now);
            open.ProtectedUntil = Protection.AfterFollowUp(Setting.PoolRules.Protection, open.From, open.ProtectedUntil, Now);
        }
    }

    /// <summary>Notes that the owner's decision about the lead has fallen (§10 SDR decision).</summary>
    public async Task Decided(Lead lead, CancellationToken ct)
    {
        if (await Scope.Db.Set<OwnershipRecord>().SingleOrDefaultAsync(o => o.LeadId == lead.Id && o.To == null, ct) is { } open)
        {
            open.DecidedAt ??= Now;
        }
    }

    /// <summary>Lays a lead into a pool, nobody's any more.</summary>
    public void Pool(Lead lead, Pool pool)
    {
        (lead.OwnerId, lead.TrayUserId, lead.PoolId, lead.RetryAt) = (null, null, pool.Id, null);
        // What an owner planned is nobody's plan now; it stays in the follow-ups.
        (lead.NextStep, lead.NextAt, lead.Status, lead.PlacedAt) = (null, null, LeadStatus.Unassigned, Now);
    }

    /// <summary>The pool that takes a lead meant for a pool: a regional one of its region, else the pool itself, else nurture.</summary>
    public Pool PoolFor(string key, string? region) =>
        Setting.PoolRules.StandIns(key, region).Append(PoolKeys.Nurture).Select(Setting.Pools.Find).First(pool => pool is not null)!;
}
