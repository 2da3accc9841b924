using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>
/// What was written about named accounts whose contact, or whose lead, a person is: evidence, notes and outcomes may name people, and so may
/// notes of lists. Words that name the person go; stages, days and instruments stay.
/// </summary>
public sealed class NamedPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "named_account";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var ids = await Ids(work, ct);
        var checks = await work.Db.Set<NamedCheck>().AsNoTracking().Where(c => ids.Contains(c.NamedAccountId)).OrderBy(c => c.At).ToListAsync(ct);
        var touches = await work.Db.Set<NamedTouch>().AsNoTracking().Where(t => ids.Contains(t.NamedAccountId)).OrderBy(t => t.Id).ToListAsync(ct);
        return
        [
            .. checks.Where(c => work.Named(c.Evidence)).Select(c => Row(("id", c.NamedAccountId), ("at", c.At), ("evidence", c.Evidence))),
            .. (await Lists(work, ct)).Select(l => Row(("id", l.Id), ("note", l.Note))),
            .. touches.Where(t => work.Named(t.Note) || work.Named(t.Outcome)).Select(t => Row(("id", t.NamedAccountId), ("at", t.At), ("note", t.Note), ("outcome", t.Outcome))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var ids = await Ids(work, ct);
        var changed = 0;
        string? Struck(string? text, string? gone)
        {
            changed += work.Named(text) ? 1 : 0;
            return work.Named(text) ? gone : text;
        }

        foreach (var check in await work.Db.Set<NamedCheck>().Where(c => ids.Contains(c.NamedAccountId)).ToListAsync(ct))
        {
            check.Evidence = Struck(check.Evidence, PersonWork.Gone)!;
        }

        foreach (var touch in await work.Db.Set<NamedTouch>().Where(t => ids.Contains(t.NamedAccountId)).ToListAsync(ct))
        {
            (touch.Note, touch.Outcome) = (Struck(touch.Note, null), Struck(touch.Outcome, PersonWork.Gone));
        }

        foreach (var change in await work.Db.Set<NamedStageChange>().Where(c => ids.Contains(c.NamedAccountId) && c.Reason != null).ToListAsync(ct))
        {
            change.Reason = Struck(change.Reason, PersonWork.Gone);
        }

        foreach (var list in await Lists(work, ct))
        {
            (list.Note, list.Version) = (Struck(list.Note, null), list.Version + 1);
        }

        await work.Db.SaveChangesAsync(ct);
        return changed;
    }

    private static async Task<List<NamedList>> Lists(PersonWork work, CancellationToken ct) =>
        (await work.Db.Set<NamedList>().Where(l => l.Note != null).ToListAsync(ct)).FindAll(l => work.Named(l.Note));

    private static async Task<Guid[]> Ids(PersonWork work, CancellationToken ct)
    {
        var (records, leads) = (work.Keys.Length == 0 ? [] : work.Records.ToArray(), work.Keys.Length == 0 ? [] : work.Leads);
        return await work.Db.Set<NamedAccount>().Where(n => records.Contains(n.AccountId) || work.Db.Set<Lead>().Any(l => leads.Contains(l.Id) && l.AccountId == n.AccountId)).Select(n => n.Id).ToArrayAsync(ct);
    }
}
