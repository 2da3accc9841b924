using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Collect;

/// <summary>
/// Visitors who say who they are with a submission of a batch: what lay with them goes to the lead in the same transaction, and
/// what they do from now on goes there at once.
/// </summary>
internal sealed class Visits
{
    // More than anybody does before they fill in a form; what lies longer back stays, and goes with time.
    private const int MostTouches = 500;

    private readonly Dictionary<Guid, Visitor> _visitors;
    private readonly Dictionary<Guid, List<VisitorTouch>> _waiting;
    private readonly Dictionary<Guid, HashSet<Guid>> _keys;
    private readonly List<VisitorTouch> _moved = [];
    private readonly WriteScope _scope;
    private readonly DateTimeOffset _now;

    private Visits(WriteScope scope, DateTimeOffset now, Dictionary<Guid, Visitor> visitors, Dictionary<Guid, List<VisitorTouch>> waiting, Dictionary<Guid, HashSet<Guid>> keys) =>
        (_scope, _now, _visitors, _waiting, _keys) = (scope, now, visitors, waiting, keys);

    /// <summary>Loads what lies with the visitors of a batch; null when it has none. To be called before any row is locked.</summary>
    public static async Task<Visits?> Open(WriteScope scope, IReadOnlyList<Prepared> items, DateTimeOffset now, CancellationToken ct)
    {
        var ids = items.Select(i => i.Request.VisitorId).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return null;
        }

        await VisitorLock.Alone(scope, ct);
        var db = scope.Db;
        var visitors = await db.Set<Visitor>().Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        var leads = visitors.Values.Select(v => v.LeadId).OfType<Guid>().Distinct().ToArray();
        var keys = (await db.Set<ContactPoint>().Where(c => leads.Contains(c.LeadId) && c.Kind != ContactKind.Unusable).Select(c => new { c.LeadId, c.Key }).ToListAsync(ct))
            .GroupBy(c => c.LeadId).ToDictionary(g => g.Key, g => g.Select(c => c.Key).ToHashSet());
        Dictionary<Guid, List<VisitorTouch>> waiting = [];
        foreach (var id in ids)
        {
            var epoch = visitors.GetValueOrDefault(id)?.Epoch ?? VisitorEpoch.Unknown;
            var lying = await db.Set<VisitorTouch>().AsNoTracking().Where(t => t.VisitorId == id && t.At > epoch.Since).OrderByDescending(t => t.Id).Take(MostTouches).ToListAsync(ct);
            lying.Reverse();
            waiting[id] = lying;
        }

        return new Visits(scope, now, visitors, waiting, keys);
    }

    /// <summary>Lets what lies with the item's visitor count for it, before it is decided what becomes of it.</summary>
    public void Join(Prepared item) => item.Stitch(item.Request.VisitorId is { } id && _visitors.GetValueOrDefault(id)?.LeadId is null ? _waiting[id] : []);

    /// <summary>Gives the lead in which the item landed what lay with the visitor, and what they do from now on.</summary>
    public void Landed(Prepared item, Lead lead, LeadChanges changes)
    {
        if (item.Request.VisitorId is not { } id || lead.Stopped)
        {
            return;
        }

        foreach (var touch in item.Stitched)
        {
            changes.Touches.Add(Collected.Of(touch, lead.Id));
        }

        if (item.Stitched.Count > 0)
        {
            changes.Happened(lead.Id, LeadEvent.Stitched, _now, null, new { count = item.Stitched.Count, since = item.Stitched.Min(t => t.At) });
            _moved.AddRange(item.Stitched);
            _waiting[id] = [];
        }

        if (!_visitors.TryGetValue(id, out var visitor))
        {
            _visitors[id] = visitor = new Visitor { Id = id, Epoch = VisitorEpoch.Unknown };
            _scope.Db.Add(visitor);
        }

        var known = visitor.LeadId is { } before ? _keys.GetValueOrDefault(before) : null;
        var isSame = visitor.LeadId == lead.Id || (known is not null && item.Contacts.Any(c => known.Contains(c.Key)));
        (visitor.Epoch, visitor.ChangedAt) = (visitor.Epoch.Submitted(lead.Id, isSame, _now), _now);
        if (!_keys.TryGetValue(lead.Id, out var keys))
        {
            _keys[lead.Id] = keys = [];
        }

        keys.UnionWith(item.Contacts.Where(c => c.Kind != ContactKind.Unusable).Select(c => c.Key));
    }

    /// <summary>A touch that came with a submission, and by what that came.</summary>
    public static Touch Touch(Prepared item, SubmittedTouch touch, Guid lead, DateTimeOffset now) => new()
    {
        Id = Clock.NewId(now),
        LeadId = lead,
        Kind = touch.Kind,
        At = Clock.Truncate(touch.At ?? item.Lead.ReceivedAt),
        Count = touch.Count,
        // What only updates a lead may name no channel.
        ChannelId = item.Lead.ChannelId == Guid.Empty ? null : item.Lead.ChannelId,
        Campaign = item.Lead.Campaign,
        Keyword = item.Lead.Keyword,
        Content = item.Lead.Content,
        LinkId = item.Request.LinkId,
        VisitorId = item.Request.VisitorId,
    };

    /// <summary>Takes away what has moved to leads.</summary>
    public async Task Write(CancellationToken ct)
    {
        foreach (var moved in _moved.GroupBy(t => t.VisitorId))
        {
            var ids = moved.Select(t => t.Id).ToArray();
            await _scope.Db.Set<VisitorTouch>().Where(t => t.VisitorId == moved.Key && ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
        }
    }
}
