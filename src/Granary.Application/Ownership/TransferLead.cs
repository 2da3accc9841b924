using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Gives a lead from its owner to a colleague 转移 (§9): by the owner, or by who may assign it.</summary>
public sealed class TransferLead(LeadVerb verb)
{
    /// <summary>Transfers it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="to">Who gets it; somebody active, below their holding cap.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Transfer(Viewer viewer, Guid id, Guid to, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, (_, lead) => lead.OwnerId == viewer.UserId ? Permission.ViewLeads : Permission.AssignLeads, seen, async (work, lead) =>
        {
            if ((VerbReason.Missing(reason) ?? work.Unassignable(lead)) is { } refusal)
            {
                return refusal;
            }

            if (lead.OwnerId is not { } owner)
            {
                return new LeadResult.Refused(LeadRefusal.NotOwned);
            }

            if (await work.CannotTake(lead, to, ct) is { } no)
            {
                return no;
            }

            await work.Board([owner, to], ct);
            await work.Hand(lead, to, Acquired.OwnerChanged, reason!.Trim(), ct);
            return work.Changed(lead);
        }, ct);
}
