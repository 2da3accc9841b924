using Granary.Application.Capture;
using Granary.Application.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>
/// Links that a leaver shares stay alive, as their addresses are out in the world (§2 Departure, §3 Links): from today on their successor is
/// credited, or nobody where none is named. Who came by them before stays credited to the leaver.
/// </summary>
internal static class LinkHandover
{
    /// <summary>Hands them over.</summary>
    public static async Task Run(LeadWork work, Guid userId, Guid? heir, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var links = await db.Set<TrackedLink>().Where(l => l.UserId == userId).OrderBy(l => l.Id).ToListAsync(ct);
        if (links.Count == 0)
        {
            return;
        }

        var today = work.Setting.Calendar.DateOf(work.Now);
        await db.Set<LinkDay>().Where(d => d.UserId == null && d.Day < today && db.Set<TrackedLink>().Any(l => l.Id == d.LinkId && l.UserId == userId))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.UserId, userId), ct);
        foreach (var link in links)
        {
            (link.UserId, link.Version) = (heir, link.Version + 1);
            work.Changes.Happened(link.Id, "link.handed_over", work.Now, work.ActorId, new { from = userId, ownerId = heir, link.Code, link.Name });
        }
    }
}
