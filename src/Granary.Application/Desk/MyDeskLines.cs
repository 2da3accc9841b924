using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Reads the lines of a desk, each source set-wise over an index.</summary>
internal sealed class DeskLines(GranaryDb db, Viewer viewer, Setting setting, DeskMoment moment)
{
    /// <summary>Own open leads in the order in which they are worked on; one query over <c>ix_lead_owner</c> and the timers' key.</summary>
    public async Task<IReadOnlyList<DeskItem>> Own(DeskTask? only, int most, CancellationToken ct)
    {
        if (only is DeskTask.Reentered or DeskTask.Decide or DeskTask.AssignOn or DeskTask.Check)
        {
            return [];
        }

        var rows = Placed(db, viewer.UserId, moment).Where(r => r.Task != 0);
        if (only is { } task)
        {
            var wanted = (int)task;
            rows = rows.Where(r => r.Task == wanted);
        }

        // New leads: the most promising first, then those that wait longest.
        var read = await rows
            .OrderBy(r => r.Task).ThenBy(r => r.DeadlineAt == null).ThenBy(r => r.DeadlineAt).ThenBy(r => r.Task == (int)DeskTask.NextStep ? r.NextAt : null)
            .ThenByDescending(r => r.Priority).ThenBy(r => r.PlacedAt).ThenBy(r => r.Id)
            .Take(most).ToListAsync(ct);
        var leads = await Listed(read.Select(r => r.Id), ct);
        return
        [
            .. read.Where(r => leads.ContainsKey(r.Id)).Select(r => new DeskItem((DeskTask)r.Task, leads[r.Id])
            {
                DeadlineAt = r.DeadlineAt,
                Rule = r.Rule,
                NextStep = r.NextStep,
                NextAt = r.NextAt,
            }),
        ];
    }

    /// <summary>Leads of theirs that came in again and were not looked at since.</summary>
    public async Task<IReadOnlyList<DeskItem>> Reentered(int most, CancellationToken ct)
    {
        var unseen = await db.Set<Notice>().AsNoTracking()
            .Where(n => n.UserId == viewer.UserId && n.SeenAt == null && (n.Kind == NoticeKind.LeadReentered || n.Kind == NoticeKind.LeadLinked))
            .OrderByDescending(n => n.Id).Take(most).ToListAsync(ct);
        var notices = unseen.DistinctBy(n => n.SubjectId).ToList();
        var leads = await Listed(notices.Select(n => n.SubjectId), ct, scoped: true);
        return [.. notices.Where(n => leads.ContainsKey(n.SubjectId)).Select(n => new DeskItem(DeskTask.Reentered, leads[n.SubjectId]) { Notice = n })];
    }

    /// <summary>Open requests they may decide, the oldest first.</summary>
    public async Task<IReadOnlyList<DeskItem>> Requests(LeadRequests requests, int most, CancellationToken ct)
    {
        if (!viewer.May(Permission.AssignLeads) && !viewer.May(Permission.CheckHeldLeads))
        {
            return [];
        }

        var open = await requests.OpenRequests(viewer, take: most, ct: ct);
        var leads = await Listed(open.Select(r => r.Lead.Id), ct);
        return [.. open.Where(r => leads.ContainsKey(r.Lead.Id)).Select(r => new DeskItem(DeskTask.Decide, leads[r.Lead.Id]) { Request = r.Request, DeadlineAt = r.Request.DueAt })];
    }

    /// <summary>What waits in their tray, and what is held where they check.</summary>
    public async Task<IReadOnlyList<DeskItem>> Waiting(int most, CancellationToken ct)
    {
        List<DeskItem> items = [];
        if (viewer.May(Permission.AssignLeads))
        {
            await Add(DeskTask.AssignOn, viewer.Leads(db).Where(l => l.TrayUserId == viewer.UserId));
        }

        if (viewer.May(Permission.CheckHeldLeads))
        {
            var pool = setting.Pools.Invalid;
            await Add(DeskTask.Check, viewer.Leads(db, Permission.CheckHeldLeads).Where(l => l.PoolId == pool && l.Status == LeadStatus.Unassigned));
        }

        return items;

        async Task Add(DeskTask task, IQueryable<Lead> leads) =>
            items.AddRange((await ListedLead.Of(leads.OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id).Take(most)).ToListAsync(ct)).Select(l => new DeskItem(task, l)));
    }

    /// <summary>Own open leads with the task each asks for; 0 asks for nothing now.</summary>
    internal static IQueryable<PlacedLead> Placed(GranaryDb db, Guid owner, DeskMoment moment) =>
        from lead in db.Set<Lead>().AsNoTracking()
        where lead.OwnerId == owner && (lead.Status == LeadStatus.Pending || lead.Status == LeadStatus.Working)
        join found in db.Set<LeadTimer>() on lead.Id equals found.LeadId into timers
        from timer in timers.DefaultIfEmpty()
        select new PlacedLead
        {
            Id = lead.Id,
            Task = timer.DeadlineAt <= moment.Now ? (int)DeskTask.Overdue
                : timer.DeadlineAt <= moment.Soon ? (int)DeskTask.DueSoon
                : lead.Status == LeadStatus.Pending ? (int)DeskTask.New
                : lead.NextAt < moment.End ? (int)DeskTask.NextStep
                : lead.NextAt == null ? (int)DeskTask.Plan : 0,
            Priority = lead.Priority,
            PlacedAt = lead.PlacedAt,
            NextStep = lead.NextStep,
            NextAt = lead.NextAt,
            DeadlineAt = timer.DeadlineAt,
            Rule = timer.DeadlineRule,
        };

    private async Task<Dictionary<Guid, ListedLead>> Listed(IEnumerable<Guid> ids, CancellationToken ct, bool scoped = false)
    {
        var wanted = ids.ToArray();
        var leads = scoped ? viewer.Leads(db) : db.Set<Lead>();
        return wanted.Length == 0 ? [] : await ListedLead.Of(leads.Where(l => wanted.Contains(l.Id))).ToDictionaryAsync(l => l.Id, ct);
    }
}

/// <summary>An own lead with what it asks for.</summary>
internal sealed record PlacedLead
{
    public Guid Id { get; init; }

    public int Task { get; init; }

    public int Priority { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public string? NextStep { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    public string? Rule { get; init; }
}
