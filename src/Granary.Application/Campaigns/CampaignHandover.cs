using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What a leaver has in campaigns goes to whoever gets their opportunities (§2 Departure). What they did on site stays theirs.</summary>
internal static class CampaignHandover
{
    /// <summary>Campaigns they answer for, and open lines, invitations and teams of theirs.</summary>
    public static async Task<int> Count(GranaryDb db, Guid userId, CancellationToken ct) =>
        await db.Set<Campaign>().CountAsync(c => c.OwnerId == userId, ct)
        + await db.Set<CampaignItem>().CountAsync(i => i.OwnerId == userId && i.State == ItemState.Open, ct)
        + await db.Set<CampaignInvitation>().CountAsync(i => i.OwnerId == userId && i.State <= InvitationState.Invited, ct)
        + await db.Set<CampaignTeam>().CountAsync(t => t.CaptainId == userId && db.Set<Campaign>().Any(c => c.Id == t.CampaignId && c.Stage < CampaignStage.Convert), ct);

    /// <summary>Hands it over.</summary>
    public static async Task Run(LeadWork work, Guid userId, Guid heir, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var own = db.Set<Campaign>().Where(c => c.OwnerId == userId);
        foreach (var id in await own.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct))
        {
            work.Changes.Happened(id, CampaignEvent.Transferred, work.Now, work.ActorId, new { from = userId, ownerId = heir });
            work.Changes.Tell(heir, NoticeKind.CampaignAssigned, id, work.Now, work.ActorId);
        }

        await own.ExecuteUpdateAsync(c => c.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.ChangedAt, work.Now), ct);
        await db.Set<CampaignItem>().Where(i => i.OwnerId == userId && i.State == ItemState.Open).ExecuteUpdateAsync(i => i.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.RemindedAt, (DateTimeOffset?)null), ct);
        await db.Set<CampaignInvitation>().Where(i => i.OwnerId == userId && i.State <= InvitationState.Invited)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.RemindedAt, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await Teams(db, userId, heir, ct);
        // Who is gone forwards nothing any more.
        await db.Set<CampaignTaskPart>().Where(p => p.UserId == userId && p.Forwards == 0).ExecuteDeleteAsync(ct);
    }

    // The heir leads the team in their place, and is in it where they are in none of that campaign yet.
    private static async Task Teams(GranaryDb db, Guid userId, Guid heir, CancellationToken ct)
    {
        var alive = db.Set<Campaign>().Where(c => c.Stage < CampaignStage.Convert).Select(c => c.Id);
        await db.Set<CampaignTeam>().Where(t => t.CaptainId == userId && alive.Contains(t.CampaignId)).ExecuteUpdateAsync(t => t.SetProperty(x => x.CaptainId, heir), ct);
        var seats = db.Set<CampaignMember>().Where(m => m.UserId == userId && alive.Contains(m.CampaignId));
        await seats.Where(m => db.Set<CampaignMember>().Any(o => o.CampaignId == m.CampaignId && o.UserId == heir)).ExecuteDeleteAsync(ct);
        await seats.ExecuteUpdateAsync(m => m.SetProperty(x => x.UserId, heir), ct);
    }
}
