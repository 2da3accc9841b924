using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;

namespace Granary.Application.Ownership;

/// <summary>Puts a lead where assignment decided: to an owner, into a tray, or into a pool, with everything that records it.</summary>
internal sealed class Placement(Setting setting, LeadChanges changes, DateTimeOffset now)
{
    /// <summary>Carries out a decision on a lead that nobody owns.</summary>
    public void Place(Lead lead, AssignmentDecision decision, Acquired how, Guid? actorId = null)
    {
        var pool = decision.PoolKey is { } key ? setting.Pools.Find(key) ?? setting.Pools.Find(PoolKeys.Sdr) : null;
        var from = lead.PoolId;
        (lead.OwnerId, lead.TrayUserId, lead.PoolId, lead.RetryAt, lead.PlacedAt) = (decision.OwnerId, decision.TrayUserId, pool?.Id, decision.RetryAt, now);
        changes.Assignments.Add(new AssignmentRecord
        {
            Id = Clock.NewId(now),
            LeadId = lead.Id,
            At = now,
            RuleId = decision.RuleId,
            PolicyVersion = setting.Versions.GetValueOrDefault(PolicyKind.Assignment.Name),
            OwnerId = decision.OwnerId,
            PoolId = pool?.Id,
            ActorId = actorId,
            Candidates = CandidateLedger.Pack(decision.Candidates),
        });

        if (decision.OwnerId is { } owner)
        {
            lead.Status = LeadStatus.Pending;
            Own(lead, owner, how, from);
            changes.Happened(lead.Id, LeadEvent.Assigned, now, actorId, new AssignedData(owner, how.ToString(), decision.RuleName, null, null));
            changes.Tell(owner, NoticeKind.LeadAssigned, lead.Id, now, actorId);
            return;
        }

        lead.Status = LeadStatus.Unassigned;
        if (decision.TrayUserId is { } director)
        {
            changes.Happened(lead.Id, LeadEvent.Trayed, now, actorId, new { userId = director, rule = decision.RuleName });
            changes.Tell(director, NoticeKind.LeadInTray, lead.Id, now, actorId);
        }
        else if (pool is not null)
        {
            changes.Happened(lead.Id, LeadEvent.Pooled, now, actorId, new PooledData(pool.Id, pool.Key, decision.RuleName, null));
        }
    }

    /// <summary>Opens an ownership, or records one that ended as it began.</summary>
    public void Own(Lead lead, Guid owner, Acquired how, Guid? fromPoolId = null, Ended? ended = null) => changes.Ownerships.Add(new OwnershipRecord
    {
        Id = Clock.NewId(now),
        LeadId = lead.Id,
        OwnerId = owner,
        Acquired = how,
        From = now,
        FromPoolId = fromPoolId,
        ProtectedUntil = ended is null ? Protection.At(setting.PoolRules.Protection, now) : null,
        Ended = ended,
        To = ended is null ? null : now,
    });
}
