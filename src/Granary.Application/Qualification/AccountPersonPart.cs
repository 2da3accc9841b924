using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Accounts where a person is a contact, or that their leads belong to: a company is nobody's data, but its notes may name people.</summary>
public sealed class AccountPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "account";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var accounts = await Of(work).AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct);
        var ids = accounts.ConvertAll(a => a.Id);
        var events = await work.Db.Set<EventRecord>().AsNoTracking().Where(e => ids.Contains(e.SubjectId)).OrderBy(e => e.Position).ToListAsync(ct);
        return
        [
            .. accounts.Where(a => Texts(a).Any(work.Named)).Select(a => Row(("id", a.Id), ("company", a.Name), ("texts", Texts(a).Where(work.Named).ToArray()))),
            .. events.Where(e => work.Struck(e.Data) != e.Data).Select(e => Row(("id", e.SubjectId), ("at", e.At), ("kind", e.Kind), ("data", JsonNode.Parse(e.Data)))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var accounts = await Of(work).ToListAsync(ct);
        var named = accounts.FindAll(a => Texts(a).Any(work.Named));
        foreach (var account in named)
        {
            account.Note = work.Named(account.Note) ? null : account.Note;
            account.Custom = account.Custom is null ? null : work.Struck(account.Custom);
            account.Sites = account.Sites.FindAll(t => !work.Named(t));
            account.PastOrders = account.PastOrders.FindAll(t => !work.Named(t));
            account.Competitors = account.Competitors.FindAll(t => !work.Named(t));
            account.Version++;
        }

        await work.Db.SaveChangesAsync(ct);
        return named.Count + await RedactEvents.OfSubjects(work.Scope!, accounts.ConvertAll(a => a.Id), e => work.Struck(e.Data), work.ReasonId, work.ActorId, work.Now, ct);
    }

    private static IEnumerable<string> Texts(Account account) =>
    [
        .. new[] { account.Note }.OfType<string>(), .. account.Sites, .. account.PastOrders, .. account.Competitors,
        .. AccountInput.CustomOf(account).Values,
    ];

    private static IQueryable<Account> Of(PersonWork work)
    {
        var (records, leads) = (work.Keys.Length == 0 ? [] : work.Records.ToArray(), work.Keys.Length == 0 ? [] : work.Leads);
        return work.Db.Set<Account>().Where(a => records.Contains(a.Id) || work.Db.Set<Lead>().Any(l => leads.Contains(l.Id) && l.AccountId == a.Id));
    }
}
