using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>
/// Keeps the keys by which accounts and contacts are found: those of the account's name and credit code, and those of the
/// contacts who are there. Who left is found as a person, and brings the company nothing any more.
/// </summary>
internal static class AccountIndex
{
    /// <summary>Keys of a contact by its values.</summary>
    public static Dictionary<Guid, MatchKeyKind> KeysOf(Vault vault, AccountContactInput contact)
    {
        Dictionary<Guid, MatchKeyKind> keys = [];
        if (PhoneNumber.TryParse(contact.Phone, out var phone, out _))
        {
            keys[vault.Key(phone)] = MatchKeyKind.Phone;
        }

        if (EmailAddress.TryParse(contact.Email, out var email, out _))
        {
            keys[vault.Key(email)] = MatchKeyKind.Email;
        }

        if (WeChatId.TryParse(contact.WeChat, out var weChat, out _))
        {
            keys[vault.Key(weChat)] = MatchKeyKind.WeChat;
        }

        return keys;
    }

    /// <summary>Makes the keys of an account those that it should have. Rows that this transaction adds must have been saved.</summary>
    public static Task Refresh(GranaryDb db, Vault vault, Setting setting, Account account, CancellationToken ct) => Refresh(db, vault, setting, [account], ct);

    /// <summary>The same for many accounts, in two queries.</summary>
    public static async Task Refresh(GranaryDb db, Vault vault, Setting setting, IReadOnlyCollection<Account> accounts, CancellationToken ct)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        var contacts = (await (from contact in db.Set<AccountContact>()
                               join key in db.Set<AccountContactKey>() on contact.Id equals key.ContactId
                               where ids.Contains(contact.AccountId) && contact.Until == null
                               select new { contact.AccountId, key.Key, key.Kind }).ToListAsync(ct)).ToLookup(k => k.AccountId, k => (k.Key, k.Kind));
        var stored = (await db.Set<AccountKey>().Where(k => ids.Contains(k.AccountId)).ToListAsync(ct)).ToLookup(k => k.AccountId);
        foreach (var account in accounts)
        {
            Refresh(db, CompanyKeys(vault, setting, account), account, contacts[account.Id], stored[account.Id]);
        }
    }

    private static void Refresh(GranaryDb db, Dictionary<Guid, int> wanted, Account account, IEnumerable<(Guid Key, int Kind)> contacts, IEnumerable<AccountKey> stored)
    {
        foreach (var (key, kind) in contacts)
        {
            wanted[key] = kind;
        }

        foreach (var key in stored)
        {
            if (!wanted.Remove(key.Key, out var kind))
            {
                db.Remove(key);
                continue;
            }

            (key.Kind, key.AccountName, key.OwnerId) = (kind, account.Name, account.OwnerId);
        }

        db.AddRange(wanted.Select(k => new AccountKey { Key = k.Key, AccountId = account.Id, Kind = k.Value, AccountName = account.Name, OwnerId = account.OwnerId }));
    }

    /// <summary>Takes an account out: nothing leads to it any more.</summary>
    public static Task Remove(GranaryDb db, Account account, CancellationToken ct) => db.Set<AccountKey>().Where(k => k.AccountId == account.Id).ExecuteDeleteAsync(ct);

    private static Dictionary<Guid, int> CompanyKeys(Vault vault, Setting setting, Account account)
    {
        Dictionary<Guid, int> keys = [];
        foreach (var key in CompanyName.Parse(account.Name) is { } name ? vault.Kept(name, setting.Aliases) : [])
        {
            keys[key] = (int)MatchKeyKind.Company;
        }

        if (account.CreditCode is { } code)
        {
            keys[vault.CreditCodeKey(code)] = (int)MatchKeyKind.CreditCode;
        }

        return keys;
    }
}
