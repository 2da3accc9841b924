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
    public static async Task Refresh(GranaryDb db, Vault vault, Setting setting, Account account, CancellationToken ct)
    {
        var wanted = CompanyKeys(vault, setting, account);
        var contacts = db.Set<AccountContact>().Where(c => c.AccountId == account.Id && c.Until == null).Select(c => c.Id);
        foreach (var key in await db.Set<AccountContactKey>().AsNoTracking().Where(k => contacts.Contains(k.ContactId)).ToListAsync(ct))
        {
            wanted[key.Key] = key.Kind;
        }

        var stored = await db.Set<AccountKey>().Where(k => k.AccountId == account.Id).ToListAsync(ct);
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
