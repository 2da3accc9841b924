using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What is to be done in a campaign.</summary>
public enum CampaignDueKind
{
    /// <summary>A line of the checklist.</summary>
    Item = 1,

    /// <summary>Material that is to be forwarded.</summary>
    Task = 2,

    /// <summary>People who are to be invited, or who have not answered.</summary>
    Invitations = 3,

    /// <summary>A charter that waits for a decision.</summary>
    Charter = 4,
}

/// <summary>Something that somebody has to do in a campaign.</summary>
/// <param name="Kind">What.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Campaign">Its name.</param>
/// <param name="Name">The line of the checklist, or the title of the task; null for the others.</param>
/// <param name="On">By which day; null where no day is set.</param>
/// <param name="Count">How many people; 1 for the others.</param>
public sealed record CampaignDue(CampaignDueKind Kind, Guid CampaignId, string Campaign, string? Name, DateOnly? On, int Count = 1);

/// <summary>What somebody has to do in campaigns that are alive, as far as it is due within the days of reminding.</summary>
public sealed class CampaignTasks(Store store, SettingCache settings, TimeProvider time)
{
    private const int Most = 100;

    /// <summary>What is to be done, the most pressing first.</summary>
    public async Task<IReadOnlyList<CampaignDue>> Of(Viewer viewer, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ViewCampaigns))
        {
            return [];
        }

        var setting = await settings.Get(ct);
        var (me, today) = (viewer.UserId, setting.Calendar.DateOf(time.Now));
        var until = today.AddDays(setting.Campaigns.RemindDays);
        await using var db = store.Open();
        var alive = viewer.Campaigns(db).AsNoTracking().Where(c => c.Stage != CampaignStage.Cancelled && c.Stage != CampaignStage.Summarised);
        var items = await (from i in db.Set<CampaignItem>()
                           join c in alive on i.CampaignId equals c.Id
                           where i.OwnerId == me && i.State == ItemState.Open && i.DueOn <= until
                           orderby i.DueOn
                           select new { c.Id, Campaign = c.Name, i.Name, i.DueOn }).Take(Most).ToListAsync(ct);
        var tasks = await (from p in db.Set<CampaignTaskPart>()
                           join t in db.Set<CampaignTask>() on p.TaskId equals t.Id
                           join c in alive on t.CampaignId equals c.Id
                           where p.UserId == me && p.Forwards == 0
                           orderby t.Deadline
                           select new { c.Id, Campaign = c.Name, t.Title, t.Deadline }).Take(Most).ToListAsync(ct);
        var invitations = await (from i in db.Set<CampaignInvitation>()
                                 join c in alive on i.CampaignId equals c.Id
                                 where c.Stage < CampaignStage.Convert && i.OwnerId == me && i.State <= InvitationState.Invited && i.RemindOn != null && i.RemindOn <= today
                                 group i by new { c.Id, c.Name } into g
                                 select new { g.Key.Id, Campaign = g.Key.Name, On = g.Min(i => i.RemindOn), Count = g.Count() }).ToListAsync(ct);
        var charters = viewer.May(Permission.ApproveCampaigns)
            ? await viewer.Campaigns(db, Permission.ApproveCampaigns).Where(c => c.Stage == CampaignStage.Charter && c.AppliedById != me).Select(c => new { c.Id, c.Name, c.StartsOn }).Take(Most).ToListAsync(ct)
            : [];
        List<CampaignDue> due =
        [
            .. items.Select(i => new CampaignDue(CampaignDueKind.Item, i.Id, i.Campaign, i.Name, i.DueOn)),
            .. tasks.Select(t => new CampaignDue(CampaignDueKind.Task, t.Id, t.Campaign, t.Title, t.Deadline)),
            .. invitations.Select(i => new CampaignDue(CampaignDueKind.Invitations, i.Id, i.Campaign, null, i.On, i.Count)),
            .. charters.Select(c => new CampaignDue(CampaignDueKind.Charter, c.Id, c.Name, null, null)),
        ];
        // What waits for a decision holds up others; what has no day comes last.
        return [.. due.OrderBy(d => d.Kind == CampaignDueKind.Charter ? DateOnly.MinValue : d.On ?? DateOnly.MaxValue).ThenBy(d => d.Kind).ThenBy(d => d.CampaignId, IdOrder.Instance).Take(Most)];
    }
}
