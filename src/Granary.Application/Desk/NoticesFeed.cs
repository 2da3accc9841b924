using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>What somebody's bell shows.</summary>
/// <param name="Unread">Notices not seen yet, counted up to 100.</param>
/// <param name="Last">Id of the latest notice; empty when there is none.</param>
/// <param name="New">Unseen notices since the listener last heard, the latest first, three at most, with the name of the lead where it is theirs.</param>
public sealed record NoticeBeat(int Unread, Guid Last, IReadOnlyList<(Notice Notice, string? Company)> New);

/// <summary>
/// Tells connected people of new notices: one look at the database for all who listen at this node, whatever their number.
/// </summary>
public sealed class NoticesFeed(Store store)
{
    private const int Counted = 100, MostNew = 3, MostRead = 300;

    private readonly ConcurrentDictionary<Listener, byte> _listeners = [];

    /// <summary>How many listen at this node.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>What changes for somebody from now on; begins with how it stands.</summary>
    /// <param name="userId">Who listens.</param>
    /// <param name="after">The latest notice they have heard of; null when they begin.</param>
    /// <param name="ct">Ends the listening.</param>
    public async IAsyncEnumerable<NoticeBeat> Listen(Guid userId, Guid? after, [EnumeratorCancellation] CancellationToken ct)
    {
        var listener = new Listener(userId, after);
        _listeners.TryAdd(listener, 0);
        try
        {
            await foreach (var beat in listener.Beats.Reader.ReadAllAsync(ct))
            {
                yield return beat;
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
        }
    }

    /// <summary>Looks once for all listeners and tells those for whom something changed.</summary>
    public async Task Look(CancellationToken ct = default)
    {
        var listeners = _listeners.Keys.ToList();
        if (listeners.Count == 0)
        {
            return;
        }

        var users = listeners.Select(l => l.UserId).Distinct().ToArray();
        await using var db = store.Open();
        var notices = db.Set<Notice>();
        var states = await db.Users.Where(u => users.Contains(u.Id)).Select(u => new
        {
            u.Id,
            Unread = notices.Where(n => n.UserId == u.Id && n.SeenAt == null).Take(Counted).Count(),
            Last = notices.Where(n => n.UserId == u.Id).OrderByDescending(n => n.Id).Select(n => n.Id).FirstOrDefault(),
        }).ToDictionaryAsync(u => u.Id, ct);
        var changed = listeners.FindAll(l => states.TryGetValue(l.UserId, out var now) && (l.Unread, l.Last) != (now.Unread, now.Last));
        var news = await News(db, [.. changed.Where(l => l.Last is { } heard && Later(states[l.UserId].Last, heard))], ct);
        foreach (var listener in changed)
        {
            var now = states[listener.UserId];
            var fresh = listener.Last is { } heard ? news[listener.UserId].Where(n => Later(n.Notice.Id, heard)).Take(MostNew) : [];
            (listener.Unread, listener.Last) = (now.Unread, now.Last);
            listener.Beats.Writer.TryWrite(new NoticeBeat(now.Unread, now.Last, [.. fresh]));
        }
    }

    private static async Task<ILookup<Guid, (Notice Notice, string? Company)>> News(GranaryDb db, IReadOnlyList<Listener> behind, CancellationToken ct)
    {
        if (behind.Count == 0)
        {
            return Array.Empty<(Notice Notice, string? Company)>().ToLookup(n => n.Notice.UserId);
        }

        var users = behind.Select(l => l.UserId).Distinct().ToArray();
        var since = behind.Select(l => l.Last!.Value).Order(IdOrder.Instance).First();
        var read = await (
            from notice in db.Set<Notice>().AsNoTracking()
            where users.Contains(notice.UserId) && notice.SeenAt == null && notice.Id > since
            join found in db.Set<Lead>() on notice.SubjectId equals found.Id into leads
            from lead in leads.DefaultIfEmpty()
            orderby notice.Id descending
            select new { notice, Company = lead.OwnerId == notice.UserId || lead.TrayUserId == notice.UserId ? lead.CompanyName ?? lead.ContactName : null })
            .Take(MostRead).ToListAsync(ct);
        return read.ToLookup(r => r.notice.UserId, r => ((Notice Notice, string? Company))(r.notice, r.Company));
    }

    private static bool Later(Guid id, Guid than) => IdOrder.Instance.Compare(id, than) > 0;

    private sealed class Listener(Guid userId, Guid? last)
    {
        public Guid UserId => userId;

        public int? Unread { get; set; }

        public Guid? Last { get; set; } = last;

        // Whoever reads slowly hears the latest.
        public Channel<NoticeBeat> Beats { get; } = System.Threading.Channels.Channel.CreateBounded<NoticeBeat>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
    }
}
