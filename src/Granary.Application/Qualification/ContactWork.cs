using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Makes and changes contacts within a transaction.</summary>
internal sealed class ContactWork(GranaryDb db, Vault vault)
{
    /// <summary>Adds a contact, as the person they are where they are known by name and a contact point from another job.</summary>
    public async Task<AccountContact> Add(Guid accountId, AccountContactInput input, DateTimeOffset now, CancellationToken ct)
    {
        var keys = AccountIndex.KeysOf(vault, input);
        var contact = new AccountContact { Id = Clock.NewId(now), AccountId = accountId, Name = input.Name };
        contact.PersonId = input.PersonId ?? await Known(input.Name, [.. keys.Keys], ct) ?? contact.Id;
        Write(contact, input);
        db.Add(contact);
        db.AddRange(keys.Select(k => new AccountContactKey { Key = k.Key, ContactId = contact.Id, Kind = (int)k.Value }));
        return contact;
    }

    /// <summary>Makes a contact as it was edited: the names of the fields that changed.</summary>
    public async Task<IReadOnlyList<string>> Change(AccountContact contact, AccountContactInput input, CancellationToken ct)
    {
        var before = Read(contact);
        List<string> changed = [];
        void Compare(string field, object? was, object? now)
        {
            if (!Equals(was, now))
            {
                changed.Add(field);
            }
        }

        Compare("name", before.Name, input.Name);
        Compare("title", before.Title, input.Title);
        Compare("roles", string.Join(',', before.Roles), string.Join(',', input.Roles));
        Compare("keyPerson", before.KeyPerson, input.KeyPerson);
        Compare("since", before.Since, input.Since);
        Compare("until", before.Until, input.Until);
        Compare("phone", Phone(before.Phone), Phone(input.Phone));
        Compare("email", Email(before.Email), Email(input.Email));
        Compare("wechat", WeChat(before.WeChat), WeChat(input.WeChat));
        if (changed.Count == 0)
        {
            return changed;
        }

        Write(contact, input);
        var keys = AccountIndex.KeysOf(vault, input);
        foreach (var key in await db.Set<AccountContactKey>().Where(k => k.ContactId == contact.Id).ToListAsync(ct))
        {
            if (!keys.Remove(key.Key))
            {
                db.Remove(key);
            }
        }

        db.AddRange(keys.Select(k => new AccountContactKey { Key = k.Key, ContactId = contact.Id, Kind = (int)k.Value }));
        contact.Version++;
        return changed;
    }

    /// <summary>A contact in plain text, as an edit begins from it.</summary>
    public AccountContactInput Read(AccountContact contact) => new(contact.Name, contact.Title, Open(contact.Phone), Open(contact.Email))
    {
        WeChat = Open(contact.WeChat),
        Roles = [.. contact.Roles.Select(AccountContact.RoleOf).OfType<BuyingRole>()],
        KeyPerson = contact.KeyPerson,
        Since = contact.Since,
        Until = contact.Until,
        PersonId = contact.PersonId,
    };

    private void Write(AccountContact contact, AccountContactInput input)
    {
        (contact.Name, contact.Title, contact.Roles, contact.KeyPerson) = (input.Name, input.Title, [.. input.Roles.Select(r => WireName.Of(r))], input.KeyPerson);
        (contact.Since, contact.Until) = (input.Since, input.Until);
        (contact.Phone, contact.Email, contact.WeChat) = (Seal(Phone(input.Phone)), Seal(Email(input.Email)), Seal(WeChat(input.WeChat)));
    }

    // A switchboard is many people's number, and a name is many people's too; both together are one person.
    private async Task<Guid?> Known(string name, Guid[] keys, CancellationToken ct)
    {
        if (keys.Length == 0)
        {
            return null;
        }

        var holders = db.Set<AccountContactKey>().Where(k => keys.Contains(k.Key)).Select(k => k.ContactId);
        return await db.Set<AccountContact>().Where(c => holders.Contains(c.Id) && c.Name == name).OrderBy(c => c.Id).Select(c => (Guid?)c.PersonId).FirstOrDefaultAsync(ct);
    }

    private SealedText? Seal(string? text) => text is null ? null : vault.Seal(text);

    private string? Open(SealedText? text) => text is { } value ? vault.Open(value) : null;

    private static string? Phone(string? typed) => PhoneNumber.TryParse(typed, out var phone, out _) ? phone.Full : null;

    private static string? Email(string? typed) => EmailAddress.TryParse(typed, out var email, out _) ? email.Value : null;

    private static string? WeChat(string? typed) => WeChatId.TryParse(typed, out var weChat, out _) ? weChat.Value : null;
}
