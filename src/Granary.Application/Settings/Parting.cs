using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>
/// What goes with somebody who departs, besides what is handed over (§2): keys are dead for good, nothing is sent to them, they
/// belong to no pool and head nothing. Views that others use go to somebody who stays; what was theirs alone is gone.
/// </summary>
internal static class Parting
{
    /// <summary>Takes it away, in the caller's transaction.</summary>
    /// <param name="db">The database.</param>
    /// <param name="userId">Who departs.</param>
    /// <param name="heir">Who gets the views that others use.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task Take(GranaryDb db, Guid userId, Guid heir, DateTimeOffset now, CancellationToken ct)
    {
        await db.Set<ApiKey>().Where(k => k.UserId == userId && k.RevokedAt == null).ExecuteUpdateAsync(k => k.SetProperty(x => x.RevokedAt, now), ct);
        await db.Set<SavedView>().Where(v => v.UserId == userId && (!v.Shared || heir == userId)).ExecuteDeleteAsync(ct);
        await db.Set<SavedView>().Where(v => v.UserId == userId).ExecuteUpdateAsync(v => v.SetProperty(x => x.UserId, heir), ct);
        await db.Set<ReportRecipient>().Where(r => r.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<ReportDelivery>().Where(d => d.UserId == userId && d.NextAt != null).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAt, (DateTimeOffset?)null), ct);
        // What they had sent goes on in nobody's name no more; shared reports go to somebody who stays, under a name that tells them apart.
        await db.Set<ReportSchedule>().Where(s => s.OwnerId == userId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Open, false).SetProperty(x => x.NextAt, (DateTimeOffset?)null), ct);
        await db.Set<ReportSchedule>().Where(s => s.OwnerId == userId && heir != userId).ExecuteUpdateAsync(s => s.SetProperty(x => x.OwnerId, heir), ct);
        await SavedReports.Leave(db, userId, heir, ct);
        if (heir != userId)
        {
            await db.Set<RetrospectiveMeasure>().Where(m => m.OwnerId == userId && !m.Done).ExecuteUpdateAsync(m => m.SetProperty(x => x.OwnerId, heir), ct);
        }

        await db.Set<FollowUpTemplate>().Where(t => t.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<PoolMember>().Where(m => m.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<Department>().Where(d => d.HeadId == userId).ExecuteUpdateAsync(d => d.SetProperty(x => x.HeadId, (Guid?)null), ct);
        await db.Set<NoticeChannel>().Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<NoticeDelivery>().Where(d => d.UserId == userId && d.NextAt != null).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAt, (DateTimeOffset?)null), ct);
        await db.Set<Invitation>().Where(i => i.UserId == userId && i.UsedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now), ct);
        // Steps of milestone plans go to who stays; their leads were handed over before.
        if (heir != userId)
        {
            await db.Set<ReviewStep>().Where(s => s.OwnerId == userId && s.DoneOn == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.OwnerId, heir), ct);
        }

        // What waits for them to get a lead waits for whoever decides.
        await db.Set<LeadRequest>().Where(r => r.To == userId && r.Decision == null).ExecuteUpdateAsync(r => r.SetProperty(x => x.To, (Guid?)null), ct);
    }
}
