using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>A link with how often it was used.</summary>
/// <param name="Link">The link.</param>
/// <param name="Clicks">Clicks of people.</param>
/// <param name="Visitors">Visitors who came by it, as far as they agreed to be known.</param>
public sealed record LinkUse(TrackedLink Link, long Clicks, long Visitors);

/// <summary>Which links are asked for.</summary>
/// <param name="User">Of one employee.</param>
/// <param name="Campaign">Of one campaign.</param>
/// <param name="Retired">Whether retired ones are among them.</param>
public sealed record LinkFilter(Guid? User = null, string? Campaign = null, bool Retired = false);

/// <summary>Lists tracked links with their use.</summary>
public sealed class ListLinks(Store store)
{
    /// <summary>A page of links, the latest first, and the id of the last one where more follow.</summary>
    public async Task<(IReadOnlyList<LinkUse> Items, Guid? Next)> List(Viewer viewer, LinkFilter filter, Guid? after, int size, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var links = viewer.Links(db).AsNoTracking();
        links = filter.Retired ? links : links.Where(l => l.RetiredAt == null);
        links = filter.User is { } user ? links.Where(l => l.UserId == user) : links;
        links = filter.Campaign is { Length: > 0 } campaign ? links.Where(l => l.Campaign == campaign) : links;
        links = after is { } last ? links.Where(l => l.Id.CompareTo(last) < 0) : links;
        var read = await links.OrderByDescending(l => l.Id).Take(size + 1).ToListAsync(ct);
        Guid? next = read.Count > size ? read[size - 1].Id : null;
        return (await Used(db, [.. read.Take(size)], ct), next);
    }

    /// <summary>A link with its use; null outside the viewer's reach.</summary>
    public async Task<LinkUse?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Links(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is { } link ? (await Used(db, [link], ct))[0] : null;
    }

    /// <summary>Clicks by day of a link, the latest first.</summary>
    public async Task<IReadOnlyList<LinkDay>> Days(Guid id, int most, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<LinkDay>().AsNoTracking().Where(d => d.LinkId == id).OrderByDescending(d => d.Day).Take(most).ToListAsync(ct);
    }

    /// <summary>Names of links by their ids, for those who see what came by them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Names(IReadOnlyCollection<Guid> ids, CancellationToken ct = default)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, string>();
        }

        await using var db = store.Open();
        return await db.Set<TrackedLink>().Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Name }).ToDictionaryAsync(l => l.Id, l => l.Name, ct);
    }

    private static async Task<IReadOnlyList<LinkUse>> Used(GranaryDb db, IReadOnlyList<TrackedLink> links, CancellationToken ct)
    {
        var ids = links.Select(l => l.Id).ToArray();
        var used = await db.Set<LinkDay>().Where(d => ids.Contains(d.LinkId)).GroupBy(d => d.LinkId)
            .Select(g => new { g.Key, Clicks = g.Sum(d => d.Clicks), Visitors = g.Sum(d => d.Visitors) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. links.Select(l => used.TryGetValue(l.Id, out var use) ? new LinkUse(l, use.Clicks, use.Visitors) : new LinkUse(l, 0, 0))];
    }
}
