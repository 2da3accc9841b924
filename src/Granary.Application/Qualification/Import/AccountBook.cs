using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Import;

/// <summary>The accounts that rows of a file may be, by name and credit code: those that are stored, read in two queries, and those that earlier rows made.</summary>
internal sealed class AccountBook
{
    private readonly Vault _vault;
    private readonly CompanyAliases _aliases;
    private readonly ILookup<Guid, AccountKey> _keys;
    private readonly Dictionary<Guid, Account> _accounts;
    private readonly IDictionary<string, object> _made;

    private AccountBook(Vault vault, CompanyAliases aliases, ILookup<Guid, AccountKey> keys, Dictionary<Guid, Account> accounts, IDictionary<string, object> made) =>
        (_vault, _aliases, _keys, _accounts, _made) = (vault, aliases, keys, accounts, made);

    /// <summary>The accounts by id.</summary>
    public IReadOnlyDictionary<Guid, Account> Accounts => _accounts;

    /// <summary>Looks up whatever the names and codes may be.</summary>
    /// <param name="db">The database.</param>
    /// <param name="vault">The keys.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="names">Names of companies.</param>
    /// <param name="codes">Credit codes in their normal form.</param>
    /// <param name="tracked">Whether the accounts are to be changed.</param>
    /// <param name="made">What earlier rows made.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<AccountBook> Open(
        GranaryDb db, Vault vault, Setting setting, IEnumerable<CompanyName> names, IEnumerable<string> codes, bool tracked, IDictionary<string, object> made, CancellationToken ct)
    {
        var wanted = names.SelectMany(n => setting.Aliases.NamesFor(n)).Select(n => vault.CompanyKey(n.Core)).Concat(codes.Select(vault.CreditCodeKey)).Distinct().ToArray();
        var keys = await db.Set<AccountKey>().AsNoTracking().Where(k => wanted.Contains(k.Key)).OrderBy(k => k.AccountId).ToListAsync(ct);
        var ids = keys.Select(k => k.AccountId).Distinct().ToArray();
        var accounts = db.Set<Account>().Where(a => ids.Contains(a.Id) && a.MergedIntoId == null);
        var found = await (tracked ? accounts : accounts.AsNoTracking()).ToDictionaryAsync(a => a.Id, ct);
        return new AccountBook(vault, setting.Aliases, keys.ToLookup(k => k.Key), found, made);
    }

    /// <summary>The account of a name, exactly; null where there is none.</summary>
    public Account? ByName(CompanyName name) =>
        _made.TryGetValue(Name(name), out var made) ? (Account)made
        : _aliases.NamesFor(name).SelectMany(n => Stored(_vault.CompanyKey(n.Core), a => CompanyName.Parse(a.Name)?.ExactKey == n.ExactKey)).FirstOrDefault();

    /// <summary>The account of a credit code; null where there is none.</summary>
    public Account? ByCode(string code) => _made.TryGetValue(Code(code), out var made) ? (Account)made : Stored(_vault.CreditCodeKey(code), a => a.CreditCode == code).FirstOrDefault();

    /// <summary>Enters an account that a row made or changed, so that those behind it find it.</summary>
    public void Enter(Account account)
    {
        _accounts[account.Id] = account;
        if (CompanyName.Parse(account.Name) is { } name)
        {
            _made[Name(name)] = account;
        }

        if (account.CreditCode is { } code)
        {
            _made[Code(code)] = account;
        }
    }

    private static string Name(CompanyName name) => $"name:{name.ExactKey}";

    private static string Code(string code) => $"code:{code}";

    private IEnumerable<Account> Stored(Guid key, Func<Account, bool> isIt) => _keys[key].Select(k => _accounts.GetValueOrDefault(k.AccountId)).OfType<Account>().Where(isIt);
}
