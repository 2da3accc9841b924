using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>
/// What was written about named accounts whose contact, or whose lead, a person is: evidence and outcomes speak of people. Texts go; stages,
/// days and instruments stay. It runs before contacts are erased, since it finds accounts by them.
/// </summary>
public sealed class NamedPersonPart : PersonPart
{
    private const string Gone = "—";

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
            .. checks.Select(c => Row(("namedAccountId", c.NamedAccountId), ("check", c.CheckId), ("at", c.At), ("evidence", c.Evidence))),
            .. touches.Where(t => t.Note is not null || t.Outcome is not null)
                .Select(t => Row(("namedAccountId", t.NamedAccountId), ("instrument", t.Instrument), ("plannedOn", t.PlannedOn), ("note", t.Note), ("outcome", t.Outcome))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var ids = await Ids(work, ct);
        await work.Db.Set<NamedStageChange>().Where(c => ids.Contains(c.NamedAccountId) && c.Reason != null).ExecuteUpdateAsync(c => c.SetProperty(x => x.Reason, Gone), ct);
        return await work.Db.Set<NamedCheck>().Where(c => ids.Contains(c.NamedAccountId)).ExecuteUpdateAsync(c => c.SetProperty(x => x.Evidence, Gone), ct)
            + await work.Db.Set<NamedTouch>().Where(t => ids.Contains(t.NamedAccountId) && (t.Note != null || t.Outcome != null))
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.Note, (string?)null).SetProperty(x => x.Outcome, x => x.DoneOn == null ? null : Gone), ct);
    }

    private static async Task<Guid[]> Ids(PersonWork work, CancellationToken ct)
    {
        var contacts = work.Db.Set<AccountContactKey>().Where(k => work.Keys.Contains(k.Key)).Select(k => k.ContactId);
        var accounts = work.Db.Set<AccountContact>().Where(c => contacts.Contains(c.Id)).Select(c => c.AccountId);
        var leads = work.Db.Set<Lead>().Where(l => work.Leads.Contains(l.Id) && l.AccountId != null).Select(l => l.AccountId!.Value);
        return await work.Db.Set<NamedAccount>().Where(n => accounts.Contains(n.AccountId) || leads.Contains(n.AccountId)).Select(n => n.Id).ToArrayAsync(ct);
    }
}
