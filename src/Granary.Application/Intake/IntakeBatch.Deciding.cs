using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Collect;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Intake;

// What becomes of each item, one after the other.
internal sealed partial class IntakeBatch
{
    private Landing Land(Prepared item)
    {
        _visits?.Join(item);
        var landing = Place(item);
        _visits?.Landed(item, landing.LeadId == item.Lead.Id ? item.Lead : _refreshing.Find(landing.LeadId), _rows.Changes);
        return landing;
    }

    private Landing Place(Prepared item)
    {
        item.Undecide();
        _consents!.Mark(item);
        // Its capture is told before what became of it, which says how it came out.
        var place = _rows.Changes.Events.Count;
        if (item.Held)
        {
            return Enter(item, Hold(item), place);
        }

        if (_targets.Of(item) is { } known)
        {
            return Consented(item, _refreshing.Update(item, known));
        }

        var match = DuplicateCheck.Decide(item.Duplicates, _book.Candidates(item), item.Lead.ReceivedAt);
        return match.Outcome == MatchOutcome.Refreshed
            ? Consented(item, _refreshing.Refresh(item, match, (lead, facts, owner) => _assigner.Decide(lead, facts, owner, [], _book.NamedOwner(item)), _placement))
            : Enter(item, Settle(item, match), place);
    }

    private Settled Hold(Prepared item)
    {
        var lead = item.Lead;
        var pool = _setting.Pools.Find(PoolKeys.Invalid)!;
        (lead.Status, lead.PoolId) = (LeadStatus.Unassigned, pool.Id);
        _rows.Changes.Happened(lead.Id, LeadEvent.Pooled, _now, null, new PooledData(pool.Id, pool.Key, null, null));
        return new Settled(LandingOutcome.Held, [], []);
    }

    private Settled Settle(Prepared item, MatchDecision match) =>
        match.Outcome == MatchOutcome.ConvertedToExisting && _setting.CanOwn(match.OwnerId) ? Convert(item, match) : Create(item, match);

    private Settled Create(Prepared item, MatchDecision match)
    {
        var lead = item.Lead;
        lead.Label = (EntryLabel)match.Label;
        lead.SourceLeadId = match.SourceLeadId;
        lead.AccountId = match.AccountId;
        if (match.PossibleDuplicates.Count > 0)
        {
            lead.Findings |= (int)Finding.PossibleDuplicate;
            TagOthers(item, match);
        }

        var decision = lead.Stopped ? LeftAlone : _assigner.Decide(lead, item.Facts, match.OwnerId, [], _book.NamedOwner(item));
        _placement.Place(lead, decision, AcquiredBy(item, match, decision));
        if (match.SourceLeadId is { } source)
        {
            _rows.Changes.Happened(source, LeadEvent.LinkedFrom, _now, null, new { leadId = lead.Id });
            if (decision.OwnerId is { } owner)
            {
                _rows.Changes.Tell(owner, NoticeKind.LeadLinked, source, _now);
            }
        }

        var outcome = match.SourceLeadId is null ? LandingOutcome.Created : LandingOutcome.Linked;
        return new Settled(outcome, match.Reasons, decision.Reasons);
    }

    private Landing Consented(Prepared item, Landing landing)
    {
        _consents!.Keep(item, _refreshing.Find(landing.LeadId));
        return landing;
    }

    // The account's owner owns the lead, which is converted the moment it lands (线索转换记录), so it holds no place.
    private Settled Convert(Prepared item, MatchDecision match)
    {
        var lead = item.Lead;
        lead.Label = EntryLabel.KnownAccountContact;
        _placement.Own(lead, match.OwnerId!.Value, Acquired.Duplicate, lead.PoolId, Ended.Converted);
        (lead.Status, lead.AccountId, lead.OwnerId, lead.PoolId, lead.PlacedAt) = (LeadStatus.Converted, match.AccountId, match.OwnerId, null, _now);
        _rows.Changes.Happened(lead.Id, LeadEvent.Assigned, _now, null, new AssignedData(match.OwnerId.Value, nameof(Acquired.Duplicate), match.Rule, null, null));
        _rows.Changes.Happened(lead.Id, LeadEvent.Converted, _now, null, new { lead.OwnerId, lead.AccountId });
        if (!lead.Stopped)
        {
            _rows.Changes.Tell(match.OwnerId.Value, NoticeKind.LeadAssigned, lead.Id, _now);
        }

        return new Settled(LandingOutcome.ConvertedToExisting, match.Reasons, []);
    }

    private Landing Enter(Prepared item, Settled settled, int place)
    {
        var (lead, outcome) = (item.Lead, settled.Outcome);
        _rows.Leads.Add(lead);
        _consents!.Keep(item, lead);
        _targets.Enter(item, lead.Id);
        _rows.Contacts.AddRange(_book.Enter(item, lead));
        _rows.Changes.Touches.AddRange(item.Request.Submission.Touches.Select(t => Visits.Touch(item, t, lead.Id, _now)));
        Explain(item, settled);
        _rows.Changes.Happened(place, lead.Id, LeadEvent.Captured, _now, item.Request.ActorId, new CapturedData(
            item.Clean.Submission.Channel!, outcome.ToString(), lead.Label.ToString(), lead.Score, lead.Findings, lead.SourceLeadId, lead.AccountId, lead.ImportId, item.Request.LinkId));
        if (item.Request.Import is { } import)
        {
            _rows.ImportRows.Add(new ImportRow { Key = import.Key, ImportId = import.ImportId, Number = import.Number, LeadId = lead.Id, Outcome = (int)outcome });
        }

        return Landing.Of(lead, outcome, settled.Reasons(item));
    }

    private void TagOthers(Prepared item, MatchDecision match)
    {
        foreach (var id in match.PossibleDuplicates)
        {
            if (_book.Company(item, id) is { } other && (other.Findings & (int)Finding.PossibleDuplicate) == 0)
            {
                other.Findings |= (int)Finding.PossibleDuplicate;
                _rows.Changes.Happened(id, LeadEvent.PossibleDuplicate, _now, null, new { leadId = item.Lead.Id });
                if (_rows.Leads.Find(l => l.Id == id) is { } mate)
                {
                    mate.Findings |= (int)Finding.PossibleDuplicate;
                }
                else
                {
                    _possibleDuplicates.Add(id);
                }
            }
        }
    }

    private static Acquired AcquiredBy(Prepared item, MatchDecision match, AssignmentDecision decision) =>
        match.OwnerId is not null && decision.OwnerId == match.OwnerId && decision.RuleId is null ? Acquired.Duplicate
        : decision.OwnerId is { } owner && owner == item.Request.ActorId ? item.Request.Import is null ? Acquired.Created : Acquired.Imported
        : Acquired.AssignedAutomatically;

    private void Explain(Prepared item, Settled settled) => _rows.Changes.Decisions.Add(settled.Explain(item, _setting, _now));
}
