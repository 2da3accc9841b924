using System.Text.Json.Nodes;
using Granary.Application.Matching;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Contacts of accounts that are a person, in all their jobs.</summary>
public sealed class AccountContactPersonPart : PersonPart
{
    private const string Gone = "—";

    /// <inheritdoc />
    public override string Name => "account_contact";

    /// <inheritdoc />
    public override async Task Learn(PersonWork work, CancellationToken ct)
    {
        var contacts = await Contacts(work, ct);
        work.Records.UnionWith(contacts.SelectMany(c => new[] { c.Id, c.AccountId }));
        work.Names.UnionWith(contacts.SelectMany(c => new[] { c.Name, Open(work, c.Phone), Open(work, c.Email), Open(work, c.WeChat) }).OfType<string>()
            .SelectMany(v => v.StartsWith("+86", StringComparison.Ordinal) ? new[] { v, v[3..] } : [v]).Where(v => v.Length > 1));
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct) =>
        [.. (await Contacts(work, ct)).Select(c => Row(("accountId", c.AccountId), ("name", c.Name), ("title", c.Title), ("roles", c.Roles.Count == 0 ? null : c.Roles), ("phone", Open(work, c.Phone)), ("email", Open(work, c.Email)), ("wechat", Open(work, c.WeChat)), ("since", c.Since), ("until", c.Until)))];

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var contacts = await Contacts(work, ct);
        foreach (var contact in contacts)
        {
            (contact.Name, contact.Title, contact.Phone, contact.Email, contact.WeChat, contact.Version) = (Gone, null, null, null, null, contact.Version + 1);
        }

        await work.Db.SaveChangesAsync(ct);
        var ids = contacts.ConvertAll(c => c.Id);
        await work.Db.Set<AccountContactKey>().Where(k => ids.Contains(k.ContactId)).ExecuteDeleteAsync(ct);
        await Keys(work).ExecuteDeleteAsync(ct);
        return contacts.Count;
    }

    /// <inheritdoc />
    public override async Task<int> Correct(PersonWork work, PersonCorrection correction, CancellationToken ct)
    {
        var contacts = await Contacts(work, ct);
        foreach (var contact in contacts)
        {
            contact.Name = correction.Name?.Trim() is { Length: > 0 } name ? name : contact.Name;
            contact.Title = correction.Title?.Trim() is { Length: > 0 } title ? title : contact.Title;
            foreach (var replace in correction.Replace)
            {
                await Replace(work, contact, replace, ct);
            }

            contact.Version++;
        }

        await work.Db.SaveChangesAsync(ct);
        return contacts.Count;
    }

    private static async Task Replace(PersonWork work, AccountContact contact, ContactReplacement replace, CancellationToken ct)
    {
        var old = work.Reading(work.Vault, replace.From).Select(t => t.Key).ToArray();
        if (work.Reading(work.Vault, replace.To) is not [var right, ..])
        {
            return;
        }

        bool Is(SealedText? text) => Open(work, text) is { } value && work.Reading(work.Vault, value).Any(t => old.Contains(t.Key));
        contact.Phone = Is(contact.Phone) ? work.Vault.Seal(replace.To) : contact.Phone;
        contact.Email = Is(contact.Email) ? work.Vault.Seal(right.Value) : contact.Email;
        contact.WeChat = Is(contact.WeChat) ? work.Vault.Seal(right.Value) : contact.WeChat;
        await ReplaceKey(work, contact, old, right.Key, ct);
        if (await work.Db.Set<AccountKey>().AsNoTracking().FirstOrDefaultAsync(k => k.AccountId == contact.AccountId && old.Contains(k.Key), ct) is { } key)
        {
            await work.Db.Set<AccountKey>().Where(k => k.AccountId == contact.AccountId && old.Contains(k.Key)).ExecuteDeleteAsync(ct);
            if (!await work.Db.Set<AccountKey>().AnyAsync(k => k.AccountId == contact.AccountId && k.Key == right.Key, ct))
            {
                key.Key = right.Key;
                await work.Scope!.Insert().Add([key]).Send(ct);
            }
        }
    }

    private static async Task ReplaceKey(PersonWork work, AccountContact contact, Guid[] old, Guid right, CancellationToken ct)
    {
        var held = work.Db.Set<AccountContactKey>().Where(k => k.ContactId == contact.Id);
        if (await held.Where(k => old.Contains(k.Key)).Select(k => (int?)k.Kind).FirstOrDefaultAsync(ct) is not { } kind)
        {
            return;
        }

        await held.Where(k => old.Contains(k.Key)).ExecuteDeleteAsync(ct);
        if (!await held.AnyAsync(k => k.Key == right, ct))
        {
            work.Db.Add(new AccountContactKey { Key = right, ContactId = contact.Id, Kind = kind });
        }
    }

    private static IQueryable<AccountKey> Keys(PersonWork work) =>
        work.Db.Set<AccountKey>().Where(k => work.Keys.Contains(k.Key) && (k.Kind == (int)MatchKeyKind.Phone || k.Kind == (int)MatchKeyKind.Email || k.Kind == (int)MatchKeyKind.WeChat));

    // A key that came from the days when only accounts had them may stand at several contacts; whose it is, their own values tell.
    private static async Task<List<AccountContact>> Contacts(PersonWork work, CancellationToken ct)
    {
        if (work.Keys.Length == 0)
        {
            return [];
        }

        var holders = work.Db.Set<AccountContactKey>().Where(k => work.Keys.Contains(k.Key)).Select(k => k.ContactId);
        var contacts = await work.Db.Set<AccountContact>().Where(c => holders.Contains(c.Id)).ToListAsync(ct);
        return contacts.FindAll(c => work.Means(Open(work, c.Phone)) || work.Means(Open(work, c.Email)) || work.Means(Open(work, c.WeChat)));
    }

    private static string? Open(PersonWork work, SealedText? text) => text is { } value ? work.Vault.Open(value) : null;
}
