using Granary.Application.Assignment;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>What somebody did today and what they have before them, in figures.</summary>
internal sealed record DeskDay(int Received, int FollowedUp, int Claimed, int Converted, int Holding, IReadOnlyDictionary<DeskTask, int> Tasks)
{
    public int Overdue => Tasks.GetValueOrDefault(DeskTask.Overdue);

    public static async Task<DeskDay> Of(GranaryDb db, Guid me, DeskMoment moment, CancellationToken ct)
    {
        var ownerships = db.Set<OwnershipRecord>().Where(o => o.OwnerId == me);
        var followUps = db.Set<FollowUpRecord>().Where(f => f.AuthorId == me && f.Counted && f.RecordedAt >= moment.Start);
        // One round trip: each figure is a subquery over an index of its own.
        var day = await db.Users.Where(u => u.Id == me).Select(u => new
        {
            Received = ownerships.Count(o => o.From >= moment.Start),
            Claimed = ownerships.Count(o => o.From >= moment.Start && o.Acquired == Acquired.Claimed),
            Converted = ownerships.Count(o => o.To >= moment.Start && o.Ended == Ended.Converted),
            FollowedUp = followUps.Count(),
            Holding = db.Set<UserLoad>().Where(l => l.UserId == me).Select(l => l.Holding).FirstOrDefault(),
        }).SingleOrDefaultAsync(ct);
        var tasks = await PlacedLead.Of(db, me, moment).Where(p => p.Task != 0).GroupBy(p => p.Task).Select(g => new { Task = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(
            day?.Received ?? 0, day?.FollowedUp ?? 0, day?.Claimed ?? 0, day?.Converted ?? 0, day?.Holding ?? 0, tasks.ToDictionary(t => (DeskTask)t.Task, t => t.Count));
    }
}
