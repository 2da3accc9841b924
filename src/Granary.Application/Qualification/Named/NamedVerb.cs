using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>A verb on a named account: what it has at hand.</summary>
/// <param name="Scope">The transaction.</param>
/// <param name="Setting">The settings.</param>
/// <param name="Now">The instant.</param>
/// <param name="Named">The named account.</param>
/// <param name="Account">Its account.</param>
internal sealed record NamedWork(WriteScope Scope, Setting Setting, DateTimeOffset Now, NamedAccount Named, Account Account)
{
    public GranaryDb Db => Scope.Db;

    /// <summary>Writes into the account's history.</summary>
    public void Happened<T>(string kind, Guid actor, T data) => Db.Add(AccountEvent.Of(Account.Id, kind, Now, actor, data));
}

/// <summary>Does verbs on named accounts: finds one within reach, holds it until the end and counts the change.</summary>
public sealed class NamedVerb(Store store, SettingCache settings, NamedKnowledge knowledge, TimeProvider time)
{
    internal NamedKnowledge Knowledge => knowledge;

    internal TimeProvider Time => time;

    internal async Task<AccountResult<NamedAccount>> Run(Viewer viewer, Guid id, int? seen, Func<NamedWork, Task<AccountResult<NamedAccount>>> act, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        return await store.Write<AccountResult<NamedAccount>>(
            async scope =>
            {
                // Their own row is the lock: two who act on it at once act one after the other.
                await scope.Db.Set<NamedAccount>().Where(n => n.Id == id).ExecuteUpdateAsync(n => n.SetProperty(x => x.Version, x => x.Version), ct);
                if (await viewer.NamedAccounts(scope.Db).SingleOrDefaultAsync(n => n.Id == id, ct) is not { } named)
                {
                    return new AccountResult<NamedAccount>.NotFound();
                }

                if (seen is { } version && version != named.Version)
                {
                    return new AccountResult<NamedAccount>.Stale(named.Version);
                }

                var result = await act(new NamedWork(scope, setting, time.Now, named, await scope.Db.Set<Account>().SingleAsync(a => a.Id == named.AccountId, ct)));
                if (result is AccountResult<NamedAccount>.Done && scope.Db.ChangeTracker.HasChanges())
                {
                    named.Version++;
                    await scope.Db.SaveChangesAsync(ct);
                }

                return result;
            },
            ct);
    }
}
