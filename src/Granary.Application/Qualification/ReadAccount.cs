using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>A contact as a reader without the right to reveal it sees it (§18).</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Phone">Phone, masked.</param>
/// <param name="Email">E-mail, masked.</param>
/// <param name="WeChat">WeChat id, masked.</param>
public sealed record MaskedAccountContact(AccountContact Contact, string? Phone, string? Email, string? WeChat);

/// <summary>A job of a person at an account that the reader sees.</summary>
/// <param name="Contact">The contact that the job is.</param>
/// <param name="Account">Name of the account.</param>
public sealed record PersonJob(AccountContact Contact, string Account);

/// <summary>An account as its page shows it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Contacts">Its contacts: those who are there first.</param>
/// <param name="Jobs">Other jobs of these persons, at accounts that the reader sees, by person.</param>
/// <param name="Parent">The account it belongs to, where the reader sees it.</param>
/// <param name="Children">Accounts that belong to it, of those that the reader sees.</param>
public sealed record AccountDetail(
    Account Account, IReadOnlyList<MaskedAccountContact> Contacts, ILookup<Guid, PersonJob> Jobs, Account? Parent, IReadOnlyList<Account> Children);

/// <summary>Reads accounts and contacts.</summary>
public sealed class ReadAccount(Store store, Vault vault, SettingCache settings)
{
    private const int MostChildren = 50;

    /// <summary>An account; null when there is none for this viewer.</summary>
    public async Task<AccountDetail?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var masks = (await settings.Get(ct)).Masking.At(MaskPlace.Lead);
        await using var db = store.Open();
        if (await viewer.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
        {
            return null;
        }

        var contacts = await db.Set<AccountContact>().AsNoTracking().Where(c => c.AccountId == id).OrderBy(c => c.Id).ToListAsync(ct);
        return new AccountDetail(
            account,
            [.. contacts.OrderBy(c => c.Until is not null).ThenByDescending(c => c.KeyPerson).Select(c => Masked(vault, c, masks))],
            await Jobs(db, viewer, contacts, ct),
            account.ParentId is { } parent ? await viewer.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == parent, ct) : null,
            await viewer.Accounts(db).AsNoTracking().Where(a => a.ParentId == id).OrderBy(a => a.Name).Take(MostChildren).ToListAsync(ct));
    }

    /// <summary>A contact with their other jobs; null when there is none for this viewer.</summary>
    public async Task<(MaskedAccountContact Contact, IReadOnlyList<PersonJob> Jobs)?> FindContact(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var masks = (await settings.Get(ct)).Masking.At(MaskPlace.Lead);
        await using var db = store.Open();
        return await viewer.Contacts(db).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } contact
            ? null
            : (Masked(vault, contact, masks), [.. (await Jobs(db, viewer, [contact], ct))[contact.PersonId].Where(j => j.Contact.Id != id)]);
    }

    /// <summary>A page of contacts, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="accountId">Only those of an account.</param>
    /// <param name="personId">Only the jobs of a person.</param>
    /// <param name="q">A phone, e-mail or WeChat id in full, or the beginning of a name.</param>
    /// <param name="after">The last contact of the page before.</param>
    /// <param name="take">How many; one more is read.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<MaskedAccountContact>> Contacts(
        Viewer viewer, Guid? accountId, Guid? personId, string? q, Guid? after, int take, CancellationToken ct = default)
    {
        var masks = (await settings.Get(ct)).Masking.At(MaskPlace.List);
        await using var db = store.Open();
        var contacts = viewer.Contacts(db).AsNoTracking();
        contacts = accountId is { } account ? contacts.Where(c => c.AccountId == account) : contacts;
        contacts = personId is { } person ? contacts.Where(c => c.PersonId == person) : contacts;
        if (CleanText.Line(q) is { } typed)
        {
            Guid[] keys = [.. AccountIndex.KeysOf(vault, new AccountContactInput("", null, typed, typed) { WeChat = typed }).Keys];
            var holders = db.Set<AccountContactKey>().Where(k => keys.Contains(k.Key)).Select(k => k.ContactId);
            contacts = contacts.Where(c => holders.Contains(c.Id) || c.Name.StartsWith(typed));
        }

        var read = await (after is { } last ? contacts.Where(c => c.Id < last) : contacts).OrderByDescending(c => c.Id).Take(take + 1).ToListAsync(ct);
        return read.ConvertAll(c => Masked(vault, c, masks));
    }

    /// <summary>A page of the account's timeline, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="id">The account.</param>
    /// <param name="before">Only what stands before this position of the log; null begins with the latest.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The events, and the position before which the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<EventRecord> Events, long? Next)> Timeline(Viewer viewer, Guid id, long? before, int take = 20, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!await viewer.Accounts(db).AnyAsync(a => a.Id == id, ct))
        {
            return ([], null);
        }

        Guid[] history = [id, .. await db.Set<Account>().Where(a => a.MergedIntoId == id).Select(a => a.Id).ToListAsync(ct)];
        var events = db.Set<EventRecord>().AsNoTracking().Where(e => history.Contains(e.SubjectId));
        var read = await (before is { } position ? events.Where(e => e.Position < position) : events).OrderByDescending(e => e.Position).Take(take + 1).ToListAsync(ct);
        return read.Count > take ? (read[..take], read[take - 1].Position) : (read, null);
    }

    private static async Task<ILookup<Guid, PersonJob>> Jobs(GranaryDb db, Viewer viewer, List<AccountContact> contacts, CancellationToken ct)
    {
        var (ids, persons) = (contacts.ConvertAll(c => c.Id), contacts.Select(c => c.PersonId).Distinct().ToList());
        var jobs = await (from c in viewer.Contacts(db).AsNoTracking()
                          join a in db.Set<Account>() on c.AccountId equals a.Id
                          where persons.Contains(c.PersonId) && !ids.Contains(c.Id)
                          select new { Contact = c, a.Name }).ToListAsync(ct);
        return jobs.OrderByDescending(j => j.Contact.Since).ThenByDescending(j => j.Contact.Id).ToLookup(j => j.Contact.PersonId, j => new PersonJob(j.Contact, j.Name));
    }

    internal static MaskedAccountContact Masked(Vault vault, AccountContact contact, ContactMasks masks) => new(
        contact,
        contact.Phone is { } phone ? (PhoneNumber.TryParse(vault.Open(phone), out var number, out _) ? number.Masked(masks.Phone) : MaskRule.Nothing) : null,
        contact.Email is { } email ? new EmailAddress(vault.Open(email)).Masked(masks.Email) : null,
        contact.WeChat is { } weChat ? new WeChatId(vault.Open(weChat)).Masked(masks.WeChat) : null);
}
