using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A notice with the lead it is about.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Lead">The lead; null when it is out of the reader's sight by now.</param>
/// <param name="DeadlineAt">By when the lead's owner has to act, as it stands now; only for leads of the reader.</param>
public sealed record NoticeLine(Notice Notice, ListedLead? Lead, DateTimeOffset? DeadlineAt);

/// <summary>What somebody was told (§8 Notice).</summary>
public sealed class Notices(Store store, TimeProvider time)
{
    private const int PageSize = 50;

    /// <summary>A page of notices, the latest first, and the id behind which the next begins.</summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="after">The id behind which the page begins; null from the latest.</param>
    /// <param name="kind">Of this kind only; null is all.</param>
    /// <param name="size">How many, at most 50.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<NoticeLine> Lines, Guid? Next)> Read(
        Viewer viewer, Guid? after, NoticeKind? kind = null, int size = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var notices = db.Set<Notice>().AsNoTracking().Where(n => n.UserId == viewer.UserId);
        if (kind is { } only)
        {
            notices = notices.Where(n => n.Kind == only);
        }

        if (after is { } id)
        {
            notices = notices.Where(n => n.Id < id);
        }

        var read = await notices.OrderByDescending(n => n.Id).Take(size + 1).ToListAsync(ct);
        var shown = read.Take(size).ToList();
        var ids = shown.Select(n => n.SubjectId).Distinct().ToArray();
        var leads = (await ListedLead.Of(viewer.Leads(db).Where(l => ids.Contains(l.Id))).ToListAsync(ct)).ToDictionary(l => l.Id);
        var own = leads.Values.Where(l => l.OwnerId == viewer.UserId).Select(l => l.Id).ToArray();
        var deadlines = await db.Set<LeadTimer>().Where(t => own.Contains(t.LeadId) && t.DeadlineAt != null).ToDictionaryAsync(t => t.LeadId, t => t.DeadlineAt, ct);
        return ([.. shown.Select(n => new NoticeLine(n, leads.GetValueOrDefault(n.SubjectId), deadlines.GetValueOrDefault(n.SubjectId)))], read.Count > size ? shown[^1].Id : null);
    }

    /// <summary>Marks what somebody was told as seen: about one lead or import, or all of it; of one kind where one is given.</summary>
    public async Task<int> See(Viewer viewer, Guid? subjectId, NoticeKind? kind = null, CancellationToken ct = default)
    {
        // Whoever looks at a lead anew must not wait for the one writer.
        await using var db = store.Open();
        if (!await Unseen(db, viewer, subjectId, kind).AnyAsync(ct))
        {
            return 0;
        }

        var now = time.Now;
        return await store.Write(scope => Unseen(scope.Db, viewer, subjectId, kind).ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, now), ct), ct);
    }

    private static IQueryable<Notice> Unseen(GranaryDb db, Viewer viewer, Guid? subjectId, NoticeKind? kind)
    {
        var unseen = db.Set<Notice>().Where(n => n.UserId == viewer.UserId && n.SeenAt == null);
        unseen = kind is { } only ? unseen.Where(n => n.Kind == only) : unseen;
        return subjectId is { } id ? unseen.Where(n => n.SubjectId == id) : unseen;
    }
}
