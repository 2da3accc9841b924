using System.Globalization;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Adds and changes accounts, with the keys by which leads find them (§5.1 rules 1 and 2).</summary>
public sealed class SaveAccount(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    /// <summary>The fields by the names that the log gives them.</summary>
    internal static readonly IReadOnlyList<(string Name, Func<Account, object?> Get, Action<Account, AccountInput> Set)> Fields =
    [
        ("account.name", a => a.Name, (a, i) => a.Name = i.Name),
        ("account.creditCode", a => a.CreditCode, (a, i) => a.CreditCode = i.CreditCode),
        ("account.ownerId", a => a.OwnerId, (a, i) => (a.OwnerId, a.PoolId, a.PooledAt) = (i.OwnerId, i.OwnerId is null ? a.PoolId : null, i.OwnerId is null ? a.PooledAt : null)),
        ("account.industry", a => a.Industry, (a, i) => a.Industry = i.Industry),
        ("account.size", a => a.Size, (a, i) => a.Size = i.Size),
        ("account.headcount", a => a.Headcount, (a, i) => a.Headcount = i.Headcount),
        ("account.province", a => a.Province, (a, i) => a.Province = i.Province),
        ("account.city", a => a.City, (a, i) => a.City = i.City),
        ("account.tier", a => a.Tier, (a, i) => a.Tier = i.Tier),
        ("account.parentId", a => a.ParentId, (a, i) => a.ParentId = i.ParentId),
        ("account.website", a => a.Website, (a, i) => a.Website = i.Website),
        ("account.sites", a => List(a.Sites), (a, i) => a.Sites = [.. i.Sites]),
        ("account.pastOrders", a => List(a.PastOrders), (a, i) => a.PastOrders = [.. i.PastOrders]),
        ("account.competitors", a => List(a.Competitors), (a, i) => a.Competitors = [.. i.Competitors]),
        ("account.note", a => a.Note, (a, i) => a.Note = i.Note),
    ];

    /// <summary>Adds an account: its id, or what is wrong.</summary>
    public async Task<(Guid? Id, IReadOnlyList<FieldError> Errors)> Create(Viewer viewer, AccountInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = AccountRules.Normalised(input);
        if (AccountRules.Errors(input, setting) is { Count: > 0 } errors)
        {
            return (null, errors);
        }

        return await store.Write<(Guid?, IReadOnlyList<FieldError>)>(
            async scope =>
            {
                await CompanyLock.Take(scope, CompanyName.Parse(input.Name), input.CreditCode, ct);
                if (await Wrong(scope.Db, viewer, null, input, ct) is { } wrong)
                {
                    return (null, [wrong]);
                }

                input = AccountRules.Typed(input, setting);
                var account = new Account { Id = time.NewId(), Name = input.Name, CreatedAt = time.Now, ChangedAt = time.Now };
                Write(account, input);
                scope.Db.Add(account);
                var contacts = new ContactWork(scope.Db, vault);
                foreach (var contact in input.Contacts)
                {
                    await contacts.Add(account.Id, contact, time.Now, ct);
                }

                scope.Db.Add(AccountEvent.Of(account.Id, AccountEvent.Created, time.Now, viewer.UserId, new { account.Name, account.OwnerId, contacts = input.Contacts.Count }));
                await scope.Db.SaveChangesAsync(ct);
                await AccountIndex.Refresh(scope.Db, vault, setting, account, ct);
                await scope.Db.SaveChangesAsync(ct);
                return (account.Id, []);
            },
            ct);
    }

    /// <summary>Changes an account. Its leads stay with whoever has them.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The account.</param>
    /// <param name="edit">What it is to become, from what it is.</param>
    /// <param name="seen">The version that was edited from; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<Account>> Change(Viewer viewer, Guid id, Func<AccountInput, AccountInput> edit, int? seen, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write<AccountResult<Account>>(
            async scope =>
            {
                if (await viewer.Accounts(scope.Db).SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
                {
                    return new AccountResult<Account>.NotFound();
                }

                if (seen is { } version && version != account.Version)
                {
                    return new AccountResult<Account>.Stale(account.Version);
                }

                var input = AccountRules.Normalised(edit(AccountInput.Of(account)));
                if (AccountRules.Errors(input, setting, account) is { Count: > 0 } errors)
                {
                    return new AccountResult<Account>.Invalid(errors);
                }

                if (input.Name != account.Name || input.CreditCode != account.CreditCode)
                {
                    await CompanyLock.Take(scope, CompanyName.Parse(input.Name), input.CreditCode, ct);
                }

                if (await Wrong(scope.Db, viewer, account, input, ct) is { } wrong)
                {
                    return new AccountResult<Account>.Invalid([wrong]);
                }

                var changes = Write(account, AccountRules.Typed(input, setting));
                if (changes.Count > 0)
                {
                    (account.Version, account.ChangedAt) = (account.Version + 1, time.Now);
                    scope.Db.Add(AccountEvent.Of(account.Id, AccountEvent.Edited, time.Now, viewer.UserId, AccountEvent.Edit(changes)));
                    await AccountIndex.Refresh(scope.Db, vault, setting, account, ct);
                    await scope.Db.SaveChangesAsync(ct);
                }

                return new AccountResult<Account>.Done(account);
            },
            ct);
    }

    /// <summary>Makes an account what it is to be; what that changes.</summary>
    internal static List<FieldChange> Write(Account account, AccountInput input)
    {
        List<FieldChange> changes = [];
        foreach (var (name, get, set) in Fields)
        {
            var before = get(account);
            set(account, input);
            if (!Equals(before, get(account)))
            {
                changes.Add(new FieldChange(name, Words(before), Words(get(account))));
            }
        }

        var kept = AccountInput.CustomOf(account);
        changes.AddRange(kept.Keys.Union(input.Custom.Keys).Where(k => kept.GetValueOrDefault(k) != input.Custom.GetValueOrDefault(k))
            .Select(k => new FieldChange($"account.custom.{k}", kept.GetValueOrDefault(k), input.Custom.GetValueOrDefault(k))));
        account.Custom = input.Custom.Count == 0 ? null : Json.Write(input.Custom);
        return changes;
    }

    // What only the database knows: names and codes that are taken, an owner and a parent whom the viewer does not reach.
    private async Task<FieldError?> Wrong(GranaryDb db, Viewer viewer, Account? before, AccountInput input, CancellationToken ct)
    {
        if ((before is null || input.OwnerId != before.OwnerId) && viewer.Owners(Permission.ManageAccounts) is { } reach && !(input.OwnerId is { } owner && reach.Contains(owner)))
        {
            return new FieldError("ownerId", input.OwnerId is null ? "required" : "unknown_value");
        }

        return await Known(db, before, input, ct) ?? (input.ParentId == before?.ParentId ? null : await Parent(db, viewer, before, input.ParentId, ct));
    }

    private async Task<FieldError?> Known(GranaryDb db, Account? before, AccountInput input, CancellationToken ct)
    {
        var name = CompanyName.Parse(input.Name)!;
        var (core, own) = (vault.CompanyKey(name.Core), before?.Id);
        var alike = await db.Set<AccountKey>().Where(k => k.Key == core && k.AccountId != own).Select(k => k.AccountName).ToListAsync(ct);
        if (input.Name != before?.Name && alike.Exists(other => CompanyName.Parse(other)?.ExactKey == name.ExactKey))
        {
            return new FieldError("name", "duplicate");
        }

        var code = input.CreditCode is null ? Guid.Empty : vault.CreditCodeKey(input.CreditCode);
        return await db.Set<AccountKey>().AnyAsync(k => k.Key == code && k.AccountId != own, ct) ? new FieldError("creditCode", "duplicate") : null;
    }

    private static async Task<FieldError?> Parent(GranaryDb db, Viewer viewer, Account? account, Guid? parentId, CancellationToken ct)
    {
        if (parentId is not { } parent)
        {
            return null;
        }

        if (!await viewer.Accounts(db).AnyAsync(a => a.Id == parent, ct))
        {
            return new FieldError("parentId", "unknown_value");
        }

        // Up from the parent: whoever meets the account itself would make a ring.
        for (Guid? above = parent; above is { } at; above = await db.Set<Account>().Where(a => a.Id == at).Select(a => a.ParentId).SingleOrDefaultAsync(ct))
        {
            if (at == account?.Id)
            {
                return new FieldError("parentId", "below_itself");
            }
        }

        return null;
    }

    private static string? List(List<string> lines) => lines.Count == 0 ? null : string.Join("; ", lines);

    internal static string? Words(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
