using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>A merge as it is asked for.</summary>
/// <param name="With">The record that goes.</param>
/// <param name="Choose">Whose value is kept, by field; what is not named is as proposed.</param>
/// <param name="WithSeen">The version of the record that goes, as it was seen; null where they do not say.</param>
public sealed record MergeInput(Guid With, IReadOnlyDictionary<string, MergeSide> Choose, int? WithSeen = null);

/// <summary>
/// Makes two leads one (§5.3). Touches, follow-ups, files, judgements, consents, links and contact points go over to the one that
/// stays; the other one is voided and only leads there. Nobody else writes on leads meanwhile, so nothing can be left behind.
/// </summary>
public sealed class MergeLeads(Store store, Vault vault, SettingCache settings, TimeProvider time, IEnumerable<LeadMergePart> parts)
{
    /// <summary>What later rooms move.</summary>
    internal IReadOnlyList<LeadMergePart> Parts { get; } = [.. parts];

    /// <summary>Merges them.</summary>
    /// <param name="viewer">Who; they must be able to edit both, and to take away one that is somebody else's.</param>
    /// <param name="id">The lead that stays.</param>
    /// <param name="input">The other one, and what is kept.</param>
    /// <param name="seen">The version of the lead that stays, as it was seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<(RecordMerge? Merge, LeadResult Result)> Merge(Viewer viewer, Guid id, MergeInput input, int? seen = null, CancellationToken ct = default) => Alone(
        viewer.UserId,
        async work =>
        {
            var (survivor, refusal) = await work.Find(viewer, id, _ => Permission.EditLeads, seen, ct);
            if (survivor is null)
            {
                return (null, refusal!);
            }

            var (merged, other) = await Other(work, viewer, survivor, input, ct);
            if (merged is null)
            {
                return (null, other!);
            }

            if (Refusal(work, survivor, merged) is { } no)
            {
                return (null, no);
            }

            var fields = LeadMergeFields.Of(survivor, merged);
            var sides = Domain.Matching.Merging.Sides(fields, input.Choose, out var wrong);
            if (wrong.Count > 0)
            {
                return (null, new LeadResult.Invalid([.. wrong.Select(w => new FieldError($"choose.{w}", "not_a_choice"))]));
            }

            var merge = await Join(work, viewer, survivor, merged, fields, sides, ct);
            return (merge, work.Changed(survivor));
        },
        ct);

    /// <summary>Works with both leads while no verb runs: each verb holds the revision of the setting until it ends.</summary>
    internal Task<(RecordMerge? Merge, LeadResult Result)> Alone(Guid actorId, Func<LeadWork, Task<(RecordMerge? Merge, LeadResult Result)>> act, CancellationToken ct) => store.Write(
        async scope =>
        {
            if (!store.IsSqlite)
            {
                await scope.Db.Database.ExecuteSqlRawAsync("SELECT revision FROM organisation FOR UPDATE", ct);
            }

            var work = await LeadWork.Begin(scope, settings, time.Now, actorId, ct);
            // Intake locks all counters before it looks who holds a contact point.
            await work.Board(ct);
            var done = await act(work);
            if (done.Result is LeadResult.Done)
            {
                await work.Save(ct);
            }
            else
            {
                scope.Abandon();
            }

            return done;
        },
        ct);

    private static async Task<(Lead? Lead, LeadResult? Refusal)> Other(LeadWork work, Viewer viewer, Lead survivor, MergeInput input, CancellationToken ct)
    {
        if (input.With == survivor.Id)
        {
            return (null, new LeadResult.Invalid([new FieldError("with", "duplicate")]));
        }

        var (merged, refusal) = await work.Find(viewer, input.With, _ => Permission.EditLeads, input.WithSeen, ct);
        if (merged is null)
        {
            return (null, refusal is LeadResult.NotFound ? new LeadResult.Invalid([new FieldError("with", "unknown_value")]) : refusal);
        }

        // What is somebody else's is taken from them by it.
        return merged.OwnerId is { } owner && owner != viewer.UserId && owner != survivor.OwnerId && !await viewer.Leads(work.Scope.Db, Permission.AssignLeads).AnyAsync(l => l.Id == merged.Id, ct)
            ? (null, new LeadResult.Forbidden())
            : (merged, null);
    }

    // A converted lead has an opportunity that came of it: it can stay, and not go.
    private static LeadResult? Refusal(LeadWork work, Lead survivor, Lead merged) =>
        work.Unassignable(merged)
        ?? (PrivacyRefusal.Of(survivor) is { } stopped ? new LeadResult.Refused(stopped) : survivor.Status == LeadStatus.Converted ? null : work.Unassignable(survivor));

    private async Task<RecordMerge> Join(
        LeadWork work, Viewer viewer, Lead survivor, Lead merged, IReadOnlyList<MergeField> fields, IReadOnlyDictionary<string, MergeSide> sides, CancellationToken ct)
    {
        var (db, before, gone, rest, owner) = (work.Scope.Db, LeadBefore.Of(survivor), LeadBefore.Of(merged), LeadRest.Of(merged), merged.OwnerId);
        var (raised, account, linked) = (survivor.Qualification < merged.Qualification ? survivor.Qualification : (Domain.Capture.QualificationStage?)null,
            survivor.AccountId is null && merged.AccountId is not null, survivor.SourceLeadId == merged.Id);
        var changes = LeadMergeFields.Apply(survivor, merged, fields, sides);
        survivor.ExternalId ??= merged.ExternalId;
        survivor.Consent ??= merged.Consent;
        survivor.AccountId ??= merged.AccountId;
        survivor.Qualification = raised is null ? survivor.Qualification : merged.Qualification;
        survivor.Promoted |= merged.Promoted;
        survivor.FollowedAt = survivor.FollowedAt > merged.FollowedAt || merged.FollowedAt is null ? survivor.FollowedAt : merged.FollowedAt;
        survivor.SourceLeadId = linked ? null : survivor.SourceLeadId;
        var merge = new RecordMerge { Id = Clock.NewId(work.Now), SurvivorId = survivor.Id, MergedId = merged.Id, At = work.Now, ActorId = viewer.UserId };
        await Close(work, survivor, merged, ct);
        await db.SaveChangesAsync(ct);
        var body = new LeadMergeBody
        {
            Survivor = before,
            After = LeadBefore.Of(survivor),
            Merged = gone,
            Rest = rest,
            RaisedFrom = raised,
            GotAccount = account,
            WasLinked = linked,
            Rows = await MovedRows.Of(db, merged.Id, survivor.Id, ct),
            Contacts = await MovedContacts.Move(db, vault, merged.Id, survivor.Id, ct),
            Parts = await MoveParts(db, merged, survivor, ct),
        };
        merge.Body = vault.Seal(Json.Write(body));
        db.Add(merge);
        work.Changes.Happened(merged.Id, LeadEvent.Voided, work.Now, work.ActorId, new VoidedData(owner, null));
        work.Changes.Happened(merged.Id, LeadEvent.MergedInto, work.Now, work.ActorId, new MergedData(survivor.Id, merge.Id, []));
        work.Changes.Happened(survivor.Id, LeadEvent.MergedFrom, work.Now, work.ActorId, new MergedData(merged.Id, merge.Id, changes));
        await Hand(work, survivor, owner, ct);
        await work.Score(survivor, ct);
        return merge;
    }

    private async Task<Dictionary<string, IReadOnlyList<Guid>>> MoveParts(GranaryDb db, Lead from, Lead to, CancellationToken ct)
    {
        Dictionary<string, IReadOnlyList<Guid>> moved = [];
        foreach (var part in Parts)
        {
            moved[part.Name] = await part.Move(db, from, to, ct);
        }

        return moved;
    }

    // The shell keeps nothing that tells who it was about, and nothing by which it would be found.
    private static async Task Close(LeadWork work, Lead survivor, Lead merged, CancellationToken ct)
    {
        await work.End(merged, Ended.Voided, null, ct);
        await work.DropRequests(merged, ct);
        (merged.OwnerId, merged.PoolId, merged.TrayUserId, merged.RetryAt, merged.RecorderId) = (null, null, null, null, null);
        (merged.NextStep, merged.NextAt, merged.Status, merged.InvalidReason, merged.PlacedAt) = (null, null, LeadStatus.Voided, null, work.Now);
        (merged.CompanyName, merged.CompanyKey, merged.CompanyTail, merged.CreditCode, merged.ContactName, merged.Title) = (null, null, null, null, null, null);
        (merged.Requirement, merged.Custom, merged.Consent, merged.LandingPage, merged.Referrer, merged.ReferredBy) = (null, null, null, null, null, null);
        (merged.AccountId, merged.SourceLeadId, merged.MergedIntoId) = (null, null, survivor.Id);
        work.Changed(merged);
    }

    // Whoever had the one that went has the one that stays, where nobody had it.
    private static async Task Hand(LeadWork work, Lead survivor, Guid? owner, CancellationToken ct)
    {
        if (owner is { } heir && survivor is { OwnerId: null, Status: LeadStatus.Unassigned })
        {
            await work.Hand(survivor, heir, Acquired.Duplicate, null, ct);
        }
        else if (owner is { } loser && loser != survivor.OwnerId)
        {
            work.Changes.Tell(loser, NoticeKind.LeadMerged, survivor.Id, work.Now, work.ActorId);
        }
    }
}
