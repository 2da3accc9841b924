using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>A channel and what refers to it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Leads">Leads that came by it.</param>
/// <param name="Doors">Open forms and hooks that deliver to it.</param>
public sealed record ChannelUse(Channel Channel, int Leads, int Doors);

/// <summary>Lists channels with their use, for those who manage them.</summary>
public sealed class ListChannels(Store store)
{
    /// <summary>All channels by path; those that wait to be confirmed first.</summary>
    public async Task<IReadOnlyList<ChannelUse>> All(CancellationToken ct = default)
    {
        await using var db = store.Open();
        var channels = await db.Set<Channel>().AsNoTracking().ToListAsync(ct);
        var leads = await db.Set<Lead>().GroupBy(l => l.ChannelId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var doors = (await db.Set<Form>().Where(f => f.Open).Select(f => f.ChannelId).ToListAsync(ct))
            .Concat(await db.Set<InboundHook>().Where(h => h.Open).Select(h => h.ChannelId).ToListAsync(ct))
            .CountBy(id => id).ToDictionary();
        return
        [
            .. channels.OrderBy(c => c.Confirmed).ThenBy(c => c.Retired).ThenBy(c => c.Path, StringComparer.CurrentCulture)
                .Select(c => new ChannelUse(c, leads.GetValueOrDefault(c.Id), doors.GetValueOrDefault(c.Id))),
        ];
    }
}
