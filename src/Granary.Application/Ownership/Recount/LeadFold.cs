using Granary.Application.Capture;
using Granary.Application.Storage;

namespace Granary.Application.Ownership.Recount;

/// <summary>Tells from the event log alone where a lead stands and who owned it when. A pure function of its events, in order.</summary>
public static class LeadFold
{
    /// <summary>Kinds of events that change where a lead stands; the others change nothing here.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        LeadEvent.Captured, LeadEvent.Assigned, LeadEvent.Pooled, LeadEvent.Trayed, LeadEvent.Claimed, LeadEvent.Returned, LeadEvent.Recycled, LeadEvent.Transferred,
        LeadEvent.Withdrawn, LeadEvent.Moved, LeadEvent.Converted, LeadEvent.ConversionUndone, LeadEvent.PutBack, LeadEvent.Invalidated, LeadEvent.Voided, LeadEvent.Reopened, LeadEvent.FollowedUp,
        LeadEvent.Edited,
    ];

    /// <summary>Where a lead stands after all its events.</summary>
    public static Standing Of(IEnumerable<EventRecord> events) => events.Aggregate(Standing.Unknown, After);

    /// <summary>Where a lead stands after one more event.</summary>
    public static Standing After(Standing lead, EventRecord e)
    {
        if (!Kinds.Contains(e.Kind))
        {
            return lead;
        }

        var told = Json.Read<Told>(e.Data);
        return e.Kind switch
        {
            // What is closed has an owner for the record only: handing it over opens nothing.
            LeadEvent.Transferred when lead.Closed => lead with { OwnerId = told.OwnerId },
            LeadEvent.Assigned or LeadEvent.Transferred => Owned(lead, told, Enum.Parse<Acquired>(told.How!), e.At),
            LeadEvent.Claimed => Owned(lead, told, Acquired.Claimed, e.At),
            LeadEvent.Returned => Lying(lead, told, Ended.Returned, e.At),
            LeadEvent.Recycled => Lying(lead, told, Ended.Recycled, e.At),
            LeadEvent.Pooled or LeadEvent.Moved or LeadEvent.Withdrawn or LeadEvent.Trayed => Lying(lead, told, Ended.Transferred, e.At),
            LeadEvent.PutBack => Lying(lead, told, Ended.Voided, e.At),
            LeadEvent.Converted => Over(lead, Ended.Converted, e.At) with { Status = LeadStatus.Converted, PoolId = null, TrayUserId = null },
            LeadEvent.ConversionUndone => Again(lead, told),
            LeadEvent.Invalidated => Over(lead, Ended.Invalid, e.At) with { Status = LeadStatus.Invalid, PoolId = told.PoolId, TrayUserId = null, InvalidReason = told.Reason },
            LeadEvent.Voided => Nobodys(Over(lead, Ended.Voided, e.At)) with { Status = LeadStatus.Voided, InvalidReason = null },
            LeadEvent.Reopened => Nobodys(lead) with { Status = LeadStatus.Unassigned, InvalidReason = null },
            _ when told.Counted == true => Worked(lead),
            _ => lead,
        };
    }

    private static Standing Owned(Standing lead, Told told, Acquired how, DateTimeOffset at) => lead with
    {
        Status = LeadStatus.Pending,
        OwnerId = told.OwnerId,
        PoolId = null,
        TrayUserId = null,
        Periods = [.. Over(lead, Ended.Transferred, at).Periods, new Period(told.OwnerId!.Value, how, at, lead.PoolId)],
    };

    private static Standing Lying(Standing lead, Told told, Ended how, DateTimeOffset at) =>
        Over(lead, how, at) with { Status = LeadStatus.Unassigned, OwnerId = null, PoolId = told.PoolId, TrayUserId = told.UserId };

    // The ownership that the conversion had ended goes on as if it had not.
    private static Standing Again(Standing lead, Told told) => told.OwnerId is null || lead.Periods is not [.., { Ended: Ended.Converted } last]
        ? lead with { Status = LeadStatus.Unassigned, OwnerId = null, PoolId = told.PoolId, TrayUserId = null }
        : lead with { Status = told.Status!.Value, OwnerId = told.OwnerId, Periods = [.. lead.Periods.SkipLast(1), last with { Ended = null, To = null }] };

    private static Standing Nobodys(Standing lead) => lead with { OwnerId = null, PoolId = null, TrayUserId = null };

    private static Standing Over(Standing lead, Ended how, DateTimeOffset at) => Open(lead, period => period with { Ended = how, To = at });

    private static Standing Worked(Standing lead) => Open(lead, period => period with { FollowUps = period.FollowUps + 1 }) with
    {
        Status = lead.Status == LeadStatus.Pending ? LeadStatus.Working : lead.Status,
    };

    private static Standing Open(Standing lead, Func<Period, Period> change) =>
        lead.Periods is [.., { To: null } open] ? lead with { Periods = [.. lead.Periods.SkipLast(1), change(open)] } : lead;

    /// <summary>What events tell of a lead's place; each kind has some of it.</summary>
    private sealed record Told(Guid? OwnerId, Guid? PoolId, Guid? UserId, string? How, string? Reason, bool? Counted, LeadStatus? Status);
}
