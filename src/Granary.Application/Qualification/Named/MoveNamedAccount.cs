using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>
/// Moves a named account to a stage (§12): forward only where its checklist and those before hold, back with a reason. Also from list to
/// list, and out of them.
/// </summary>
public sealed class MoveNamedAccount(NamedVerb verb)
{
    /// <summary>Moves it to a stage.</summary>
    /// <param name="viewer">Who; they must reach the account.</param>
    /// <param name="id">The named account.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="reason">Why, for a step back; up to 500 characters.</param>
    /// <param name="seen">The version that was seen; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<NamedAccount>> To(Viewer viewer, Guid id, NamedAccountStage stage, string? reason, int? seen = null, CancellationToken ct = default) => verb.Run(viewer, id, seen, async work =>
    {
        var before = work.Named.Stage;
        if (stage == before)
        {
            return new AccountResult<NamedAccount>.Refused(NamedRefusal.SameStage);
        }

        if (stage < before && string.IsNullOrWhiteSpace(reason))
        {
            return new AccountResult<NamedAccount>.Refused(NamedRefusal.ReasonRequired);
        }

        if (reason?.Trim().Length > VerbReason.Most)
        {
            return new AccountResult<NamedAccount>.Invalid([new FieldError("reason", "too_long", $"{VerbReason.Most}")]);
        }

        if (stage > before && await Missing(work, stage, ct) is { Count: > 0 } missing)
        {
            return new AccountResult<NamedAccount>.Refused(NamedRefusal.ChecksMissing) { Missing = [.. missing.Select(m => m.Check.Id)] };
        }

        (work.Named.Stage, work.Named.StageSince) = (stage, work.Now);
        var kept = VerbReason.Kept(reason);
        work.Db.Add(new NamedStageChange { Id = verb.Time.NewId(), NamedAccountId = id, ListId = work.Named.ListId, Before = before, After = stage, Reason = kept, ActorId = viewer.UserId, At = work.Now });
        work.Happened(NamedEvent.StageChanged, viewer.UserId, new { before, after = stage, reason = kept });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Moves it to another list; its stage, ticks and plan go with it.</summary>
    public Task<AccountResult<NamedAccount>> ToList(Viewer viewer, Guid id, Guid listId, CancellationToken ct = default) => verb.Run(viewer, id, null, async work =>
    {
        if (await viewer.NamedLists(work.Db).SingleOrDefaultAsync(l => l.Id == listId, ct) is not { } list)
        {
            return new AccountResult<NamedAccount>.Invalid([new FieldError("listId", "unknown_value")]);
        }

        if (work.Named.ListId != listId)
        {
            work.Named.ListId = listId;
            work.Happened(NamedEvent.ListChanged, viewer.UserId, new { list.Name, listId });
        }

        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Takes it out of its list; the account stays, and so does its history.</summary>
    public Task<AccountResult<NamedAccount>> Remove(Viewer viewer, Guid id, CancellationToken ct = default) => verb.Run(viewer, id, null, async work =>
    {
        var list = await work.Db.Set<NamedList>().Where(l => l.Id == work.Named.ListId).Select(l => l.Name).SingleOrDefaultAsync(ct);
        await work.Db.Set<NamedCheck>().Where(c => c.NamedAccountId == id).ExecuteDeleteAsync(ct);
        await work.Db.Set<NamedTouch>().Where(t => t.NamedAccountId == id).ExecuteDeleteAsync(ct);
        work.Happened(NamedEvent.Unnamed, viewer.UserId, new { name = list, work.Named.Stage });
        work.Db.Remove(work.Named);
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    private async Task<IReadOnlyList<EntryState>> Missing(NamedWork work, NamedAccountStage stage, CancellationToken ct)
    {
        var policy = work.Setting.NamedAccounts;
        var facts = await verb.Knowledge.Of(work.Db, policy, [work.Account], ct);
        var ticked = await work.Db.Set<NamedCheck>().Where(c => c.NamedAccountId == work.Named.Id).Select(c => c.CheckId).ToListAsync(ct);
        return NamedAccounts.Missing(policy, stage, facts[work.Account.Id], ticked);
    }
}
