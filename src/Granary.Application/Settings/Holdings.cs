using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>What somebody has, in numbers: what is to be handed over before they can depart (§2).</summary>
/// <param name="Leads">Leads they work on.</param>
/// <param name="Planned">Those of them with a next step, which goes along.</param>
/// <param name="Tray">Leads that wait in their tray.</param>
/// <param name="Closed">Converted and invalid leads that are theirs.</param>
/// <param name="Accounts">Accounts they own.</param>
/// <param name="Shared">Views of theirs that others use; they go to the successor.</param>
/// <param name="Keys">API keys in force; they are revoked.</param>
/// <param name="Pools">Pools they belong to; they leave them.</param>
/// <param name="Opportunities">Opportunities they own, or are to take over.</param>
/// <param name="Kept">Lists of named accounts, planned touches, partners, campaigns and what is theirs to do in them, and tracked links that they share.</param>
public sealed record Holdings(int Leads, int Planned, int Tray, int Closed, int Accounts, int Shared = 0, int Keys = 0, int Pools = 0, int Opportunities = 0, int Kept = 0)
{
    /// <summary>Whether anything is theirs that somebody has to take over.</summary>
    public bool Any => Leads + Tray + Closed + Accounts + Opportunities + Kept > 0;

    /// <summary>What somebody has now.</summary>
    public static async Task<Holdings> Of(GranaryDb db, Guid userId, CancellationToken ct = default)
    {
        var own = db.Set<Lead>().Where(l => l.OwnerId == userId);
        var open = own.Where(l => l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working);
        var (all, leads) = (await own.CountAsync(ct), await open.CountAsync(ct));
        return new(
            leads,
            await open.CountAsync(l => l.NextAt != null, ct),
            await db.Set<Lead>().CountAsync(l => l.TrayUserId == userId, ct),
            all - leads,
            await db.Set<Account>().CountAsync(a => a.OwnerId == userId, ct),
            await db.Set<SavedView>().CountAsync(v => v.UserId == userId && v.Shared, ct),
            await db.Set<ApiKey>().CountAsync(k => k.UserId == userId && k.RevokedAt == null, ct),
            await db.Set<PoolMember>().CountAsync(m => m.UserId == userId, ct),
            await db.Set<Opportunity>().CountAsync(o => o.OwnerId == userId || (o.ReceiverId == userId && db.Set<OpportunityHandover>().Any(h => h.OpportunityId == o.Id && h.State == HandoverState.Waiting)), ct),
            await db.Set<NamedList>().CountAsync(l => l.OwnerId == userId, ct)
                + await db.Set<NamedTouch>().CountAsync(t => t.OwnerId == userId && t.DoneOn == null && t.CancelledAt == null, ct)
                + await db.Set<Partner>().CountAsync(p => p.OwnerId == userId, ct)
                + await CampaignHandover.Count(db, userId, ct)
                + await db.Set<TrackedLink>().CountAsync(l => l.UserId == userId, ct));
    }
}
