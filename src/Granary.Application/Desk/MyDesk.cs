using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Lays somebody's desk: one list of what to do now, in order, and today in figures.</summary>
public sealed class MyDesk(Store store, SettingCache settings, LeadList list, LeadRequests requests, TimeProvider time)
{
    /// <summary>Most lines of the desk as a whole, and of one task looked at alone.</summary>
    public const int Lines = 50, LinesOfOne = 200;

    private const int Counted = 100;

    /// <summary>Lays it.</summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="only">One task alone, with more lines of it; null lays all of them.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<DeskView> Lay(Viewer viewer, DeskTask? only = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var moment = DeskMoment.Of(time.Now, setting.Calendar);
        await using var db = store.Open();
        var lines = new DeskLines(db, viewer, setting, moment);
        var most = only is null ? Lines : LinesOfOne;
        List<DeskItem> items = [.. await lines.Own(only, most + 1, ct)];
        if (only is null or DeskTask.Reentered)
        {
            items.AddRange(await lines.Reentered(Counted, ct));
        }

        if (only is null or DeskTask.Decide)
        {
            items.AddRange(await lines.Requests(requests, Counted, ct));
        }

        if (only is null or DeskTask.AssignOn or DeskTask.Check)
        {
            items.AddRange(await lines.Waiting(Counted, ct));
        }

        // A lead stands once, where it is most urgent; the work at hand before what was only planned.
        var inOrder = items.Where(i => only is null || i.Task == only).OrderBy(i => Place(i, moment.Now)).DistinctBy(i => i.Lead.Id).ToList();
        var (figures, mine) = await Figures(db, viewer, setting, moment, ct);
        var waiting = items.Where(i => i.Task is DeskTask.Reentered or DeskTask.Decide or DeskTask.AssignOn or DeskTask.Check).CountBy(i => i.Task).ToDictionary();
        foreach (var (task, count) in mine)
        {
            waiting[task] = count;
        }

        return new DeskView(await Explained(db, inOrder.Take(most).ToList(), ct), waiting, figures, inOrder.Count > most);
    }

    // A decision that is overdue comes with what else is.
    private static DeskTask Place(DeskItem item, DateTimeOffset now) => item.Task == DeskTask.Decide && item.DeadlineAt <= now ? DeskTask.Overdue : item.Task;

    // One query for the explanations of all lines that somebody else's step brought.
    private static async Task<IReadOnlyList<DeskItem>> Explained(GranaryDb db, List<DeskItem> items, CancellationToken ct)
    {
        var ids = items.Where(i => i.Task is DeskTask.New or DeskTask.AssignOn or DeskTask.Check).Select(i => i.Lead.Id).ToArray();
        if (ids.Length == 0)
        {
            return items;
        }

        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => ids.Contains(d.LeadId)).ToListAsync(ct);
        var traces = decisions.GroupBy(d => d.LeadId).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.Id).Select(Explanation.Of).ToList());
        return items.ConvertAll(item => traces.TryGetValue(item.Lead.Id, out var all) ? item with { Why = Why(item.Task, all) } : item);
    }

    private static IReadOnlyList<Reason> Why(DeskTask task, List<Explanation> explanations)
    {
        var step = task == DeskTask.Check ? "cleanse" : "assign";
        return [.. explanations.Select(e => e.Reasons.Where(r => r.Step == step)).FirstOrDefault(r => r.Any()) ?? []];
    }

    private async Task<(DeskFigures Figures, IReadOnlyDictionary<DeskTask, int> Mine)> Figures(
        GranaryDb db, Viewer viewer, Setting setting, DeskMoment moment, CancellationToken ct)
    {
        var profile = setting.Roster.Find(viewer.UserId);
        var day = await DeskDay.Of(db, viewer.UserId, moment, ct);
        // The whole house's day is for those who distribute it.
        int? received = viewer.May(Permission.AssignLeads) && viewer.May(Permission.ViewLeads)
            ? await list.Count(viewer, LeadFilter.All with { ReceivedFrom = new DayOrInstant(moment.Date) }, ct)
            : null;
        return (new(day.Received, day.FollowedUp, day.Claimed, day.Overdue, day.Converted, day.Holding, profile?.HoldingCap, received), day.Tasks);
    }
}
