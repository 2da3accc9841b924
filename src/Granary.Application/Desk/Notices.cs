using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A notice with the lead it is about; the lead is null when it is out of the reader's sight by now.</summary>
public sealed record NoticeLine(Notice Notice, ListedLead? Lead);

/// <summary>What somebody was told (§8 Notice).</summary>
public sealed class Notices(Store store, TimeProvider time)
{
    private const int PageSize = 50;

    /// <summary>A page of notices, the latest first, and the id behind which the next begins.</summary>
    public async Task<(IReadOnlyList<NoticeLine> Lines, Guid? Next)> Read(Viewer viewer, Guid? after, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var notices = db.Set<Notice>().AsNoTracking().Where(n => n.UserId == viewer.UserId);
        if (after is { } id)
        {
            notices = notices.Where(n => n.Id < id);
        }

        var read = await notices.OrderByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(ct);
        var shown = read.Take(PageSize).ToList();
        var ids = shown.Select(n => n.SubjectId).Distinct().ToArray();
        var leads = (await ListedLead.Of(viewer.Leads(db).Where(l => ids.Contains(l.Id))).ToListAsync(ct)).ToDictionary(l => l.Id);
        return ([.. shown.Select(n => new NoticeLine(n, leads.GetValueOrDefault(n.SubjectId)))], read.Count > PageSize ? shown[^1].Id : null);
    }

    /// <summary>Marks what somebody was told as seen: about one lead or import, or all of it.</summary>
    public async Task<int> See(Viewer viewer, Guid? subjectId, CancellationToken ct = default)
    {
        // Whoever looks at a lead anew must not wait for the one writer.
        await using var db = store.Open();
        if (!await Unseen(db, viewer, subjectId).AnyAsync(ct))
        {
            return 0;
        }

        var now = time.Now;
        return await store.Write(scope => Unseen(scope.Db, viewer, subjectId).ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, now), ct), ct);
    }

    private static IQueryable<Notice> Unseen(GranaryDb db, Viewer viewer, Guid? subjectId)
    {
        var unseen = db.Set<Notice>().Where(n => n.UserId == viewer.UserId && n.SeenAt == null);
        return subjectId is { } id ? unseen.Where(n => n.SubjectId == id) : unseen;
    }
}
