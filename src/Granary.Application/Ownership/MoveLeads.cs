using Granary.Application.People;
using Granary.Domain.Assignment;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Moves leads from one pool to another by hand (§9); up to <see cref="Most"/> in one transaction.</summary>
public sealed class MoveLeads(LeadVerb verb)
{
    /// <summary>Most leads at once.</summary>
    public const int Most = PoolChoice.Most;

    /// <summary>Moves them. Nothing is moved into the invalid pool, where leads are held for a check.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="from">The pool they lie in.</param>
    /// <param name="ids">The leads.</param>
    /// <param name="to">The pool they go to.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>A result for each, in the order of the ids.</returns>
    public Task<IReadOnlyList<LeadResult>> Move(Viewer viewer, Guid from, IReadOnlyList<Guid> ids, Guid to, CancellationToken ct = default) => verb.Run(
        viewer.UserId,
        async work =>
        {
            if (await Target(work, to, ct) is not { } target || target.Key == PoolKeys.Invalid || to == from)
            {
                var wrong = new LeadResult.Invalid([new FieldError("to", to == from ? "goes_nowhere" : "unknown")]);
                return [.. ids.Select(_ => wrong)];
            }

            return await work.EachOf(
                viewer,
                from,
                ids,
                lead =>
                {
                    // Waiting for another try ended with the pool it waited in.
                    (lead.PoolId, lead.PlacedAt, lead.RetryAt, lead.TrayUserId) = (target.Id, work.Now, null, null);
                    work.Changes.Happened(lead.Id, LeadEvent.Moved, work.Now, work.ActorId, new MovedData(from, target.Id, target.Key, null));
                    return Task.FromResult(work.Changed(lead));
                },
                ct);
        },
        ct);

    // Held until the end, so that the pool is not taken away meanwhile.
    private static Task<Pool?> Target(LeadWork work, Guid id, CancellationToken ct)
    {
        var pools = work.Scope.Db.Set<Pool>();
        var found = work.Scope.Store.IsSqlite ? pools.Where(p => p.Id == id) : pools.FromSql($"SELECT * FROM pool WHERE id = {id} FOR SHARE");
        return found.AsNoTracking().SingleOrDefaultAsync(ct);
    }
}
