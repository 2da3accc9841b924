using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>Ends a restriction that a person asked for: they want to be worked with again, or what they disputed is settled.</summary>
public sealed class LiftRestriction(Store store, TimeProvider time)
{
    /// <summary>Kind of event: a restriction ended.</summary>
    public const string Ended = "lead.restriction_ended";

    /// <summary>Ends it for every lead of the person, and for those that will come.</summary>
    /// <param name="viewer">Who; manages privacy.</param>
    /// <param name="leadId">A lead of the person.</param>
    /// <param name="reason">Why, up to 500 characters; must be given.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The lead; <see cref="PrivacyRefusal.NotRestricted"/> when there is nothing to end.</returns>
    public Task<PrivacyResult<Lead>> Lift(Viewer viewer, Guid leadId, string? reason, CancellationToken ct = default) =>
        LeadMark.Change(
            store, viewer, leadId, reason,
            async (scope, lead, why) =>
            {
                if (!lead.Privacy.HasFlag(LeadPrivacy.Restricted))
                {
                    return PrivacyRefusal.NotRestricted;
                }

                var keys = await ConsentLedger.KeysOf(scope.Db, [lead.Id], ct);
                await scope.Db.Set<ConsentStop>().Where(s => s.Purpose == ConsentStop.Everything && keys.Contains(s.Key)).ExecuteDeleteAsync(ct);
                foreach (var held in (await ConsentLedger.Holders(scope.Db, keys, [lead.Id], ct)).Where(l => l.Privacy.HasFlag(LeadPrivacy.Restricted)))
                {
                    held.Privacy &= ~LeadPrivacy.Restricted;
                    // Nobody tried to assign it meanwhile.
                    held.RetryAt = held is { Status: LeadStatus.Unassigned, OwnerId: null, PoolId: null, TrayUserId: null, Stopped: false } ? time.Now : held.RetryAt;
                    ConsentLedger.Change(scope, held, Ended, new { reason = why }, time.Now, viewer.UserId);
                }

                return null;
            },
            ct);
}
