using Granary.Application.Capture;
using Granary.Application.Capture.Import;
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
    private readonly WriteScope _scope;
    private readonly Vault _vault;
    private readonly KeyBook _book;
    private readonly LandingRows _rows;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, Lead> _stored;
    private readonly Dictionary<Guid, List<TouchTally>> _touches;
    private readonly List<(Guid Key, Guid Lead)> _heads = [];

    private Refreshing(
        WriteScope scope, Setting setting, Vault vault, KeyBook book, LandingRows rows, DateTimeOffset now, List<Lead> stored, List<Touch> touches)
    {
        (_scope, _setting, _vault, _book, _rows, _now) = (scope, setting, vault, book, rows, now);
        _stored = stored.ToDictionary(l => l.Id);
        _touches = touches.GroupBy(t => t.LeadId).ToDictionary(g => g.Key, g => g.Select(t => new TouchTally(t.Kind, t.Count, t.At)).ToList());
    }

    /// <summary>Loads the leads that the items of a batch may refresh.</summary>
    public static async Task<Refreshing> Open(
        WriteScope scope, Setting setting, Vault vault, KeyBook book, IReadOnlyList<Prepared> items, LandingRows rows, DateTimeOffset now, CancellationToken ct)
    {
        var wanted = items.Where(i => i.Duplicates.Rules.Any(r => r.Action == DuplicateAction.Refresh)).SelectMany(book.ByContact).Select(c => c.Id).Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return new Refreshing(scope, setting, vault, book, rows, now, [], []);
        }

        var leads = await scope.Db.Set<Lead>().Where(l => wanted.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(ct);
        var touches = await scope.Db.Set<Touch>().AsNoTracking().Where(t => wanted.Contains(t.LeadId)).ToListAsync(ct);
        return new Refreshing(scope, setting, vault, book, rows, now, leads, touches);
    }

    /// <summary>Refreshes the lead that a submission matched.</summary>
    public Landing Refresh(Prepared item, MatchDecision match, Func<Lead, LeadFacts, Guid?, AssignmentDecision> assign, Placement placement)
    {
        var lead = _stored.GetValueOrDefault(match.TargetLeadId!.Value) ?? _rows.Leads.Single(l => l.Id == match.TargetLeadId);
        var changes = LeadRefresh.Apply(item.Lead, lead);
        TakeContacts(item, lead);
        var score = Score(item, lead);
        var kept = new KeptSubmission { Id = Guid.CreateVersion7(_now), LeadId = lead.Id, At = _now, Body = _vault.Seal(Json.Write(item.Request.Submission)) };
        _rows.Kept.Add(kept);
        _rows.Changes.Happened(lead.Id, LeadEvent.Reentered, _now, item.Request.ActorId, new EditedData(changes, item.Clean.Submission.Channel, kept.Id));

        List<Reason> reasons = [.. item.Clean.Reasons, .. match.Reasons, .. score.Reasons];
        if (lead.OwnerId is { } owner)
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
        lead.ChangedAt = _now;
        lead.Version++;
        _rows.Changes.Decisions.Add(new Decision { Id = Guid.CreateVersion7(_now), LeadId = lead.Id, At = _now, Kind = "intake", Trace = Json.Write(new Trace(_setting.Versions, reasons)) });
        if (item.Request.Import is { } import)
        {
            _rows.ImportRows.Add(new ImportRow { Key = import.Key, ImportId = import.ImportId, Number = import.Number, LeadId = lead.Id, Outcome = (int)LandingOutcome.Refreshed });
        }

        return Landing.Of(lead, LandingOutcome.Refreshed, reasons);
    }

    /// <summary>Gives the heads that refreshing submissions claimed to the leads they refreshed.</summary>
    public async Task MoveHeads(CancellationToken ct)
    {
        foreach (var (key, lead) in _heads)
        {
            await _scope.Db.Set<ContactPoint>().Where(c => c.Key == key && c.Seq == 0).ExecuteUpdateAsync(c => c.SetProperty(x => x.LeadId, lead), ct);
        }
    }

    private void TakeContacts(Prepared item, Lead lead)
    {
        foreach (var contact in item.Contacts)
        {
            if (_book.IsHead(contact))
            {
                _heads.Add((contact.Key, lead.Id));
                _book.Give(contact.Key, lead);
            }
            else if (_book.Give(contact.Key, lead) is { } seq)
            {
                (contact.Seq, contact.LeadId) = (seq, lead.Id);
                _rows.Contacts.Add(contact);
            }
        }
    }

    private Score Score(Prepared item, Lead lead)
    {
        if (!_touches.TryGetValue(lead.Id, out var touches))
        {
            _touches[lead.Id] = touches = [.. _rows.Changes.Touches.Where(t => t.LeadId == lead.Id).Select(t => new TouchTally(t.Kind, t.Count, t.At))];
        }

        var submitted = item.Request.Submission.Touches;
        // A door that counts its own touches has said so; any other re-entry is a form submitted once more.
        foreach (var touch in submitted.Count > 0 ? submitted : [new SubmittedTouch(TouchKind.FormSubmitted, null)])
        {
            var at = Clock.Truncate(touch.At ?? item.Lead.ReceivedAt);
            touches.Add(new TouchTally(touch.Kind, touch.Count, at));
            _rows.Changes.Touches.Add(new Touch { Id = Guid.CreateVersion7(_now), LeadId = lead.Id, Kind = touch.Kind, At = at, Count = touch.Count });
        }

        var score = Scorer.Score(_setting.Scoring, lead.Facts(_setting), touches, _now);
        lead.Take(score);
        return score;
    }
}
