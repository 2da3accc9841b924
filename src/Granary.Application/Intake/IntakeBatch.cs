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
internal sealed partial class IntakeBatch
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

    private List<Prepared> _fresh = [];
    private HashSet<Guid>? _keys;
    private KeyBook _book = null!;
    private Refreshing _refreshing = null!;
    private KeptConsents? _consents;
    private Visits? _visits;
    private UpdateTargets _targets = null!;
    private Repeats _repeats = null!;

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
    /// <param name="scope">The transaction.</param>
    /// <param name="setting">The setting the items were prepared with.</param>
    /// <param name="vault">Keys of contact data.</param>
    /// <param name="items">The batch.</param>
    /// <param name="now">The time.</param>
    /// <param name="place">Its place among the batches of this node; null where one lands at a time.</param>
    /// <param name="decided">Told when it is decided.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IntakeResult[]?> Land(
        WriteScope scope, Setting setting, Vault vault, IReadOnlyList<Prepared> items, DateTimeOffset now, LandingPlace? place, Action? decided, CancellationToken ct)
    {
        // What these look up besides may be what the batch before is about to write.
        if (place?.GoesAhead(!items.Any(i => i.Request.Update is not null || i.Request.VisitorId is not null)) == true)
        {
            var ahead = new IntakeBatch(scope, setting, vault, now);
            if (await ahead.Open(items, place, ct))
            {
                return await ahead.Land(items, place, true, decided, ct);
            }

            place.RestOnNothing();
        }

        await (place?.Behind() ?? Task.CompletedTask);
        var batch = new IntakeBatch(scope, setting, vault, now);
        return await batch.Open(items, null, ct) ? await batch.Land(items, place, false, decided, ct) : null;
    }

    /// <summary>
    /// Settles a stored lead that was released from its check, as if it came in now: match, assign. It is a lead already, so
    /// where a new one would have refreshed another it is linked to that one. Null when the setting is newer than the item.
    /// </summary>
    public static async Task<Landing?> Release(WriteScope scope, Setting setting, Vault vault, Prepared item, DateTimeOffset now, Guid actorId, CancellationToken ct)
    {
        var batch = new IntakeBatch(scope, setting, vault, now);
        if (await KeyBook.Open(scope, [item], batch._board, ct) is not { } book)
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
        await batch.Write(null, ct);
        return Landing.Of(item.Lead, settled.Outcome, settled.Reasons(item));
    }

    // Looks up and loads whatever the items may meet; false where they must be opened in another way.
    private async Task<bool> Open(IReadOnlyList<Prepared> items, LandingPlace? aheadFrom, CancellationToken ct)
    {
        _repeats = await Repeats.Find(_scope, _vault, items, ct);
        _targets = await UpdateTargets.Find(_scope.Db, items, ct);
        // An update is made whenever it is asked for; what creates is taken once.
        _fresh = items.Where(i => _targets.Refusal(i) is null && (_targets.Of(i) is not null || !_repeats.Has(i))).ToList();
        if (_fresh.Count == 0)
        {
            // Nothing is looked up, so nobody may rest on it either.
            return aheadFrom is null;
        }

        _visits = await Visits.Open(_scope, _fresh, _now, ct);
        var book = aheadFrom is null ? await KeyBook.Open(_scope, _fresh, _board, ct) : await KeyBook.OpenAhead(_scope, _keys = BatchNews.KeysOf(items), _fresh, _board, aheadFrom, ct);
        if (book is null || (aheadFrom is not null && Refreshing.Wanted(book, _fresh).Any()))
        {
            return false;
        }

        _book = book;
        _consents = new KeptConsents(_vault, book, _rows, _now);
        _refreshing = await Refreshing.Open(_scope, _setting, _vault, book, _fresh, _targets.Leads, _rows, _now, ct);
        return true;
    }

    private async Task<IntakeResult[]> Land(IReadOnlyList<Prepared> items, LandingPlace? place, bool ahead, Action? decided, CancellationToken ct)
    {
        var landing = _fresh.ToHashSet();
        var results = new IntakeResult[items.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = _targets.Refusal(items[i]) ?? (landing.Contains(items[i]) ? _repeats.Keep(items[i], new IntakeResult.Landed(Land(items[i]))) : _repeats.Of(items[i])!);
        }

        _rows.Answers.AddRange(_repeats.Answers(_now));
        if (place is not null && _fresh.Count > 0)
        {
            place.Decide(new BatchNews(_board.Left(), _book.Entered.Done(), _keys ?? BatchNews.KeysOf(items), _refreshing.Refreshed, _possibleDuplicates));
        }

        decided?.Invoke();
        await Write(ahead ? place : null, ct);
        return results;
    }

    private async Task Write(LandingPlace? aheadFrom, CancellationToken ct)
    {
        if (_scope.Db.ChangeTracker.HasChanges())
        {
            await _scope.Db.SaveChangesAsync(ct);
        }

        // Whoever meets another on several keys waits for them in one order.
        _rows.Contacts.Sort((a, b) => IdOrder.Instance.Compare(a.Key, b.Key));
        var insert = _rows.Into(_scope.Insert());
        if (aheadFrom is null)
        {
            _board.Save(insert);
            await insert.Send(ct);
        }
        else
        {
            // All of this is its own; what it shares with others is written behind the batch before.
            await insert.Send(ct);
            await aheadFrom.Behind();
            if (!await _board.SaveBehind(ct))
            {
                throw aheadFrom.Missed();
            }
        }

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
}
