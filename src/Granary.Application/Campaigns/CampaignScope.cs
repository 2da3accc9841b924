using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Campaigns;

/// <summary>Which campaigns somebody reaches.</summary>
public static class CampaignScope
{
    extension(Viewer viewer)
    {
        /// <summary>
        /// The campaigns a permission reaches, by who answers for them; one outside is as if it were not there. Whoever is in a team of a
        /// campaign, or has a task, a line of the checklist or an invitation of it, sees it and takes part, whoever answers for it.
        /// </summary>
        public IQueryable<Campaign> Campaigns(GranaryDb db, Permission permission = Permission.ViewCampaigns)
        {
            var campaigns = db.Set<Campaign>().AsQueryable();
            if (!viewer.May(permission))
            {
                return campaigns.Where(c => false);
            }

            if (viewer.Owners(permission) is not { } owners)
            {
                return campaigns;
            }

            var (me, list) = (viewer.UserId, owners.ToArray());
            return permission is Permission.ViewCampaigns or Permission.JoinCampaigns
                ? campaigns.Where(c => list.Contains(c.OwnerId) || db.Set<CampaignItem>().Any(i => i.CampaignId == c.Id && i.OwnerId == me) || db.Set<CampaignInvitation>().Any(i => i.CampaignId == c.Id && i.OwnerId == me) || db.Set<CampaignMember>().Any(m => m.CampaignId == c.Id && m.UserId == me)
                    || db.Set<CampaignTask>().Any(t => t.CampaignId == c.Id && db.Set<CampaignTaskPart>().Any(p => p.TaskId == t.Id && p.UserId == me)))
                : campaigns.Where(c => list.Contains(c.OwnerId));
        }
    }
}
