using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>
/// What one room keeps of accounts, which goes over when two become one and back when that is undone. A room that keeps anything by
/// account brings its own, so that nothing has to be remembered here.
/// </summary>
public abstract class AccountMergePart
{
    /// <summary>Stable snake_case name of what it moves.</summary>
    public abstract string Name { get; }

    /// <summary>Moves everything from one account to another: ids of what moved.</summary>
    public abstract Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct);

    /// <summary>Moves back those of some rows that are still where they had been moved to.</summary>
    /// <param name="db">The database.</param>
    /// <param name="ids">The rows.</param>
    /// <param name="from">The account that they belong to again.</param>
    /// <param name="to">The account to which they had been moved.</param>
    /// <param name="ct">Cancellation.</param>
    public abstract Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct);
}

/// <summary>Leads of an account.</summary>
public sealed class LeadsOfAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "lead";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<Lead>().Where(l => l.AccountId == from).Select(l => l.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<Lead>().Where(l => l.AccountId == was && ids.Contains(l.Id))
        .ExecuteUpdateAsync(l => l.SetProperty(x => x.AccountId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}

/// <summary>Contacts of an account: each with the person they are, so that histories stay whole.</summary>
public sealed class ContactsOfAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "account_contact";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<AccountContact>().Where(c => c.AccountId == from).Select(c => c.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<AccountContact>().Where(c => c.AccountId == was && ids.Contains(c.Id))
        .ExecuteUpdateAsync(c => c.SetProperty(x => x.AccountId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}

/// <summary>Accounts that belong to an account.</summary>
public sealed class PartsOfAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "account";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<Account>().Where(a => a.ParentId == from && a.Id != to).Select(a => a.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<Account>().Where(a => a.ParentId == was && ids.Contains(a.Id))
        .ExecuteUpdateAsync(a => a.SetProperty(x => x.ParentId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}

/// <summary>Accounts that had been merged into an account before: they lead to where it went.</summary>
public sealed class RedirectsToAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "merged_account";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<Account>().Where(a => a.MergedIntoId == from).Select(a => a.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) =>
        db.Set<Account>().Where(a => a.MergedIntoId == was && ids.Contains(a.Id)).ExecuteUpdateAsync(a => a.SetProperty(x => x.MergedIntoId, becomes), ct);
}
