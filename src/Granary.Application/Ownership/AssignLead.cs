using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Gives leads to somebody by hand (§8, §9). Never to somebody inactive, and never above their holding cap.</summary>
public sealed class AssignLead(LeadVerb verb)
{
    /// <summary>Most leads at once.</summary>
    public const int Most = 1000;

    /// <summary>Assigns one lead.</summary>
    /// <param name="viewer">Who assigns.</param>
    /// <param name="id">The lead.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Assign(Viewer viewer, Guid id, Guid to, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer.UserId, work => One(work, viewer, id, to, seen, ct), ct);

    /// <summary>Assigns up to <see cref="Most"/> leads in one transaction; one that cannot be assigned does not stop the others.</summary>
    /// <returns>A result for each, in the order of the ids.</returns>
    public Task<LeadResult[]> AssignAll(Viewer viewer, IReadOnlyList<Guid> ids, Guid to, CancellationToken ct = default) => verb.Run(
        viewer.UserId,
        async work =>
        {
            // All counters at once: locking those of one lead after the other could make two such calls wait for each other.
            await work.Board(ct);
            var results = new LeadResult[ids.Count];
            // In the order of ids: two who assign the same leads must not wait for each other.
            foreach (var (place, id) in ids.Index().OrderBy(i => i.Item))
            {
                results[place] = await One(work, viewer, id, to, null, ct);
            }

            return results;
        },
        ct);

    private static async Task<LeadResult> One(LeadWork work, Viewer viewer, Guid id, Guid to, int? seen, CancellationToken ct)
    {
        var (found, refusal) = await work.Find(viewer, id, _ => Permission.AssignLeads, seen, ct);
        if (found is not { } lead)
        {
            return refusal!;
        }

        if ((work.Unassignable(lead) ?? await work.CannotTake(lead, to, ct)) is { } no)
        {
            return no;
        }

        await work.Hand(lead, to, lead.OwnerId is null ? Acquired.AssignedByAdministrator : Acquired.OwnerChanged, null, ct);
        return work.Changed(lead);
    }
}
