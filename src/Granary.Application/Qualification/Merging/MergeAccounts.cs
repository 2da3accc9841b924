using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>
/// Makes two accounts one (§5.3), and undoes it within some days. Contacts, leads and whatever else rooms keep by account go over to the
/// one that stays; the other one only leads there.
/// </summary>
public sealed class MergeAccounts(Store store, Vault vault, SettingCache settings, TimeProvider time, IEnumerable<AccountMergePart> parts)
{
    private readonly IReadOnlyList<AccountMergePart> _parts = [.. parts];

    /// <summary>Merges them.</summary>
    /// <param name="viewer">Who; they must reach both.</param>
    /// <param name="id">The account that stays.</param>
    /// <param name="input">The other one, and what is kept.</param>
    /// <param name="seen">The version of the account that stays, as it was seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<RecordMerge>> Merge(Viewer viewer, Guid id, MergeInput input, int? seen = null, CancellationToken ct = default) => Alone(
        async (scope, setting) =>
        {
            var both = await viewer.Accounts(scope.Db).Where(a => a.Id == id || a.Id == input.With).ToListAsync(ct);
            if (both.Find(a => a.Id == id) is not { } survivor)
            {
                return new AccountResult<RecordMerge>.NotFound();
            }

            if (id == input.With || both.Find(a => a.Id == input.With) is not { } merged)
            {
                return Invalid(new FieldError("with", id == input.With ? "duplicate" : "unknown_value"));
            }

            if ((seen is { } version && version != survivor.Version) || (input.WithSeen is { } other && other != merged.Version))
            {
                return new AccountResult<RecordMerge>.Stale(seen is { } mine && mine != survivor.Version ? survivor.Version : merged.Version);
            }

            var fields = AccountMergeFields.Of(survivor, merged);
            var sides = Domain.Matching.Merging.Sides(fields, input.Choose, out var wrong);
            return wrong.Count > 0
                ? Invalid([.. wrong.Select(w => new FieldError($"choose.{w}", "not_a_choice"))])
                : new AccountResult<RecordMerge>.Done(await Join(scope, setting, viewer, survivor, merged, fields, sides, ct));
        },
        ct);

    /// <summary>Undoes a merge; codes of refusal are those of leads.</summary>
    /// <param name="viewer">Who; they must reach the account that stayed.</param>
    /// <param name="id">The account that stayed.</param>
    /// <param name="mergeId">The merge.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<RecordMerge>> Undo(Viewer viewer, Guid id, Guid mergeId, CancellationToken ct = default) => Alone(
        async (scope, setting) =>
        {
            if (await viewer.Accounts(scope.Db).SingleOrDefaultAsync(a => a.Id == id, ct) is not { } survivor
                || await scope.Db.Set<RecordMerge>().SingleOrDefaultAsync(m => m.Id == mergeId && m.SurvivorId == id, ct) is not { } merge)
            {
                return new AccountResult<RecordMerge>.NotFound();
            }

            if (UnmergeLeads.Refusal(merge, setting.Qualification.MergeUndoDays, time.Now) is { } code)
            {
                return new AccountResult<RecordMerge>.Refused(code);
            }

            await Part(scope, setting, viewer, survivor, merge, Json.Read<AccountMergeBody>(vault.Open(merge.Body!.Value)), ct);
            return new AccountResult<RecordMerge>.Done(merge);
        },
        ct);

    private async Task<RecordMerge> Join(
        WriteScope scope, Setting setting, Viewer viewer, Account survivor, Account merged, IReadOnlyList<MergeField> fields, IReadOnlyDictionary<string, MergeSide> sides, CancellationToken ct)
    {
        var (db, now) = (scope.Db, time.Now);
        var (before, gone) = (AccountInput.Of(survivor), AccountInput.Of(merged));
        var changes = AccountMergeFields.Apply(survivor, merged, fields, sides);
        survivor.ParentId = survivor.ParentId == merged.Id ? null : survivor.ParentId;
        var after = AccountInput.Of(survivor);
        (survivor.Version, survivor.ChangedAt) = (survivor.Version + 1, now);
        (merged.MergedIntoId, merged.Version, merged.ChangedAt) = (survivor.Id, merged.Version + 1, now);
        await db.SaveChangesAsync(ct);
        Dictionary<string, IReadOnlyList<Guid>> moved = [];
        foreach (var part in _parts)
        {
            moved[part.Name] = await part.Move(db, merged.Id, survivor.Id, ct);
        }

        var merge = new RecordMerge
        {
            Id = Clock.NewId(now),
            SurvivorId = survivor.Id,
            MergedId = merged.Id,
            At = now,
            ActorId = viewer.UserId,
            Body = vault.Seal(Json.Write(new AccountMergeBody(before, after, gone, moved))),
        };
        db.Add(merge);
        db.Add(AccountEvent.Of(survivor.Id, AccountEvent.MergedFrom, now, viewer.UserId, new AccountMergedData(merged.Id, merge.Id, merged.Name, changes)));
        db.Add(AccountEvent.Of(merged.Id, AccountEvent.MergedInto, now, viewer.UserId, new AccountMergedData(survivor.Id, merge.Id, survivor.Name, [])));
        await AccountIndex.Remove(db, merged, ct);
        await AccountIndex.Refresh(db, vault, setting, survivor, ct);
        await db.SaveChangesAsync(ct);
        return merge;
    }

    private async Task Part(WriteScope scope, Setting setting, Viewer viewer, Account survivor, RecordMerge merge, AccountMergeBody body, CancellationToken ct)
    {
        var (db, now) = (scope.Db, time.Now);
        var merged = await db.Set<Account>().SingleAsync(a => a.Id == merge.MergedId, ct);
        var changes = AccountMergeFields.TakeBack(survivor, body.Survivor, body.After);
        (survivor.Version, survivor.ChangedAt) = (survivor.Version + 1, now);
        (merged.MergedIntoId, merged.Version, merged.ChangedAt) = (null, merged.Version + 1, now);
        // Whoever had it may have left since; then it is its present keeper's.
        merged.OwnerId = setting.People.GetValueOrDefault(merged.OwnerId ?? Guid.Empty)?.Status is Domain.People.PersonStatus.Active ? merged.OwnerId : survivor.OwnerId;
        (merge.UndoneAt, merge.UndoneBy) = (now, viewer.UserId);
        await db.SaveChangesAsync(ct);
        foreach (var part in _parts.Where(p => body.Moved.ContainsKey(p.Name)))
        {
            await part.Back(db, body.Moved[part.Name], merged.Id, survivor.Id, ct);
        }

        db.Add(AccountEvent.Of(survivor.Id, AccountEvent.Unmerged, now, viewer.UserId, new AccountMergedData(merged.Id, merge.Id, merged.Name, changes)));
        db.Add(AccountEvent.Of(merged.Id, AccountEvent.Unmerged, now, viewer.UserId, new AccountMergedData(survivor.Id, merge.Id, survivor.Name, [])));
        await AccountIndex.Refresh(db, vault, setting, survivor, ct);
        await AccountIndex.Refresh(db, vault, setting, merged, ct);
        await db.SaveChangesAsync(ct);
    }

    // While no verb and no intake runs: each holds the revision of the setting until it ends.
    private Task<AccountResult<RecordMerge>> Alone(Func<WriteScope, Setting, Task<AccountResult<RecordMerge>>> act, CancellationToken ct) => store.Write(
        async scope =>
        {
            if (!store.IsSqlite)
            {
                await scope.Db.Database.ExecuteSqlRawAsync("SELECT revision FROM organisation FOR UPDATE", ct);
            }

            return await act(scope, await settings.Get(ct));
        },
        ct);

    private static AccountResult<RecordMerge>.Invalid Invalid(params FieldError[] errors) => new(errors);
}

/// <summary>What undoing a merge of accounts needs.</summary>
internal sealed record AccountMergeBody(AccountInput Survivor, AccountInput After, AccountInput Merged, IReadOnlyDictionary<string, IReadOnlyList<Guid>> Moved);

/// <summary>What the log keeps of a merge of accounts.</summary>
internal sealed record AccountMergedData(Guid AccountId, Guid MergeId, string Name, IReadOnlyList<Ownership.FieldChange> Changes);
