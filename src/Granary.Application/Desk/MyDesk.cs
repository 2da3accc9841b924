using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Why something stands on somebody's desk, in the order in which it is done.</summary>
public enum DeskTask
{
    /// <summary>It came in for them and they have not seen it.</summary>
    Arrived = 1,

    /// <summary>It waits in their tray to be assigned on.</summary>
    AssignOn = 2,

    /// <summary>It is held for a check.</summary>
    Check = 3,

    /// <summary>It is theirs.</summary>
    Own = 4,
}

/// <summary>A line of the desk.</summary>
/// <param name="Task">What is to be done.</param>
/// <param name="Lead">The lead.</param>
/// <param name="Notice">The notice that told of it; only with <see cref="DeskTask.Arrived"/>.</param>
/// <param name="Why">Why it is here: the reasons of the step that brought it.</param>
public sealed record DeskItem(DeskTask Task, ListedLead Lead, Notice? Notice, IReadOnlyList<Reason> Why);

/// <summary>Figures of today.</summary>
/// <param name="Pending">Own leads nobody has worked on; counted up to 1,000.</param>
/// <param name="TakenToday">Leads got today.</param>
/// <param name="DailyCap">Most leads a day; null is unlimited.</param>
/// <param name="Holding">Leads held.</param>
/// <param name="HoldingCap">Most leads held; null is unlimited.</param>
/// <param name="NewToday">Leads received today among those they may see; counted up to 10,000.</param>
public sealed record DeskFigures(int Pending, int TakenToday, int? DailyCap, int Holding, int? HoldingCap, int NewToday);

/// <summary>What somebody has before them.</summary>
/// <param name="Next">What to do, in order.</param>
/// <param name="Waiting">How many lines there are of each kind besides own leads, counted up to 100.</param>
/// <param name="Figures">Today in figures.</param>
public sealed record DeskView(IReadOnlyList<DeskItem> Next, IReadOnlyDictionary<DeskTask, int> Waiting, DeskFigures Figures);

/// <summary>Lays somebody's desk: what came in for them, what waits for them, what is theirs.</summary>
public sealed class MyDesk(Store store, SettingCache settings, LeadList list, TimeProvider time)
{
    private const int Lines = 8, Counted = 100, MostPending = 1000;

    /// <summary>Lays it.</summary>
    public async Task<DeskView> Lay(Viewer viewer, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        Dictionary<DeskTask, int> waiting = [];
        List<DeskItem> next = [.. await Arrived(db, viewer, waiting, ct)];
        await Add(DeskTask.AssignOn, viewer.Leads(db).Where(l => l.TrayUserId == viewer.UserId));
        if (viewer.May(Permission.CheckHeldLeads))
        {
            var pool = setting.Pools.Invalid;
            await Add(DeskTask.Check, viewer.Leads(db, Permission.CheckHeldLeads).Where(l => l.PoolId == pool && l.Status == LeadStatus.Unassigned));
        }

        var me = viewer.UserId;
        var own = db.Set<Lead>().Where(l => l.OwnerId == me && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working));
        Put(DeskTask.Own, await ListedLead.Of(own.OrderByDescending(l => l.Priority).ThenBy(l => l.Status).ThenByDescending(l => l.ReceivedAt).Take(Lines)).ToListAsync(ct));
        return new DeskView(await Explained(db, next, ct), waiting, await Figures(db, viewer, setting, ct));

        async Task Add(DeskTask task, IQueryable<Lead> leads)
        {
            waiting[task] = await leads.Select(l => l.Id).Take(Counted).CountAsync(ct);
            if (waiting[task] > 0)
            {
                Put(task, await ListedLead.Of(leads.OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id).Take(Lines)).ToListAsync(ct));
            }
        }

        void Put(DeskTask task, IEnumerable<ListedLead> leads) =>
            next.AddRange(leads.Where(l => next.TrueForAll(n => n.Lead.Id != l.Id)).Select(l => new DeskItem(task, l, null, [])));
    }

    private static async Task<IReadOnlyList<DeskItem>> Arrived(GranaryDb db, Viewer viewer, Dictionary<DeskTask, int> waiting, CancellationToken ct)
    {
        var unseen = await db.Set<Notice>().AsNoTracking()
            .Where(n => n.UserId == viewer.UserId && n.SeenAt == null && (n.Kind == NoticeKind.LeadAssigned || n.Kind == NoticeKind.LeadReentered || n.Kind == NoticeKind.LeadLinked))
            .OrderByDescending(n => n.Id).Take(Counted).ToListAsync(ct);
        waiting[DeskTask.Arrived] = unseen.Select(n => n.SubjectId).Distinct().Count();
        var ids = unseen.Select(n => n.SubjectId).Distinct().Take(Lines).ToArray();
        var leads = (await ListedLead.Of(viewer.Leads(db).Where(l => ids.Contains(l.Id))).ToListAsync(ct)).ToDictionary(l => l.Id);
        return [.. unseen.DistinctBy(n => n.SubjectId).Where(n => leads.ContainsKey(n.SubjectId)).Select(n => new DeskItem(DeskTask.Arrived, leads[n.SubjectId], n, []))];
    }

    // One query for the explanations of all lines; own leads need none.
    private static async Task<IReadOnlyList<DeskItem>> Explained(GranaryDb db, List<DeskItem> items, CancellationToken ct)
    {
        var ids = items.Where(i => i.Task != DeskTask.Own).Select(i => i.Lead.Id).ToArray();
        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => ids.Contains(d.LeadId)).ToListAsync(ct);
        var traces = decisions.GroupBy(d => d.LeadId).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.Id).Select(Explanation.Of).ToList());
        return items.ConvertAll(item => item with { Why = traces.TryGetValue(item.Lead.Id, out var all) ? Why(item.Task, all) : [] });
    }

    private static IReadOnlyList<Reason> Why(DeskTask task, List<Explanation> explanations)
    {
        var step = task == DeskTask.Check ? "cleanse" : "assign";
        return [.. explanations.Select(e => e.Reasons.Where(r => r.Step == step)).FirstOrDefault(r => r.Any()) ?? []];
    }

    private async Task<DeskFigures> Figures(GranaryDb db, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var me = viewer.UserId;
        var load = await db.Set<UserLoad>().AsNoTracking().SingleOrDefaultAsync(l => l.UserId == me, ct);
        var profile = setting.Roster.Find(me);
        var today = setting.Calendar.DateOf(time.Now);
        var pending = await db.Set<Lead>().Where(l => l.OwnerId == me && l.Status == LeadStatus.Pending).Select(l => l.Id).Take(MostPending).CountAsync(ct);
        var received = viewer.May(Permission.ViewLeads) ? await list.Count(viewer, LeadFilter.All with { ReceivedFrom = new DayOrInstant(today) }, ct) : 0;
        return new(pending, load?.Day == today ? load.Taken : 0, profile?.DailyIntakeCap, load?.Holding ?? 0, profile?.HoldingCap, received);
    }
}
