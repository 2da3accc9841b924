using System.Collections.Concurrent;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>
/// Tells whom an API key acts for. A key found once is kept until the setting's revision moves, which making and revoking
/// keys moves too: in the hot path a request costs no query, and a revoked key is dead within a second on every node.
/// </summary>
public sealed class ApiKeys(Store store, SettingCache settings, TimeProvider time)
{
    private static readonly TimeSpan MarkedEvery = TimeSpan.FromMinutes(1);

    private sealed record Known(long Revision, ConcurrentDictionary<string, Found> Keys);

    private volatile Known _known = new(-1, new(StringComparer.Ordinal));

    /// <summary>The rights of the key's user, narrowed to those of the key; null for what is not a key in force, or whose user may not act.</summary>
    public async ValueTask<Viewer?> ViewerOf(string key, CancellationToken ct = default)
    {
        if (!CreateApiKey.LooksLikeKey(key))
        {
            return null;
        }

        var setting = await settings.Get(ct);
        if (_known.Revision != setting.Revision)
        {
            _known = new Known(setting.Revision, new(StringComparer.Ordinal));
        }

        var known = _known;
        if (!known.Keys.TryGetValue(key, out var found))
        {
            if (await Find(CreateApiKey.HashOf(key), setting, ct) is not { } read)
            {
                return null;
            }

            known.Keys[key] = found = read;
        }

        var now = time.Now;
        if (found.Until <= now)
        {
            return null;
        }

        if (found.Viewer is not null && found.Mark(now))
        {
            await Mark(found.Id, now, ct);
        }

        return found.Viewer;
    }

    private async Task<Found?> Find(byte[] hash, Setting setting, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => (k.Hash == hash || k.PreviousHash == hash) && k.RevokedAt == null, ct) is not { } key)
        {
            return null;
        }

        var until = key.Hash.AsSpan().SequenceEqual(hash) ? DateTimeOffset.MaxValue : key.PreviousUntil ?? DateTimeOffset.MinValue;
        var viewer = setting.ViewerOf(key.UserId);
        return new Found(
            key.Id,
            key.Permissions is { } only ? viewer?.Narrowed(Json.Read<HashSet<Permission>>(only)) : viewer,
            key.ExpiresAt is { } end && end < until ? end : until,
            key.LastUsedAt);
    }

    // Several nodes may come at once; the first minute's mark is enough.
    private Task<int> Mark(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var before = now - MarkedEvery;
        return store.Write(
            scope => scope.Db.Set<ApiKey>().Where(k => k.Id == id && (k.LastUsedAt == null || k.LastUsedAt <= before)).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct), ct);
    }

    private sealed record Found(Guid Id, Viewer? Viewer, DateTimeOffset Until, DateTimeOffset? LastUsedAt)
    {
        private long _marked = LastUsedAt?.ToUnixTimeMilliseconds() ?? 0;

        /// <summary>Whether it is time to mark the key as used; true for one of those who ask.</summary>
        public bool Mark(DateTimeOffset now)
        {
            var (marked, at) = (Interlocked.Read(ref _marked), now.ToUnixTimeMilliseconds());
            return at - marked >= MarkedEvery.TotalMilliseconds && Interlocked.CompareExchange(ref _marked, at, marked) == marked;
        }
    }
}
