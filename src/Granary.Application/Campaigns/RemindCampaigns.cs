using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>Reminds of what comes due in campaigns: lines of checklists, invitations without an answer, promotion tasks nobody has forwarded; each once (§14).</summary>
public sealed class RemindCampaigns(Store store, SettingCache settings, TimeProvider time)
{
    private const string Name = "remind_campaigns";
    private const int Batch = 500;

    /// <summary>Tells what has come due by now.</summary>
    /// <returns>How many lines, invitations and tasks.</returns>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                var db = scope.Db;
                if (!store.IsSqlite)
                {
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Name}))", ct);
                }

                var now = time.Now;
                var today = setting.Calendar.DateOf(now);
                var until = today.AddDays(setting.Campaigns.RemindDays);
                var alive = db.Set<Campaign>().Where(c => c.Stage != CampaignStage.Cancelled && c.Stage != CampaignStage.Summarised).Select(c => c.Id);
                var items = await db.Set<CampaignItem>().Where(i => i.State == ItemState.Open && i.RemindedAt == null && i.DueOn <= until && alive.Contains(i.CampaignId)).OrderBy(i => i.DueOn).Take(Batch).ToListAsync(ct);
                var invitations = await db.Set<CampaignInvitation>().Where(i => i.State <= InvitationState.Invited && i.RemindedAt == null && i.RemindOn != null && i.RemindOn <= today && alive.Contains(i.CampaignId))
                    .OrderBy(i => i.RemindOn).Take(Batch).ToListAsync(ct);
                var parts = await (from p in db.Set<CampaignTaskPart>()
                                   join t in db.Set<CampaignTask>() on p.TaskId equals t.Id
                                   where p.RemindedAt == null && p.Forwards == 0 && t.Deadline <= until && alive.Contains(t.CampaignId)
                                   select new { p, t.CampaignId }).Take(Batch).ToListAsync(ct);
                // Each campaign once for each of those who have something due in it.
                var told = items.Select(i => (i.OwnerId, i.CampaignId)).Concat(invitations.Select(i => (i.OwnerId, i.CampaignId))).Concat(parts.Select(p => (OwnerId: p.p.UserId, p.CampaignId)));
                foreach (var (user, campaign) in told.Distinct().Where(t => setting.CanOwn(t.OwnerId)))
                {
                    db.Add(new Notice { Id = time.NewId(), UserId = user, Kind = NoticeKind.CampaignItemDue, SubjectId = campaign, At = now });
                }

                items.ForEach(i => i.RemindedAt = now);
                invitations.ForEach(i => i.RemindedAt = now);
                parts.ForEach(p => p.p.RemindedAt = now);
                await db.SaveChangesAsync(ct);
                return items.Count + invitations.Count + parts.Count;
            },
            ct);
    }
}
