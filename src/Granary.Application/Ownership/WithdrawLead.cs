using Granary.Application.People;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>Takes a lead from its owner, or out of a tray, into a pool 收回 (§9): by who may assign it.</summary>
public sealed class WithdrawLead(LeadVerb verb)
{
    /// <summary>Withdraws it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; the owner reads it.</param>
    /// <param name="pool">Key of the pool; null leaves it to the policy. Not those in which leads are held.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Withdraw(Viewer viewer, Guid id, string? reason, string? pool, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.AssignLeads, seen, async (work, lead) =>
        {
            if ((VerbReason.TooLong(reason) ?? work.Unassignable(lead)) is { } refusal)
            {
                return refusal;
            }

            if (pool is not null && (pool is PoolKeys.Invalid or PoolKeys.Blacklist || work.Setting.Pools.Find(pool) is null))
            {
                return new LeadResult.Invalid([new FieldError("pool", "unknown_value")]);
            }

            if (lead is { OwnerId: null, TrayUserId: null })
            {
                return new LeadResult.Refused(LeadRefusal.NotOwned);
            }

            await work.Drop(lead, Ended.Transferred, VerbReason.Kept(reason), pool, ct);
            return work.Changed(lead);
        }, ct);
}
