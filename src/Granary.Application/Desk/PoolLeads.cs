using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A lead that lies in a pool, as its members see it.</summary>
/// <param name="Lead">The lead, without what the pool does not show.</param>
/// <param name="Phone">First phone, masked; null where the pool does not show it.</param>
/// <param name="CoolsUntil">Until when the reader cannot claim it, because they had it and lost it; null when they can.</param>
public sealed record PooledLead(Lead Lead, string? Phone, DateTimeOffset? CoolsUntil);

/// <summary>Lists what lies in one pool: filtered, in order, page by page, with the fields that the pool shows.</summary>
public sealed class PoolLeads(LeadList list, Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    /// <summary>A page.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="pool">The pool, which must be one of theirs.</param>
    /// <param name="filter">Which leads of it.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<LeadListPage<PooledLead>> Read(
        Viewer viewer, Pool pool, LeadFilter filter, LeadCursor? after = null, int take = LeadList.PageSize, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var page = await list.ReadWhole(viewer, Within(pool, filter), after, take, ct);
        var ids = page.Items.Select(l => l.Id).ToArray();
        await using var db = store.Open();
        var shows = viewer.Visible(setting, pool.Id)?.Contains("contacts") != false;
        var phones = shows ? await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.LeadId) && c.Kind == ContactKind.Phone).ToListAsync(ct) : [];
        var masks = setting.Masking.At(MaskPlace.Pool);
        var first = phones.GroupBy(p => p.LeadId).ToDictionary(g => g.Key, g => vault.Masked(g.MinBy(p => p.Ordinal)!, masks));
        var cooling = await Cooling(db, viewer, setting.PoolRules.For(pool.Key).CoolDownDays, ids, ct);
        return new([.. page.Items.Select(lead => new PooledLead(
            lead, first.GetValueOrDefault(lead.Id), cooling.TryGetValue(lead.Id, out var until) ? until : null))], page.Next);
    }

    /// <summary>How many there are; see <see cref="LeadList.Count"/>.</summary>
    public async Task<int> Count(Viewer viewer, Pool pool, LeadFilter filter, CancellationToken ct = default) =>
        await list.Count(viewer, Within(pool, filter), ct);

    /// <summary>The ids of those that a filter selects, in its order; an error when there are more than can be dealt with at once.</summary>
    public async Task<(IReadOnlyList<Guid> Ids, FieldError? Error)> Select(Viewer viewer, Pool pool, LeadFilter filter, CancellationToken ct = default)
    {
        var page = await list.ReadWhole(viewer, Within(pool, filter), null, MoveLeads.Most, ct);
        return page.Next is null ? ([.. page.Items.Select(l => l.Id)], null) : ([], new FieldError("filter", "too_many", $"{MoveLeads.Most}"));
    }

    private static LeadFilter Within(Pool pool, LeadFilter filter) => filter with { Pools = [pool.Key], Mine = false, Owners = [], InMyTray = false };

    private async Task<Dictionary<Guid, DateTimeOffset>> Cooling(GranaryDb db, Viewer viewer, int days, Guid[] ids, CancellationToken ct)
    {
        var me = viewer.UserId;
        var since = time.Now.AddDays(-days);
        var lost = await db.Set<OwnershipRecord>().AsNoTracking()
            .Where(o => ids.Contains(o.LeadId) && o.OwnerId == me && o.To != null && o.To > since && (o.Ended == Ended.Returned || o.Ended == Ended.Recycled || o.Ended == Ended.Transferred)).Select(o => new { o.LeadId, o.To }).ToListAsync(ct);
        return lost.GroupBy(o => o.LeadId).ToDictionary(g => g.Key, g => g.Max(o => o.To!.Value).AddDays(days));
    }
}
