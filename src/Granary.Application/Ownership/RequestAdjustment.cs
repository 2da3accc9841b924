using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Asks that a lead be assigned to somebody else 分配调整 (§8): by its owner, with a reason.</summary>
public sealed class RequestAdjustment(LeadVerb verb)
{
    /// <summary>Asks.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="to">Who should get it; null leaves it to whoever decides.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The request, or why there is none.</returns>
    public async Task<(LeadRequest? Request, LeadResult Result)> Ask(
        Viewer viewer, Guid id, string? reason, Guid? to, int? seen = null, CancellationToken ct = default)
    {
        LeadRequest? request = null;
        var result = await verb.Run(viewer, id, Permission.ViewLeads, seen, async (work, lead) =>
        {
            if ((VerbReason.Missing(reason) ?? work.Unassignable(lead)) is { } refusal)
            {
                return refusal;
            }

            if (lead.OwnerId != viewer.UserId)
            {
                return new LeadResult.Refused(LeadRefusal.NotOwner);
            }

            if (to is { } wanted && (wanted == viewer.UserId || !work.Setting.CanOwn(wanted)))
            {
                return work.Setting.People.ContainsKey(wanted) && wanted != viewer.UserId ? new LeadResult.Refused(LeadRefusal.InactiveUser)
                    : new LeadResult.Invalid([new FieldError("to", "unknown_value")]);
            }

            if (await work.Scope.Db.Set<LeadRequest>().AnyAsync(r => r.LeadId == id && r.Decision == null, ct))
            {
                return new LeadResult.Refused(LeadRefusal.RequestOpen);
            }

            request = work.Ask(lead, LeadRequestKind.Adjustment, viewer.UserId, reason!.Trim(), to);
            return work.Changed(lead);
        }, ct);
        return (result is LeadResult.Done ? request : null, result);
    }
}
