using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Collect;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Application.Intake;

/// <summary>
/// Lands a batch of prepared submissions in one transaction: looks up whom their keys belong to, decides one after the other
/// with the pure rules, and writes everything together.
/// </summary>
internal sealed class IntakeBatch
{
    private readonly WriteScope _scope;
    private readonly Setting _setting;
    private readonly Vault _vault;
    private readonly DateTimeOffset _now;
    private readonly LandingRows _rows = new();
    private readonly BoardStore _board;
    private readonly Placement _placement;
    private readonly LeadAssigner _assigner;
    private readonly HashSet<Guid> _possibleDuplicates = [];

    // The person does not want to be contacted: nobody gets it, and it lies where nothing flows from by itself.
    private static readonly AssignmentDecision LeftAlone = new() { PoolKey = PoolKeys.Company, Candidates = [], Reasons = [Reason.Of("assign", "left_alone")] };

    private KeyBook _book = null!;
    private Refreshing _refreshing = null!;
    private KeptConsents? _consents;
    private Visits? _visits;
    private UpdateTargets _targets = null!;

    private IntakeBatch(WriteScope scope, Setting setting, Vault vault, DateTimeOffset now)
    {
        (_scope, _setting, _vault, _now) = (scope, setting, vault, now);
        _board = new BoardStore(scope, setting, now);
        _placement = new Placement(setting, _rows.Changes, now);
        _assigner = new LeadAssigner(setting, _board.Board, now);
    }

    /// <summary>
    /// Lands a batch; the results stand in the order of the items. Null when the setting is newer than the items: they must
    /// be prepared anew.
    /// </summary>
    public static async Task<(IntakeResult[] Results, BatchNews News)?> Land(
        WriteScope scope, Setting setting, Vault vault, IReadOnlyList<Prepared> items, DateTimeOffset now, Task<BatchNews>? before, Action? decided, CancellationToken ct)
    {
        if (before is not null && items.Any(i => i.Request.Update is not null || i.Request.Idempotency is not null || i.Request.VisitorId is not null))
        {
            // What these look up besides may be what the batch before is about to write.
            await before;
        }

        var batch = new IntakeBatch(scope, setting, vault, now);
        var repeats = await Repeats.Find(scope, vault, items, ct);
        batch._targets = await UpdateTargets.Find(scope.Db, items, ct);
        var refusals = items.Select(batch._targets.Refusal).ToArray();
        // An update is made whenever it is asked for; what creates is taken once.
        var fresh = items.Where((item, i) => refusals[i] is null && (batch._targets.Of(item) is not null || !repeats.Has(item))).ToList();
        if (fresh.Count > 0)
        {
            batch._visits = await Visits.Open(scope, fresh, now, ct);
            if (await KeyBook.Open(scope, fresh, batch._board, before, ct) is not { } book)
            {
                return null;
            }

            batch._book = book;
            batch._consents = new KeptConsents(vault, book, batch._rows, now);
            batch._refreshing = await Refreshing.Open(scope, setting, vault, batch._book, fresh, batch._targets.Leads, batch._rows, now, ct);
        }

        var landing = fresh.ToHashSet();
        var results = new IntakeResult[items.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = refusals[i] ?? (landing.Contains(items[i]) ? repeats.Keep(items[i], new IntakeResult.Landed(batch.Land(items[i]))) : repeats.Of(items[i])!);
        }

        batch._rows.Answers.AddRange(repeats.Answers(now));
        decided?.Invoke();
        await batch.Write(ct);
        return (results, fresh.Count == 0 ? BatchNews.None : batch.News());
    }

    /// <summary>
    /// Settles a stored lead that was released from its check, as if it came in now: match, assign. It is a lead already, so
    /// where a new one would have refreshed another it is linked to that one. Null when the setting is newer than the item.
    /// </summary>
    public static async Task<Landing?> Release(WriteScope scope, Setting setting, Vault vault, Prepared item, DateTimeOffset now, Guid actorId, CancellationToken ct)
    {
        var batch = new IntakeBatch(scope, setting, vault, now);
        if (await KeyBook.Open(scope, [item], batch._board, null, ct) is not { } book)
        {
            return null;
        }

        batch._book = book;
        var others = book.Candidates(item).FindAll(c => c.Id != item.Lead.Id);
        var match = DuplicateCheck.Decide(item.Duplicates, others, item.Lead.ReceivedAt);
        if (match.TargetLeadId is { } target)
        {
            var source = others.Find(c => c.Id == target)?.SourceLeadId ?? target;
            match = match with { Outcome = MatchOutcome.Linked, Label = LeadLabel.Linked, TargetLeadId = null, SourceLeadId = source };
        }

        var settled = batch.Settle(item, match);
        batch.Explain(item, settled);
        batch._rows.Changes.Happened(item.Lead.Id, LeadEvent.Released, now, actorId, new { outcome = settled.Outcome });
        (item.Lead.ChangedAt, item.Lead.Version) = (now, item.Lead.Version + 1);
        await batch.Write(ct);
        return Landing.Of(item.Lead, settled.Outcome, settled.Reasons(item));
    }

    private BatchNews News()
    {
        HashSet<Guid> changed = [.. _refreshing.Refreshed, .. _possibleDuplicates];
        return new BatchNews(_book.Entered.Done(), changed, _rows.Leads.Exists(l => changed.Contains(l.Id)));
    }

    private async Task Write(CancellationToken ct)
    {
        if (_scope.Db.ChangeTracker.HasChanges())
        {
            await _scope.Db.SaveChangesAsync(ct);
        }

        // Whoever meets another on several keys waits for them in one order.
        _rows.Contacts.Sort((a, b) => IdOrder.Instance.Compare(a.Key, b.Key));
        var insert = _rows.Into(_scope.Insert());
        _board.Save(insert);
        await insert.Send(ct);
        await PossibleDuplicates.Tag(_scope, _possibleDuplicates, ct);
        if (_consents is { } consents)
        {
            await consents.Lift(_scope, ct);
        }

        if (_visits is { } visits)
        {
            await visits.Write(ct);
        }

        await _rows.Changes.Count(_scope, _setting.Calendar, ct);
    }

    private Landing Land(Prepared item)
    {
        _visits?.Join(item);
        var landing = Place(item);
        _visits?.Landed(item, landing.LeadId == item.Lead.Id ? item.Lead : _refreshing.Find(landing.LeadId), _rows.Changes);
        return landing;
    }

    private Landing Place(Prepared item)
    {
        // An attempt that the database had repeated may have marked it.
        item.Lead.Findings = (int)item.Clean.Findings;
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
