using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A pool as somebody stands before it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Rules">How it gives leads out.</param>
/// <param name="Member">Whether they belong to it.</param>
/// <param name="Manages">Whether they may assign, move and withdraw what lies in it.</param>
/// <param name="Stock">Leads in it, counted up to <see cref="LeadList.CountedUpTo"/> and one more.</param>
/// <param name="NewToday">Those of them received today.</param>
/// <param name="Claims">What they may still claim from it; null where they cannot claim at all.</param>
public sealed record PoolCard(Pool Pool, PoolRules Rules, bool Member, bool Manages, int Stock, int NewToday, ClaimAllowance? Claims);

/// <summary>What somebody may still claim from a pool (§9 Claim).</summary>
/// <param name="Claimed">Leads claimed today, from whatever pool.</param>
/// <param name="DailyCap">Most on a day; null is unlimited.</param>
/// <param name="Holding">Leads held.</param>
/// <param name="HoldingCap">Most held; null is unlimited.</param>
public sealed record ClaimAllowance(int Claimed, int? DailyCap, int Holding, int? HoldingCap)
{
    /// <summary>Claims left today; null is unlimited.</summary>
    public int? ClaimsLeft => DailyCap is { } cap ? Math.Max(0, cap - Claimed) : null;

    /// <summary>Places left among those they may hold; null is unlimited.</summary>
    public int? PlacesLeft => HoldingCap is { } cap ? Math.Max(0, cap - Holding) : null;

    /// <summary>Leads they can claim now; null is unlimited.</summary>
    public int? Left => ClaimsLeft is { } claims ? Math.Min(claims, PlacesLeft ?? claims) : PlacesLeft;
}

/// <summary>Shows somebody the pools they belong to, with what lies in them and what they may still claim (§9).</summary>
public sealed class PoolBoard(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Their pools; all of them for who sees every lead. Built-in ones first, then by name.</summary>
    public async Task<IReadOnlyList<PoolCard>> Of(Viewer viewer, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        await db.Database.OpenConnectionAsync(ct);
        var own = await Own(db, setting, viewer, ct);
        List<PoolCard> cards = [];
        foreach (var pool in Reached(viewer, setting))
        {
            cards.Add(await Card(db, setting, viewer, pool, own, ct));
        }

        return cards;
    }

    /// <summary>One pool by key or id; null when it is none of theirs.</summary>
    public async Task<PoolCard?> Find(Viewer viewer, string pool, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if ((Guid.TryParse(pool, out var id) ? setting.Pools.Find(id) : setting.Pools.Find(pool)) is not { } found || !Reaches(viewer, found))
        {
            return null;
        }

        await using var db = store.Open();
        await db.Database.OpenConnectionAsync(ct);
        return await Card(db, setting, viewer, found, await Own(db, setting, viewer, ct), ct);
    }

    private static IEnumerable<Pool> Reached(Viewer viewer, Setting setting) => setting.Pools.All.Where(pool => Reaches(viewer, pool))
        .OrderByDescending(p => p.BuiltIn).ThenBy(p => p.BuiltIn ? Domain.Assignment.PoolKeys.All.ToList().IndexOf(p.Key) : 0).ThenBy(p => p.Name, StringComparer.CurrentCulture);

    private static bool Reaches(Viewer viewer, Pool pool) => viewer.Pools.Contains(pool.Id) || viewer.Scope(Permission.ViewLeads).HasFlag(DataScope.All);

    private async Task<PoolCard> Card(GranaryDb db, Setting setting, Viewer viewer, Pool pool, (int Claimed, int Holding) own, CancellationToken ct)
    {
        var rules = setting.PoolRules.For(pool.Key);
        var today = setting.Calendar.StartOf(setting.Calendar.DateOf(time.Now));
        var leads = db.Set<Lead>().Where(l => l.PoolId == pool.Id);
        var member = viewer.Pools.Contains(pool.Id);
        var profile = setting.Roster.Find(viewer.UserId)?.HoldingCap;
        return new PoolCard(
            pool,
            rules,
            member,
            viewer.PoolsOf(Permission.AssignLeads).Contains(pool.Id) || viewer.Scope(Permission.AssignLeads).HasFlag(DataScope.All),
            await leads.Select(l => l.Id).Take(LeadList.CountedUpTo + 1).CountAsync(ct),
            await leads.Where(l => l.ReceivedAt >= today).Select(l => l.Id).Take(LeadList.CountedUpTo + 1).CountAsync(ct),
            member && rules.Claimable && viewer.May(Permission.ClaimLeads)
                ? new ClaimAllowance(own.Claimed, rules.DailyClaimCap, own.Holding, Claim.MostHeld(rules, profile))
                : null);
    }

    private async Task<(int Claimed, int Holding)> Own(GranaryDb db, Setting setting, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.UserId;
        return (
            await ClaimLead.ClaimedToday(db, setting, me, time.Now, ct),
            await db.Set<UserLoad>().Where(l => l.UserId == me).Select(l => l.Holding).SingleOrDefaultAsync(ct));
    }
}
