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

/// <summary>Lays somebody's desk: one list of what to do now, in order, and today in figures.</summary>
public sealed class MyDesk(Store store, SettingCache settings, LeadList list, TimeProvider time)
{
    /// <summary>Lines of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Lays a page of it.</summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="only">One task alone; null lays all of them.</param>
    /// <param name="after">The line behind which the page begins; null, or one of another day, begins anew.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<DeskView> Lay(Viewer viewer, DeskTask? only = null, DeskCursor? after = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        after = after?.Holds(time.Now) == true ? after : null;
        var moment = DeskMoment.Of(after?.Moment ?? time.Now, setting.Calendar);
        await using var db = store.Open();
        // One line more than a page tells whether there is more.
        var lines = new DeskLines(db, viewer, setting, moment, only, after, PageSize + 1);
        List<DeskItem> items = [.. await lines.Own(ct)];
        // Where own leads fill the page, what stands behind them is not read.
        var last = items.Count > PageSize ? items[^1].Task : DeskTask.Plan;
        items.AddRange(await lines.Reentered(last, ct));
        items.AddRange(await lines.Requests(last, ct));
        items.AddRange(await lines.Waiting(last, ct));

        // No lead stands twice; one that moved while this was read stands where it is more urgent.
        var inOrder = items.OrderBy(i => i.Here.Place).ThenBy(i => i.Task).DistinctBy(i => i.Lead.Id).ToList();
        var shown = inOrder.Take(PageSize).ToList();
        var (figures, mine) = await Figures(db, viewer, setting, moment, ct);
        var waiting = await lines.Counts(ct);
        foreach (var (task, count) in mine)
        {
            waiting[task] = count;
        }

        return new DeskView(await Explained(db, shown, ct), waiting, figures, inOrder.Count > PageSize ? shown[^1].Here : null);
    }

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
        var given = await Given(db, ids, ct);
        return items.ConvertAll(item =>
            item.Task == DeskTask.New && given.TryGetValue(item.Lead.Id, out var giver) ? item with { GivenBy = giver }
            : traces.TryGetValue(item.Lead.Id, out var all) ? item with { Why = Why(item.Task, all) }
            : item);
    }

    // Who gave a lead to its owner by hand: what a rule said of it before, were it at the same instant, is about another place.
    private static async Task<IReadOnlyDictionary<Guid, Guid>> Given(GranaryDb db, Guid[] ids, CancellationToken ct) =>
        (await db.Set<AssignmentRecord>().AsNoTracking().Where(a => ids.Contains(a.LeadId)).Select(a => new { a.LeadId, a.At, a.ActorId, a.OwnerId }).ToListAsync(ct))
        .GroupBy(a => a.LeadId).Select(g => g.OrderBy(a => a.At).ThenBy(a => a.ActorId is not null).Last()).Where(a => a is { ActorId: not null, OwnerId: not null }).ToDictionary(a => a.LeadId, a => a.ActorId!.Value);

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
