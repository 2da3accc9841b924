using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Adds and changes contacts of accounts. Each change counts as one of the account too, so that it cannot slip past a merge.</summary>
public sealed class SaveContact(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a contact.</summary>
    /// <param name="viewer">Who; they must reach the account.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="input">The contact.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<AccountContact>> Add(Viewer viewer, Guid accountId, AccountContactInput input, CancellationToken ct = default)
    {
        input = AccountRules.Normalised(input);
        return Write(viewer, accountId, async (scope, account, work) =>
        {
            if (await scope.Db.Set<AccountContact>().CountAsync(c => c.AccountId == account.Id, ct) >= AccountRules.MostContacts)
            {
                return Invalid(new FieldError("contacts", "too_many", $"{AccountRules.MostContacts}"));
            }

            if (await Wrong(scope.Db, viewer, input, ct) is { Count: > 0 } errors)
            {
                return new AccountResult<AccountContact>.Invalid(errors);
            }

            var contact = await work.Add(account.Id, input, time.Now, ct);
            scope.Db.Add(AccountEvent.Of(account.Id, AccountEvent.ContactAdded, time.Now, viewer.UserId, new AccountEvent.ContactData(contact.Id, [])));
            return new AccountResult<AccountContact>.Done(contact);
        }, ct);
    }

    /// <summary>Changes a contact; one that has left stays in the person's history.</summary>
    /// <param name="viewer">Who; they must reach its account.</param>
    /// <param name="id">The contact.</param>
    /// <param name="edit">What it is to become, from what it is, in plain text.</param>
    /// <param name="seen">The version that was edited from; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<AccountContact>> Change(Viewer viewer, Guid id, Func<AccountContactInput, AccountContactInput> edit, int? seen, CancellationToken ct = default)
    {
        Guid? accountId;
        await using (var db = store.Open())
        {
            accountId = await db.Set<AccountContact>().Where(c => c.Id == id).Select(c => (Guid?)c.AccountId).SingleOrDefaultAsync(ct);
        }

        return accountId is not { } home ? new AccountResult<AccountContact>.NotFound() : await Write(viewer, home, async (scope, account, work) =>
        {
            if (await scope.Db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == id && c.AccountId == account.Id, ct) is not { } contact)
            {
                return new AccountResult<AccountContact>.NotFound();
            }

            if (seen is { } version && version != contact.Version)
            {
                return new AccountResult<AccountContact>.Stale(contact.Version);
            }

            var (left, input) = (contact.Until, AccountRules.Normalised(edit(work.Read(contact))));
            if (AccountRules.Errors(input).ToList() is { Count: > 0 } errors)
            {
                return new AccountResult<AccountContact>.Invalid(errors);
            }

            var changed = await work.Change(contact, input, ct);
            if (changed.Count > 0)
            {
                var kind = left is null && contact.Until is not null ? AccountEvent.ContactLeft : AccountEvent.ContactEdited;
                scope.Db.Add(AccountEvent.Of(account.Id, kind, time.Now, viewer.UserId, new AccountEvent.ContactData(contact.Id, changed)));
            }

            return new AccountResult<AccountContact>.Done(contact);
        }, ct);
    }

    private async Task<AccountResult<AccountContact>> Write(
        Viewer viewer, Guid accountId, Func<WriteScope, Account, ContactWork, Task<AccountResult<AccountContact>>> write, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                if (await viewer.Accounts(scope.Db).SingleOrDefaultAsync(a => a.Id == accountId, ct) is not { } account)
                {
                    return new AccountResult<AccountContact>.NotFound();
                }

                var result = await write(scope, account, new ContactWork(scope.Db, vault));
                if (result is AccountResult<AccountContact>.Done && scope.Db.ChangeTracker.HasChanges())
                {
                    (account.Version, account.ChangedAt) = (account.Version + 1, time.Now);
                    await scope.Db.SaveChangesAsync(ct);
                    await AccountIndex.Refresh(scope.Db, vault, setting, account, ct);
                    await scope.Db.SaveChangesAsync(ct);
                }

                return result;
            },
            ct);
    }

    // Who somebody is can only be said of a person whom the viewer knows.
    private static async Task<IReadOnlyList<FieldError>> Wrong(GranaryDb db, Viewer viewer, AccountContactInput input, CancellationToken ct)
    {
        List<FieldError> errors = [.. AccountRules.Errors(input)];
        if (input.PersonId is { } person && !await viewer.Contacts(db).AnyAsync(c => c.PersonId == person, ct))
        {
            errors.Add(new FieldError("personId", "unknown_value"));
        }

        return errors;
    }

    private static AccountResult<AccountContact>.Invalid Invalid(FieldError error) => new([error]);
}
