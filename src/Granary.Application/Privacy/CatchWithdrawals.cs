using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// Marks leads that came in at the very moment in which their person withdrew: the batch that took them in did not see the
/// withdrawal, and the withdrawal did not see them. Safe on several nodes at once.
/// </summary>
public sealed class CatchWithdrawals(Store store, TimeProvider time)
{
    private const int Batch = 500;

    // Longer than any batch takes to commit.
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(5);

    /// <summary>Marks them, and returns how many there were.</summary>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var since = time.Now - Back;
        await using (var db = store.Open())
        {
            if (!await Missed(db, since).AnyAsync(ct))
            {
                return 0;
            }
        }

        return await store.Write(
            async scope =>
            {
                var missed = await Missed(scope.Db, since).Distinct().Take(Batch).ToListAsync(ct);
                await ConsentLedger.Stop(scope, await Of(ConsentPurpose.SalesContact), new Withdrawal(ConsentPurpose.SalesContact, WithdrawalWay.Told, null, null), time.Now, ct);
                ConsentLedger.Restrict(scope, await Of(ConsentStop.Everything), new { }, time.Now, null);
                await scope.Db.SaveChangesAsync(ct);
                return missed.Count;

                async Task<List<Lead>> Of(string purpose)
                {
                    var ids = missed.Where(m => m.Purpose == purpose).Select(m => m.LeadId).ToArray();
                    return ids.Length == 0 ? [] : await scope.Db.Set<Lead>().Where(l => ids.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(ct);
                }
            },
            ct);
    }

    private static IQueryable<MissedStop> Missed(GranaryDb db, DateTimeOffset since) =>
        from stop in db.Set<ConsentStop>()
        join contact in db.Set<ContactPoint>() on stop.Key equals contact.Key
        join lead in db.Set<Lead>() on contact.LeadId equals lead.Id
        where stop.At > since && contact.Kind != ContactKind.Unusable && lead.AnonymisedAt == null
            && ((stop.Purpose == ConsentPurpose.SalesContact && (lead.Privacy & LeadPrivacy.ConsentWithdrawn) == 0)
                || (stop.Purpose == ConsentStop.Everything && (lead.Privacy & LeadPrivacy.Restricted) == 0))
        select new MissedStop { LeadId = lead.Id, Purpose = stop.Purpose };

    private sealed record MissedStop
    {
        public Guid LeadId { get; init; }

        public required string Purpose { get; init; }
    }
}
