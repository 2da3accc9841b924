using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Pools;

/// <summary>An account in a pool as its members see it: what the pool hides is left out, contact data always (§9).</summary>
/// <param name="Id">The account.</param>
/// <param name="Version">Its version.</param>
/// <param name="PoolId">The pool.</param>
/// <param name="PooledAt">Since when it lies there.</param>
/// <param name="Name">Company name; null where the pool hides it.</param>
/// <param name="Industry">Industry; null where the pool hides it.</param>
/// <param name="Size">Size class; null where the pool hides it.</param>
/// <param name="Region">Region; null where the pool hides it.</param>
/// <param name="Contacts">How many contacts are there; null where the pool hides it.</param>
/// <param name="Claimable">Whether the reader may claim from that pool.</param>
public sealed record PooledAccount(
    Guid Id, int Version, Guid PoolId, DateTimeOffset? PooledAt, string? Name, string? Industry, CompanySize? Size, string? Region, int? Contacts, bool Claimable);

/// <summary>Lists accounts that lie in pools, for those who belong to them.</summary>
public sealed class PooledAccounts(Store store, SettingCache settings)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    /// <summary>The pools whose accounts somebody sees: theirs, and all where they reach every account.</summary>
    public static IReadOnlyList<Guid> PoolsOf(Viewer viewer, Setting setting) =>
        viewer.Owners(Permission.ManageAccounts) is null ? [.. setting.Pools.All.Select(p => p.Id)] : [.. viewer.PoolsOf(Permission.ClaimLeads).Union(viewer.Managed)];

    /// <summary>A page, the latest account first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="poolId">Of one pool.</param>
    /// <param name="after">The last account of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<PooledAccount> Items, Guid? Next)> Read(Viewer viewer, Guid? poolId = null, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var pools = PoolsOf(viewer, setting).Where(p => poolId is null || p == poolId).ToArray();
        await using var db = store.Open();
        var accounts = db.Set<Account>().AsNoTracking().Where(a => a.OwnerId == null && a.MergedIntoId == null && a.PoolId != null && pools.Contains(a.PoolId.Value));
        var read = await (after is { } last ? accounts.Where(a => a.Id < last) : accounts).OrderByDescending(a => a.Id).Take(take + 1).ToListAsync(ct);
        var page = read.Take(take).ToList();
        var ids = page.ConvertAll(a => a.Id);
        var contacts = await db.Set<AccountContact>().Where(c => ids.Contains(c.AccountId) && c.Until == null).GroupBy(c => c.AccountId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return ([.. page.Select(a => Of(viewer, setting, a, contacts.GetValueOrDefault(a.Id)))], read.Count > take ? page[^1].Id : null);
    }

    private static PooledAccount Of(Viewer viewer, Setting setting, Account a, int contacts)
    {
        var pool = a.PoolId!.Value;
        var fields = viewer.Owners(Permission.ManageAccounts) is null ? null : viewer.Visible(setting, pool);
        bool Shows(string field) => fields?.Contains(field) != false;
        var claimable = viewer.May(Permission.ClaimLeads) && setting.Pools.Of(viewer.UserId).Contains(pool) && setting.PoolRules.For(setting.Pools.Find(pool)?.Key).Claimable;
        return new PooledAccount(
            a.Id, a.Version, pool, a.PooledAt, Shows("company") ? a.Name : null, Shows("industry") ? a.Industry : null, Shows("size") ? a.Size : null,
            Shows("region") ? string.Join(" ", new[] { a.Province, a.City }.OfType<string>()) : null, Shows("contacts") ? contacts : null, claimable);
    }
}
