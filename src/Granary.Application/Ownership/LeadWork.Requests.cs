using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

internal sealed partial class LeadWork
{
    /// <summary>Why somebody cannot be given a lead by hand; null when they can. Locks their counter and that of its owner.</summary>
    public async Task<LeadResult?> CannotTake(Lead lead, Guid to, CancellationToken ct)
    {
        if (!Setting.People.TryGetValue(to, out var person))
        {
            return new LeadResult.Invalid([new FieldError("to", "unknown_value")]);
        }

        if (person.Status != PersonStatus.Active)
        {
            return new LeadResult.Refused(LeadRefusal.InactiveUser);
        }

        if (lead.OwnerId == to)
        {
            return new LeadResult.Refused(LeadRefusal.AlreadyOwned);
        }

        await Board(lead.OwnerId is { } owner ? [owner, to] : [to], ct);
        return await Full(to, ct) ? new LeadResult.Refused(LeadRefusal.HoldingCapReached) : null;
    }

    /// <summary>Works on a closed lead again: for its last owner when they can have it, else in a pool; one that was never checked is held again.</summary>
    public async Task Reopen(Lead lead, string? reason, CancellationToken ct)
    {
        var last = await Scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == lead.Id).OrderByDescending(o => o.Id).Select(o => (Guid?)o.OwnerId).FirstOrDefaultAsync(ct);
        await Reopen(lead, reason, last, last is null && lead.Priority == 0 ? Setting.Pools.Invalid : null, ct);
    }

    /// <summary>Works on a closed lead again: for somebody when they can have it, else in a pool.</summary>
    public async Task Reopen(Lead lead, string? reason, Guid? owner, Guid? poolId, CancellationToken ct)
    {
        (lead.OwnerId, lead.PoolId, lead.InvalidReason, lead.Status) = (null, null, null, LeadStatus.Unassigned);
        Changes.Happened(lead.Id, LeadEvent.Reopened, Now, ActorId, new { reason });
        if (Setting.CanOwn(owner) && !await Full(owner!.Value, ct))
        {
            await Hand(lead, owner.Value, Acquired.AssignedByAdministrator, null, ct);
            return;
        }

        var pool = (poolId is { } known ? Setting.Pools.Find(known) : null) ?? PoolFor(Setting.PoolRules.ReturnPool, lead.Region);
        Pool(lead, pool);
        Changes.Happened(lead.Id, LeadEvent.Pooled, Now, ActorId, new PooledData(pool.Id, pool.Key, null, null));
    }

    /// <summary>Opens a request about a lead and tells those who decide it.</summary>
    public LeadRequest Ask(Lead lead, LeadRequestKind kind, Guid askedBy, string reason, Guid? to)
    {
        var due = Setting.DecisionDueAt(Now);
        var request = new LeadRequest
        {
            Id = Clock.NewId(Now),
            LeadId = lead.Id,
            Kind = kind,
            AskedBy = askedBy,
            AskedAt = Now,
            Reason = reason,
            To = to,
            DueAt = due,
            RemindAt = Setting.DecisionToldAt(Now, due, Now),
        };
        Scope.Db.Add(request);
        Changes.Happened(lead.Id, LeadEvent.Requested, Now, ActorId, new { kind, reason, to });
        foreach (var decider in LeadRequests.Deciders(Setting, kind, lead.OwnerId, askedBy))
        {
            Changes.Tell(decider, NoticeKind.RequestOpened, lead.Id, Now, ActorId);
        }

        return request;
    }

    /// <summary>Drops what is asked about a lead and is not needed any more.</summary>
    public async Task DropRequests(Lead lead, CancellationToken ct)
    {
        // One that is being decided in this work is decided in memory only so far.
        foreach (var open in (_asked?[lead.Id] ?? await Scope.Db.Set<LeadRequest>().Where(r => r.LeadId == lead.Id && r.Decision == null).ToListAsync(ct)).Where(r => r.Decision is null))
        {
            (open.Decision, open.DecidedBy, open.DecidedAt, open.RemindAt) = (LeadRequestDecision.Dropped, ActorId, Now, null);
        }
    }

    private async Task<bool> Full(Guid userId, CancellationToken ct) =>
        Setting.Roster.Find(userId)?.HoldingCap is { } cap && (await Board([userId], ct)).Board.LoadOf(userId).Holding >= cap;
}
