using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What the event log alone says of milestones, as a second witness beside the tables: judgements that were not sent back, opportunities that were
/// made and not removed, won and not reopened, and money.
/// </summary>
internal sealed class FactLog
{
    private readonly WorkingCalendar _calendar;
    private readonly ILookup<Guid, EventRecord> _events;

    private readonly HashSet<Guid> _brought;

    private FactLog(WorkingCalendar calendar, ILookup<Guid, EventRecord> events, HashSet<Guid> brought) => (_calendar, _events, _brought) = (calendar, events, brought);

    private static readonly string[] Kinds =
    [
        LeadEvent.Qualified, LeadEvent.QualificationRejected, LeadEvent.MergedFrom, LeadEvent.Unmerged, OpportunityEvent.Created, OpportunityEvent.Removed, OpportunityEvent.StageChanged,
        OpportunityEvent.Reopened, OpportunityEvent.Paid,
    ];

    /// <summary>Reads the log of some leads and of what began with them.</summary>
    public static async Task<FactLog> Of(GranaryDb db, WorkingCalendar calendar, Guid[] ids, CancellationToken ct)
    {
        Guid?[] leads = [.. ids];
        var deals = await db.Set<Opportunity>().Where(o => leads.Contains(o.LeadId)).Select(o => o.Id).ToListAsync(ct);
        Guid[] subjects = [.. ids, .. deals];
        var events = await db.Set<EventRecord>().AsNoTracking().Where(e => subjects.Contains(e.SubjectId) && Kinds.Contains(e.Kind)).OrderBy(e => e.Position).ToListAsync(ct);
        var brought = await db.Set<Lead>().Where(l => ids.Contains(l.Id) && l.History != null).Select(l => l.Id).ToListAsync(ct);
        return new FactLog(calendar, events.ToLookup(e => e.SubjectId), [.. brought]);
    }

    /// <summary>What differs between a fact and the log. Leads that merged have the history of several, others one of before: the tables alone tell of them.</summary>
    public IEnumerable<string> Differences(LeadFact fact)
    {
        var own = _events[fact.LeadId].ToList();
        if (_brought.Contains(fact.LeadId) || own.Exists(e => e.Kind is LeadEvent.MergedFrom or LeadEvent.Unmerged))
        {
            yield break;
        }

        var judged = Judged(own);
        var (mql, won, paid) = (judged.Values.Order().Cast<DateOnly?>().FirstOrDefault(), Won(fact), Paid(fact));
        if (fact.MqlOn is null != (mql is null && fact.OpportunityOn is null))
        {
            yield return $"mql: log {mql}, facts {fact.MqlOn}";
        }

        if (mql < fact.MqlOn && mql >= fact.ReceivedOn)
        {
            yield return $"mql: log {mql}, facts {fact.MqlOn}";
        }

        if (fact.OpportunityId is { } id && !_events[id].Any(e => e.Kind == OpportunityEvent.Created))
        {
            yield return $"opportunity {id}: the log does not know it";
        }

        if (won is null != fact.WonOn is null && paid == 0)
        {
            yield return $"won: log {won}, facts {fact.WonOn}";
        }

        if (paid != fact.PaidAmount)
        {
            yield return $"paid: log {paid}, facts {fact.PaidAmount}";
        }
    }

    private Dictionary<QualificationStage, DateOnly> Judged(List<EventRecord> own)
    {
        Dictionary<QualificationStage, DateOnly> standing = [];
        foreach (var e in own)
        {
            if (e.Kind == LeadEvent.Qualified)
            {
                standing.TryAdd(Json.Read<Told>(e.Data).Stage!.Value, _calendar.DateOf(e.At));
            }
            else if (e.Kind == LeadEvent.QualificationRejected)
            {
                standing.Remove(Json.Read<Told>(e.Data).Stage!.Value);
            }
        }

        return standing;
    }

    private DateOnly? Won(LeadFact fact) => fact.OpportunityId is not { } id ? null
        : _events[id].LastOrDefault(e => e.Kind is OpportunityEvent.StageChanged or OpportunityEvent.Reopened) is { Kind: OpportunityEvent.StageChanged } last && Json.Read<Moved>(last.Data).Automatic is not null
            ? _calendar.DateOf(last.At) : null;

    private decimal Paid(LeadFact fact) => fact.OpportunityId is not { } id ? 0
        : _events[id].Where(e => e.Kind == OpportunityEvent.Paid).Select(e => Json.Read<Money>(e.Data)).Sum(p => p.Kind == PaymentKind.Refund ? -p.Amount : p.Amount);

    private sealed record Told(QualificationStage? Stage);

    // Only winning says whether it was by itself.
    private sealed record Moved(bool? Automatic);

    private sealed record Money(PaymentKind Kind, decimal Amount);
}
