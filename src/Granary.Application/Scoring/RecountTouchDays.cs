using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Scoring;

/// <summary>Counts <see cref="TouchDay"/> anew from the touches: after the organisation's time zone has changed, or to check the figures.</summary>
public sealed class RecountTouchDays(Store store, SettingCache settings)
{
    /// <summary>Counts anew; how many rows were wrong or missing.</summary>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var calendar = (await settings.Latest(ct)).Calendar;
        return await store.Write(
            async scope =>
            {
                if (!scope.Store.IsSqlite)
                {
                    // Whoever writes touches waits until the count stands.
                    await scope.Db.Database.ExecuteSqlAsync($"LOCK TABLE touch, touch_day IN SHARE ROW EXCLUSIVE MODE", ct);
                }

                Dictionary<(DateOnly, Guid, string, Domain.Capture.TouchKind), TouchDay> counted = [];
                await foreach (var touch in scope.Db.Set<Touch>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
                {
                    var key = (calendar.DateOf(touch.At), touch.ChannelId ?? Guid.Empty, touch.Campaign ?? "", touch.Kind);
                    if (!counted.TryGetValue(key, out var day))
                    {
                        counted[key] = day = new TouchDay { Day = key.Item1, ChannelId = key.Item2, Campaign = key.Item3, Kind = key.Kind };
                    }

                    day.Count += touch.Count;
                }

                var stored = await scope.Db.Set<TouchDay>().AsNoTracking().ToDictionaryAsync(d => (d.Day, d.ChannelId, d.Campaign, d.Kind), d => d.Count, ct);
                var wrong = counted.Count(c => stored.GetValueOrDefault(c.Key) != c.Value.Count) + stored.Count(s => s.Value != 0 && !counted.ContainsKey(s.Key));
                if (wrong > 0)
                {
                    await scope.Db.Set<TouchDay>().ExecuteDeleteAsync(ct);
                    await scope.Insert().Add([.. counted.Values]).Send(ct);
                }

                return wrong;
            },
            ct);
    }
}
