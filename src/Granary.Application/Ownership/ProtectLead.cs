using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Keeps a lead with its owner 锁定 (§9 Protection): locks it, so that no clock takes it away, or extends its protection; by who may assign it.</summary>
public sealed class ProtectLead(LeadVerb verb)
{
    /// <summary>Most days at once.</summary>
    public const int Most = 365;

    /// <summary>Locks or unlocks it, extends its protection, or both.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="locked">Whether it is locked from now on; null leaves it.</param>
    /// <param name="days">Days of protection more, 1 to <see cref="Most"/>; null leaves it.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Protect(Viewer viewer, Guid id, bool? locked, int? days, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.AssignLeads, seen, async (work, lead) =>
        {
            if (Error(locked, days) is { } error)
            {
                return new LeadResult.Invalid([error]);
            }

            if (lead.Status is not (LeadStatus.Pending or LeadStatus.Working))
            {
                return work.Unassignable(lead) ?? new LeadResult.Refused(LeadRefusal.NotOwned);
            }

            var open = await work.Scope.Db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == lead.Id && o.To == null, ct);
            return Protect(work, viewer.UserId, lead, open, locked, days);
        }, ct);

    /// <summary>Locks, unlocks or extends one ownership that is open.</summary>
    internal static LeadResult Protect(LeadWork work, Guid by, Lead lead, OwnershipRecord open, bool? locked, int? days)
    {
        if (locked is { } wanted && wanted != open.LockedBy is not null)
        {
            open.LockedBy = wanted ? by : null;
            work.Changes.Happened(lead.Id, LeadEvent.Locked, work.Now, work.ActorId, new { locked = wanted });
        }

        if (days is { } more)
        {
            open.ProtectedUntil = Protection.Extended(open.ProtectedUntil ?? Protection.At(work.Setting.PoolRules.Protection, open.From), more, work.Now);
            work.Changes.Happened(lead.Id, LeadEvent.Protected, work.Now, work.ActorId, new { days = more, until = open.ProtectedUntil });
        }

        return work.Changed(lead);
    }

    /// <summary>What is wrong with what is asked for; null when nothing is.</summary>
    internal static FieldError? Error(bool? locked, int? days) =>
        locked is null && days is null ? new FieldError("locked", "required")
        : days is < 1 or > Most ? new FieldError("days", "out_of_range", $"1–{Most}")
        : null;
}
