using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Gives leads of a pool out by hand (§9): to one person, or by the assignment rules; up to <see cref="Most"/> in one transaction.</summary>
public sealed class AssignPooled(LeadVerb verb)
{
    /// <summary>Most leads at once.</summary>
    public const int Most = PoolChoice.Most;

    /// <summary>Gives them to somebody, never above their holding cap.</summary>
    /// <param name="viewer">Who gives.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="ids">The leads.</param>
    /// <param name="to">Who gets them.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>A result for each, in the order of the ids.</returns>
    public Task<IReadOnlyList<LeadResult>> To(Viewer viewer, Guid poolId, IReadOnlyList<Guid> ids, Guid to, CancellationToken ct = default) => verb.Run(
        viewer.UserId,
        async work =>
        {
            if (!work.Setting.People.TryGetValue(to, out var person))
            {
                var wrong = new LeadResult.Invalid([new FieldError("to", "unknown_value")]);
                return [.. ids.Select(_ => wrong)];
            }

            var board = (await work.Board([to], ct)).Board;
            var cap = work.Setting.Roster.Find(to)?.HoldingCap;
            return await work.EachOf(
                viewer,
                poolId,
                ids,
                async lead =>
                {
                    if (person.Status != PersonStatus.Active)
                    {
                        return new LeadResult.Refused(LeadRefusal.InactiveUser);
                    }

                    if (board.LoadOf(to).Holding >= cap)
                    {
                        return new LeadResult.Refused(LeadRefusal.HoldingCapReached);
                    }

                    await work.Hand(lead, to, Acquired.AssignedByAdministrator, null, ct);
                    return work.Changed(lead);
                },
                ct);
        },
        ct);

    /// <summary>Asks the assignment rules for each; one for which they find nobody stays where it is (<see cref="LeadRefusal.NobodyEligible"/>).</summary>
    /// <inheritdoc cref="To" path="/param"/>
    public Task<IReadOnlyList<LeadResult>> ByRule(Viewer viewer, Guid poolId, IReadOnlyList<Guid> ids, CancellationToken ct = default) => verb.Run(
        viewer.UserId,
        async work =>
        {
            var assigner = new LeadAssigner(work.Setting, (await work.Board(ct)).Board, work.Now);
            var wanted = ids.Distinct().ToArray();
            var touches = (await work.Scope.Db.Set<Touch>().AsNoTracking().Where(t => wanted.Contains(t.LeadId)).ToListAsync(ct)).ToLookup(t => t.LeadId);
            var earlier = (await work.Scope.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => wanted.Contains(o.LeadId) && o.To != null)
                .Select(o => new { o.LeadId, o.OwnerId }).ToListAsync(ct)).ToLookup(o => o.LeadId, o => o.OwnerId);
            var named = await NamedOwners.For(work.Scope.Db, work.Vault, work.Setting, await viewer.Leads(work.Scope.Db).AsNoTracking().Where(l => wanted.Contains(l.Id)).ToListAsync(ct), ct);
            return await work.EachOf(viewer, poolId, ids, lead => Task.FromResult(Decide(work, assigner, lead, touches[lead.Id], [.. earlier[lead.Id].Distinct()], named.Of(lead))), ct);
        },
        ct);

    private static LeadResult Decide(LeadWork work, LeadAssigner assigner, Lead lead, IEnumerable<Touch> touches, IReadOnlyList<Guid> earlier, Guid? namedOwner)
    {
        var score = work.Score(lead, touches);
        var decision = assigner.Decide(lead, lead.Facts(work.Setting) with { Score = score }, null, earlier, namedOwner);
        if (decision.OwnerId is null && decision.TrayUserId is null)
        {
            return new LeadResult.Refused(LeadRefusal.NobodyEligible);
        }

        work.Placement.Place(lead, decision, Acquired.AssignedAutomatically, work.ActorId);
        work.Explain(lead.Id, "assign", [.. score.Reasons, .. decision.Reasons]);
        return work.Changed(lead);
    }
}
