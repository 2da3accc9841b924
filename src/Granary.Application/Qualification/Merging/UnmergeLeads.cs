using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>
/// Undoes a merge of leads within some days (§5.3): what had gone over goes back, and the survivor gets its fields back, but for
/// those that somebody has changed since. The other lead is worked on again by whoever had it, or lies in the pool it came from.
/// </summary>
public sealed class UnmergeLeads(MergeLeads merging, Vault vault)
{
    /// <summary>Codes of refusal.</summary>
    public const string Undone = "merge_undone", Over = "merge_undo_over", Erased = "merge_erased";

    /// <summary>Undoes it.</summary>
    /// <param name="viewer">Who; they must be able to edit the lead that stayed.</param>
    /// <param name="id">The lead that stayed.</param>
    /// <param name="mergeId">The merge.</param>
    /// <param name="seen">The version of that lead, as it was seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<(RecordMerge? Merge, LeadResult Result)> Undo(Viewer viewer, Guid id, Guid mergeId, int? seen = null, CancellationToken ct = default) => merging.Alone(
        viewer.UserId,
        async work =>
        {
            var (survivor, refusal) = await work.Find(viewer, id, _ => Permission.EditLeads, seen, ct);
            if (survivor is null)
            {
                return (null, refusal!);
            }

            if (await work.Scope.Db.Set<RecordMerge>().SingleOrDefaultAsync(m => m.Id == mergeId && m.SurvivorId == id, ct) is not { } merge)
            {
                return (null, new LeadResult.NotFound());
            }

            if (Refusal(merge, work.Setting.Qualification.MergeUndoDays, work.Now) is { } code)
            {
                return (null, new LeadResult.Refused(code));
            }

            await Part(work, survivor, merge, Json.Read<LeadMergeBody>(vault.Open(merge.Body!.Value)), ct);
            return (merge, work.Changed(survivor));
        },
        ct);

    /// <summary>Why a merge cannot be undone; null when it can.</summary>
    /// <param name="merge">The merge.</param>
    /// <param name="days">Days within which it can.</param>
    /// <param name="now">The instant.</param>
    public static string? Refusal(RecordMerge merge, int days, DateTimeOffset now) =>
        merge.UndoneAt is not null ? Undone : now >= merge.At.AddDays(days) ? Over : merge.Body is null ? Erased : null;

    private async Task Part(LeadWork work, Lead survivor, RecordMerge merge, LeadMergeBody body, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var merged = await db.Set<Lead>().SingleAsync(l => l.Id == merge.MergedId, ct);
        var changes = LeadMergeFields.TakeBack(survivor, body.Survivor, body.After);
        if (body.RaisedFrom is { } stage && survivor.Qualification == body.Rest.Qualification)
        {
            survivor.Qualification = stage;
        }

        survivor.AccountId = body.GotAccount && survivor.AccountId == body.Rest.AccountId ? null : survivor.AccountId;
        survivor.SourceLeadId = body.WasLinked ? survivor.SourceLeadId ?? merged.Id : survivor.SourceLeadId;
        body.Merged.Restore(merged);
        body.Rest.Restore(merged);
        (merged.MergedIntoId, merge.UndoneAt, merge.UndoneBy) = (null, work.Now, work.ActorId);
        await work.Reopen(merged, null, body.Merged.OwnerId, body.Merged.PoolId, ct);
        work.Changed(merged);
        await db.SaveChangesAsync(ct);
        await body.Rows.Back(db, merged.Id, survivor.Id, ct);
        foreach (var part in merging.Parts)
        {
            await part.Back(db, body.Parts.GetValueOrDefault(part.Name) ?? [], merged, survivor, ct);
        }

        await MovedContacts.Back(work.Scope, vault, body.Contacts, merged.Id, survivor.Id, ct);
        work.Changes.Happened(survivor.Id, LeadEvent.Unmerged, work.Now, work.ActorId, new MergedData(merged.Id, merge.Id, changes));
        work.Changes.Happened(merged.Id, LeadEvent.Unmerged, work.Now, work.ActorId, new MergedData(survivor.Id, merge.Id, []));
        await work.Score(survivor, ct);
        await work.Score(merged, ct);
    }
}
