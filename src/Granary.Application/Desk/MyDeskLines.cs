using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Reads the lines of a page of a desk, each source set-wise over an index, behind the last line of the page before.</summary>
/// <param name="db">The database.</param>
/// <param name="viewer">Whose desk.</param>
/// <param name="setting">The settings.</param>
/// <param name="moment">The instants it is laid by.</param>
/// <param name="only">One task alone.</param>
/// <param name="after">The last line of the page before.</param>
/// <param name="most">Most lines of a source.</param>
internal sealed class DeskLines(GranaryDb db, Viewer viewer, Setting setting, DeskMoment moment, DeskTask? only, DeskCursor? after, int most)
{
    private const int Counted = 100;

    /// <summary>Own open leads in the order in which they are worked on; one query over <c>ix_lead_owner</c> and the timers' key.</summary>
    public async Task<IReadOnlyList<DeskItem>> Own(CancellationToken ct)
    {
        if (only is DeskTask.Reentered or DeskTask.Decide or DeskTask.AssignOn or DeskTask.Check)
        {
            return [];
        }

        var rows = PlacedLead.Of(db, viewer.UserId, moment).Where(r => r.Task != 0);
        if (only is { } task)
        {
            var wanted = (int)task;
            rows = rows.Where(r => r.Task == wanted);
        }
        else
        {
            // A lead stands once: that it came in again goes before what is only planned.
            var again = Unseen().Select(n => n.SubjectId);
            rows = rows.Where(r => r.Task < (int)DeskTask.Reentered || !again.Contains(r.Id));
        }

        var read = await PlacedLead.InOrder(rows, after).Take(most).ToListAsync(ct);
        var leads = await Listed(read.Select(r => r.Id), ct);
        return
        [
            .. read.Where(r => leads.ContainsKey(r.Id)).Select(r => new DeskItem((DeskTask)r.Task, leads[r.Id])
            {
                Here = Here((DeskTask)r.Task, (DeskTask)r.Task, r.Id) with { At = r.PlacedAt, Due = r.Due, Step = r.Step, Priority = r.Priority },
                DeadlineAt = r.DeadlineAt,
                Rule = r.Rule,
                NextStep = r.NextStep,
                NextAt = r.NextAt,
            }),
        ];
    }

    /// <summary>Leads of theirs that came in again and were not looked at since, the latest first.</summary>
    public async Task<IReadOnlyList<DeskItem>> Reentered(DeskTask upTo, CancellationToken ct)
    {
        if (!Reads(DeskTask.Reentered, DeskTask.Reentered, upTo))
        {
            return [];
        }

        var notices = Again();
        if (only is null)
        {
            var urgent = PlacedLead.Of(db, viewer.UserId, moment).Where(p => p.Task >= (int)DeskTask.Overdue && p.Task < (int)DeskTask.Reentered).Select(p => p.Id);
            var late = LeadRequests.Waiting(db, viewer).Where(r => r.DueAt <= moment.Now).Select(r => r.LeadId);
            notices = notices.Where(n => !urgent.Contains(n.SubjectId) && !late.Contains(n.SubjectId));
        }

        if (Within(DeskTask.Reentered, DeskTask.Reentered) is { } last)
        {
            notices = notices.Where(n => n.Id < last.Id);
        }

        var read = await notices.OrderByDescending(n => n.Id).Take(most).ToListAsync(ct);
        var leads = await Listed(read.Select(n => n.SubjectId), ct);
        return
        [
            .. read.Where(n => leads.ContainsKey(n.SubjectId))
                .Select(n => new DeskItem(DeskTask.Reentered, leads[n.SubjectId].Veiled(viewer, setting)) { Notice = n, Here = Here(DeskTask.Reentered, DeskTask.Reentered, n.Id) }),
        ];
    }

    /// <summary>Open requests they may decide, the oldest first: those that are overdue with what else is, the others in their place.</summary>
    public async Task<IReadOnlyList<DeskItem>> Requests(DeskTask upTo, CancellationToken ct)
    {
        if (!viewer.May(Permission.AssignLeads) && !viewer.May(Permission.CheckHeldLeads))
        {
            return [];
        }

        var waiting = LeadRequests.Waiting(db, viewer);
        if (only is not null)
        {
            return await Read(DeskTask.Decide, waiting);
        }

        var again = Unseen().Select(n => n.SubjectId);
        return
        [
            .. await Read(DeskTask.Overdue, waiting.Where(r => r.DueAt <= moment.Now)),
            .. await Read(DeskTask.Decide, waiting.Where(r => (r.DueAt == null || r.DueAt > moment.Now) && !again.Contains(r.LeadId))),
        ];

        async Task<IReadOnlyList<DeskItem>> Read(DeskTask place, IQueryable<LeadRequest> requests)
        {
            if (!Reads(place, DeskTask.Decide, upTo))
            {
                return [];
            }

            if (Within(place, DeskTask.Decide) is { } last)
            {
                requests = requests.Where(r => r.Id > last.Id);
            }

            var read = await requests.OrderBy(r => r.Id).Take(most).ToListAsync(ct);
            var leads = await Listed(read.Select(r => r.LeadId), ct);
            return
            [
                .. read.Where(r => leads.ContainsKey(r.LeadId))
                    .Select(r => new DeskItem(DeskTask.Decide, leads[r.LeadId]) { Request = r, DeadlineAt = r.DueAt, Here = Here(place, DeskTask.Decide, r.Id) }),
            ];
        }
    }

    /// <summary>What waits in their tray, and what is held where they check, the latest first.</summary>
    public async Task<IReadOnlyList<DeskItem>> Waiting(DeskTask upTo, CancellationToken ct)
    {
        return [.. await Read(DeskTask.AssignOn, Tray()), .. await Read(DeskTask.Check, Held())];

        async Task<IReadOnlyList<DeskItem>> Read(DeskTask task, IQueryable<Lead>? leads)
        {
            if (leads is null || !Reads(task, task, upTo))
            {
                return [];
            }

            if (only is null)
            {
                var again = Unseen().Select(n => n.SubjectId);
                leads = leads.Where(l => !again.Contains(l.Id));
            }

            if (Within(task, task) is { } last)
            {
                leads = leads.Where(l => l.ReceivedAt <= last.At && (l.ReceivedAt < last.At || l.Id < last.Id));
            }

            var read = await ListedLead.Of(leads.OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id).Take(most)).ToListAsync(ct);
            return read.ConvertAll(l => new DeskItem(task, l) { Here = Here(task, task, l.Id) with { At = l.ReceivedAt } });
        }
    }

    /// <summary>How much others bring of each task, counted up to 100, in one round trip.</summary>
    public async Task<Dictionary<DeskTask, int>> Counts(CancellationToken ct)
    {
        var (again, requests, nobody) = (Again(), LeadRequests.Waiting(db, viewer), db.Set<Lead>().Where(l => false));
        var (tray, held) = (Tray() ?? nobody, Held() ?? nobody);
        var counts = await db.Users.Where(u => u.Id == viewer.UserId).Select(_ => new
        {
            Again = again.Take(Counted).Count(),
            Requests = requests.Take(Counted).Count(),
            Tray = tray.Take(Counted).Count(),
            Held = held.Take(Counted).Count(),
        }).SingleOrDefaultAsync(ct);
        return counts is null ? [] : new()
        {
            [DeskTask.Reentered] = counts.Again,
            [DeskTask.Decide] = counts.Requests,
            [DeskTask.AssignOn] = counts.Tray,
            [DeskTask.Check] = counts.Held,
        };
    }

    // What they were told of leads that came in again and have not seen yet.
    private IQueryable<Notice> Told() => db.Set<Notice>().AsNoTracking()
        .Where(n => n.UserId == viewer.UserId && n.SeenAt == null && (n.Kind == NoticeKind.LeadReentered || n.Kind == NoticeKind.LeadLinked));

    private IQueryable<Notice> Unseen()
    {
        var visible = viewer.Leads(db);
        return Told().Where(n => visible.Any(l => l.Id == n.SubjectId));
    }

    // The latest of each lead. Each notice looks for later ones, which is for a page or a count of them and not for all.
    private IQueryable<Notice> Again()
    {
        var told = Told();
        return Unseen().Where(n => !told.Any(later => later.SubjectId == n.SubjectId && later.Id > n.Id));
    }

    private IQueryable<Lead>? Tray() => viewer.May(Permission.AssignLeads) ? viewer.Leads(db).Where(l => l.TrayUserId == viewer.UserId && (l.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) == 0) : null;

    private IQueryable<Lead>? Held()
    {
        var pool = setting.Pools.Invalid;
        return viewer.May(Permission.CheckHeldLeads)
            ? viewer.Leads(db, Permission.CheckHeldLeads).Where(l => l.PoolId == pool && l.Status == LeadStatus.Unassigned)
            : null;
    }

    private DeskCursor Here(DeskTask place, DeskTask task, Guid id) => new(moment.Now, place, task, id);

    // Whether lines of a task that stand in this place can be on the page at all.
    private bool Reads(DeskTask place, DeskTask task, DeskTask upTo) =>
        (only is null || only == task) && place <= upTo && (after is not { } last || (place, task).CompareTo((last.Place, last.Task)) >= 0);

    private DeskCursor? Within(DeskTask place, DeskTask task) => after is { } last && (last.Place, last.Task) == (place, task) ? last : null;

    private async Task<Dictionary<Guid, ListedLead>> Listed(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.ToArray();
        return wanted.Length == 0 ? [] : await ListedLead.Of(db.Set<Lead>().Where(l => wanted.Contains(l.Id))).ToDictionaryAsync(l => l.Id, ct);
    }
}
