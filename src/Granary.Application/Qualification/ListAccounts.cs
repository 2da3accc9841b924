using System.Linq.Expressions;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>An account with what a list says of its contacts.</summary>
/// <param name="Account">The account.</param>
/// <param name="Contacts">How many contacts are there.</param>
/// <param name="KeyPersons">How many of them are key persons.</param>
public sealed record ListedAccount(Account Account, int Contacts, int KeyPersons);

/// <summary>Lists the accounts a viewer may see (§18), the latest first, page by page.</summary>
public sealed class ListAccounts(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    /// <summary>Lists are counted exactly up to here.</summary>
    public const int CountedUpTo = 10_000;

    /// <summary>A page; one more than asked for says that there is a next one.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="after">The last account of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<ListedAccount> Items, Guid? Next)> Read(Viewer viewer, AccountFilter filter, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var accounts = Filtered(db, viewer, filter, await settings.Get(ct)).AsNoTracking();
        var read = await (after is { } last ? accounts.Where(a => a.Id < last) : accounts).OrderByDescending(a => a.Id).Take(take + 1).ToListAsync(ct);
        var ids = read.ConvertAll(a => a.Id);
        var contacts = await db.Set<AccountContact>().Where(c => ids.Contains(c.AccountId) && c.Until == null).GroupBy(c => c.AccountId)
            .Select(g => new { g.Key, All = g.Count(), Keys = g.Count(c => c.KeyPerson) }).ToDictionaryAsync(g => g.Key, ct);
        var rows = read.ConvertAll(a => contacts.TryGetValue(a.Id, out var c) ? new ListedAccount(a, c.All, c.Keys) : new ListedAccount(a, 0, 0));
        return rows.Count > take ? (rows[..take], rows[take - 1].Account.Id) : (rows, null);
    }

    /// <summary>How many there are; one more than <see cref="CountedUpTo"/> says that there are more than that.</summary>
    public async Task<int> Count(Viewer viewer, AccountFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Filtered(db, viewer, filter, await settings.Get(ct)).Select(a => a.Id).Take(CountedUpTo + 1).CountAsync(ct);
    }

    private IQueryable<Account> Filtered(GranaryDb db, Viewer viewer, AccountFilter filter, Setting setting)
    {
        var accounts = viewer.Accounts(db);
        if (filter.Mine || filter.Unowned || filter.Owners.Count > 0)
        {
            Guid[] owners = filter.Mine ? [.. filter.Owners, viewer.UserId] : [.. filter.Owners];
            var unowned = filter.Unowned;
            accounts = accounts.Where(a => (unowned && a.OwnerId == null) || (a.OwnerId != null && owners.Contains(a.OwnerId.Value)));
        }

        if (filter.Tiers.Count > 0)
        {
            var tiers = filter.Tiers.ToArray();
            accounts = accounts.Where(a => tiers.Contains(a.Tier));
        }

        if (filter.Provinces.Count > 0)
        {
            var provinces = filter.Provinces.ToArray();
            accounts = accounts.Where(a => provinces.Contains(a.Province));
        }

        if (filter.Sizes.Count > 0)
        {
            var sizes = filter.Sizes.ToArray();
            accounts = accounts.Where(a => a.Size != null && sizes.Contains(a.Size.Value));
        }

        if (filter.Parent is { } parent)
        {
            accounts = accounts.Where(a => a.ParentId == parent);
        }

        if (filter.Industries.Count > 0)
        {
            accounts = accounts.Where(Composed.Any(filter.Industries.Select(Industry)));
        }

        foreach (var field in filter.Custom.GroupBy(c => c.Key))
        {
            accounts = accounts.Where(Composed.Any(field.Select(c => CustomQuery.Holds<Account>(setting, CustomFieldOwner.Account, a => a.Custom, c.Key, c.Value))));
        }

        return filter.Q is { Length: > 0 } q ? Searched(db, accounts, q, setting) : accounts;
    }

    // A company is found by the keys under which matching keeps it; what is no company's name yet, by how names begin.
    private IQueryable<Account> Searched(GranaryDb db, IQueryable<Account> accounts, string q, Setting setting)
    {
        var (contacts, companies) = (ContactKeys(q), CompanyName.Parse(q) is { } company ? vault.Sought(company, setting.Aliases).ToArray() : []);
        var holders = db.Set<AccountContactKey>().Where(k => contacts.Contains(k.Key)).Select(k => k.ContactId);
        var held = db.Set<AccountContact>().Where(c => holders.Contains(c.Id)).Select(c => c.AccountId);
        if (PhoneNumber.TryParse(q, out _, out _) || EmailAddress.TryParse(q, out _, out _))
        {
            return accounts.Where(a => held.Contains(a.Id));
        }

        var named = db.Set<AccountKey>().Where(k => companies.Contains(k.Key)).Select(k => k.AccountId);
        var text = CleanText.Line(q) ?? q;
        return accounts.Where(a => a.Name.StartsWith(text) || held.Contains(a.Id) || named.Contains(a.Id));
    }

    private Guid[] ContactKeys(string q) => [.. AccountIndex.KeysOf(vault, new AccountContactInput("", null, q, q) { WeChat = q }).Keys];

    private static Expression<Func<Account, bool>> Industry(string path)
    {
        var below = path + "/";
        return a => a.Industry == path || (a.Industry != null && a.Industry.StartsWith(below));
    }
}
