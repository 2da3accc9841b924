using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Collect;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>
/// Refreshes a lead that came in again (§5.1 consumer): fills empty and changed fields, keeps the submission, counts the
/// re-entry as a touch, scores anew, tells the owner or assigns a lead that has none.
/// </summary>
internal sealed class Refreshing
{
    private readonly Setting _setting;
    private readonly Vault _vault;
    private readonly KeyBook _book;
    private readonly LandingRows _rows;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, Lead> _stored;
    private readonly Dictionary<Guid, List<TouchTally>> _touches;
    private readonly Dictionary<Guid, int> _ordinals;

    private Refreshing(
        Setting setting, Vault vault, KeyBook book, LandingRows rows, DateTimeOffset now, List<Lead> stored, List<Touch> touches,
        Dictionary<Guid, int> ordinals)
    {
        (_setting, _vault, _book, _rows, _now) = (setting, vault, book, rows, now);
        _stored = stored.ToDictionary(l => l.Id);
        _ordinals = ordinals;
        _touches = touches.GroupBy(t => t.LeadId).ToDictionary(g => g.Key, g => g.Select(t => new TouchTally(t.Kind, t.Count, t.At)).ToList());
    }

    /// <summary>Loads the leads that the items of a batch may refresh, and those they update.</summary>
    public static async Task<Refreshing> Open(
        WriteScope scope, Setting setting, Vault vault, KeyBook book, IReadOnlyList<Prepared> items, IEnumerable<Guid> updated, LandingRows rows, DateTimeOffset now, CancellationToken ct)
    {
        var wanted = Wanted(book, items).Concat(updated).Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return new Refreshing(setting, vault, book, rows, now, [], [], []);
        }

        var leads = await scope.Db.Set<Lead>().Where(l => wanted.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(ct);
        var touches = await scope.Db.Set<Touch>().AsNoTracking().Where(t => wanted.Contains(t.LeadId)).ToListAsync(ct);
        var ordinals = await scope.Db.Set<ContactPoint>().Where(c => wanted.Contains(c.LeadId)).GroupBy(c => c.LeadId)
            .Select(g => new { g.Key, Next = g.Max(c => c.Ordinal) + 1 }).ToDictionaryAsync(g => g.Key, g => g.Next, ct);
        return new Refreshing(setting, vault, book, rows, now, leads, touches, ordinals);
    }

    /// <summary>Leads that the items may refresh.</summary>
    public static IEnumerable<Guid> Wanted(KeyBook book, IReadOnlyList<Prepared> items) =>
        items.Where(i => i.Duplicates.Rules.Any(r => r.Action == DuplicateAction.Refresh)).SelectMany(book.ByContact).Select(c => c.Id);

    /// <summary>Leads that were changed.</summary>
    public HashSet<Guid> Refreshed { get; } = [];

    /// <summary>Refreshes the lead that a submission matched.</summary>
    public Landing Refresh(Prepared item, MatchDecision match, Func<Lead, LeadFacts, Guid?, AssignmentDecision> assign, Placement placement)
    {
        var lead = Find(match.TargetLeadId!.Value);
        var (before, ordinals, touched) = (LeadBefore.Of(lead), Ordinals(lead), _rows.Changes.Touches.Count);
        var changes = LeadRefresh.Apply(item.Lead, lead);
        TakeContacts(item, lead);
        var score = Score(item, lead, Submitted(item));
        var kept = new KeptSubmission { Id = Clock.NewId(_now), LeadId = lead.Id, At = _now, Body = _vault.Seal(Json.Write(item.Request.Submission)) };
        _rows.Kept.Add(kept);
        Happened(LeadEvent.Reentered, item, lead, new EditedData(changes, item.Clean.Submission.Channel, kept.Id, LinkId: item.Request.LinkId), before, ordinals, touched);

        List<Reason> reasons = [.. item.Clean.Reasons, .. match.Reasons, .. score.Reasons];
        var lifted = item.Request.Submission.Consent?.Purpose == ConsentPurpose.SalesContact ? LeadPrivacy.ConsentWithdrawn : LeadPrivacy.None;
        if (lead.Stopped && (lead.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted) & ~lifted) != 0)
        {
            // What came is kept; nobody is told to work on it.
            lead.Consent = null;
        }
        else if (lead.OwnerId is { } owner)
        {
            _rows.Changes.Tell(owner, NoticeKind.LeadReentered, lead.Id, _now, item.Request.ActorId);
        }
        else if (lead.Status == LeadStatus.Unassigned)
        {
            var decision = assign(lead, lead.Facts(_setting) with { Score = score }, null);
            placement.Place(lead, decision, Acquired.AssignedAutomatically);
            reasons.AddRange(decision.Reasons);
        }

        lead.Label = EntryLabel.Reentered;
        Changed(item, lead, reasons, item.Request.Import?.Key);
        return Landing.Of(lead, LandingOutcome.Refreshed, reasons);
    }

    /// <summary>Updates a lead by an imported row: takes over what the row says, scores anew, changes neither owner nor status.</summary>
    public Landing Update(Prepared item, Guid target)
    {
        var lead = Find(target);
        var (before, ordinals, touched) = (LeadBefore.Of(lead), Ordinals(lead), _rows.Changes.Touches.Count);
        var changes = FieldUpdate.Apply(item.Lead, lead);
        if (TakeContacts(item, lead) is > 0 and var contacts)
        {
            changes = [.. changes, new FieldChange("contact", null, contacts.ToString(CultureInfo.InvariantCulture))];
        }

        if (changes.Count == 0 && item.Request.Submission.Touches.Count == 0)
        {
            return Landing.Of(lead, LandingOutcome.Refreshed, []);
        }

        // A lead that is held for a check has no score yet.
        IReadOnlyList<Reason> reasons = lead.Cell is null ? item.Clean.Reasons : [.. item.Clean.Reasons, .. Score(item, lead, item.Request.Submission.Touches).Reasons];
        Happened(LeadEvent.Edited, item, lead, new EditedData(changes), before, ordinals, touched);
        Changed(item, lead, reasons, item.Request.Import?.OfUpdate);
        return Landing.Of(lead, LandingOutcome.Refreshed, reasons);
    }

    /// <summary>A lead of the batch or one that was loaded for it.</summary>
    public Lead Find(Guid id) => _stored.GetValueOrDefault(id) ?? _rows.Leads.Single(l => l.Id == id);

    // Behind its own; a lead of this very batch may have brought as many as a submission holds.
    private int Ordinals(Lead lead) => _ordinals.GetValueOrDefault(lead.Id, FieldLimits.Phones + FieldLimits.Emails + 1);

    private int TakeContacts(Prepared item, Lead lead)
    {
        var (first, next) = (Ordinals(lead), Ordinals(lead));
        foreach (var contact in item.Contacts)
        {
            if (_book.Give(contact.Key, lead) is { } seq)
            {
                (contact.Seq, contact.LeadId, contact.Ordinal) = (seq, lead.Id, next++);
                _rows.Contacts.Add(contact);
            }
        }

        _ordinals[lead.Id] = next;
        return next - first;
    }

    private void Happened(string kind, Prepared item, Lead lead, EditedData data, LeadBefore before, int ordinals, int touched)
    {
        if (item.Request.Import is { } import)
        {
            IReadOnlyList<Guid> touches = [.. _rows.Changes.Touches.Skip(touched).Select(t => t.Id)];
            var undo = new LeadUndo { Version = lead.Version + 1, OrdinalsFrom = ordinals, Touches = touches, Before = before };
            data = data with { ImportId = import.ImportId, Undo = undo };
        }

        _rows.Changes.Happened(lead.Id, kind, _now, item.Request.ActorId, data);
    }

    private void Changed(Prepared item, Lead lead, IReadOnlyList<Reason> reasons, Guid? rowKey)
    {
        Refreshed.Add(lead.Id);
        lead.ChangedAt = _now;
        lead.Version++;
        _rows.Changes.Decisions.Add(new Decision { Id = Clock.NewId(_now), LeadId = lead.Id, At = _now, Kind = "intake", Trace = Trace.Join(_setting.VersionsWritten, Trace.Write(reasons)) });
        if (item.Request.Import is { } import)
        {
            _rows.ImportRows.Add(new ImportRow { Key = rowKey!.Value, ImportId = import.ImportId, Number = import.Number, LeadId = lead.Id, Outcome = (int)LandingOutcome.Refreshed });
        }
    }

    // A door that counts its own touches has said so; any other re-entry is a form submitted once more.
    private static IReadOnlyList<SubmittedTouch> Submitted(Prepared item) =>
        item.Request.Submission.Touches is { Count: > 0 } own ? own : [new SubmittedTouch(TouchKind.FormSubmitted, null)];

    private Score Score(Prepared item, Lead lead, IReadOnlyList<SubmittedTouch> submitted)
    {
        if (!_touches.TryGetValue(lead.Id, out var touches))
        {
            _touches[lead.Id] = touches = [.. _rows.Changes.Touches.Where(t => t.LeadId == lead.Id).Select(t => new TouchTally(t.Kind, t.Count, t.At))];
        }

        foreach (var touch in submitted)
        {
            var at = Clock.Truncate(touch.At ?? item.Lead.ReceivedAt);
            touches.Add(new TouchTally(touch.Kind, touch.Count, at));
            _rows.Changes.Touches.Add(Visits.Touch(item, touch, lead.Id, _now));
        }

        if (lead.Stopped)
        {
            // What the person does not want is not taken over.
            item.Stitch([]);
        }

        touches.AddRange(item.Stitched.Select(t => new TouchTally(t.Kind, 1, t.At)));
        var score = Scorer.Score(_setting.Scoring, lead.Facts(_setting), touches, _now);
        lead.Take(score);
        return score;
    }
}
