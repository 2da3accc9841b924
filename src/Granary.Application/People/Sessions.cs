using System.Collections.Concurrent;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>
/// Sessions: begun at sign-in, looked up with each request, ended by their owner, an administrator, another password or
/// departure. A node believes what it knows of one for ten seconds, or until the setting changes, which people's accounts do.
/// </summary>
public sealed class Sessions(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>How long a session holds without being seen.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10), SeenEvery = TimeSpan.FromMinutes(1), Kept = TimeSpan.FromDays(30);

    private const int LongestAddress = 45;

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>Begins a session, in the transaction that clears the tries before it.</summary>
    /// <param name="userId">Who signs in.</param>
    /// <param name="means">How.</param>
    /// <param name="number">The number of the try; null where none was taken.</param>
    /// <param name="userAgent">What the browser says it is.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<Session> Begin(Guid userId, SignInMeans means, int? number, string? userAgent, string? address, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (number is { } taken)
            {
                await SignInTries.Clear(scope.Db, userId, taken, ct);
            }

            var now = time.Now;
            var from = address ?? "";
            var session = new Session
            {
                Id = time.NewId(),
                UserId = userId,
                StartedAt = now,
                SeenAt = now,
                Means = means,
                Agent = AgentName.Of(userAgent),
                Address = from.Length > LongestAddress ? from[..LongestAddress] : from,
            };
            scope.Db.Add(session);
            scope.Db.Add(time.Event(userId, userId, "user.signed_in", new { Session = session.Id, Means = means, session.Agent }));
            await scope.Db.SaveChangesAsync(ct);
            return session;
        },
        ct);

    /// <summary>The session of an id while it holds; null when it was ended, was not seen for long, or never was.</summary>
    public async ValueTask<Session?> Find(Guid id, CancellationToken ct = default)
    {
        var revision = (await settings.Get(ct)).Revision;
        if (!_known.TryGetValue(id, out var known) || known.Revision != revision || time.GetElapsedTime(known.CheckedAt) >= Fresh)
        {
            var checkedAt = time.GetTimestamp();
            await using var db = store.Open();
            if (await Holding(db).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } session)
            {
                _known.TryRemove(id, out _);
                return null;
            }

            _known[id] = known = new Known(session, revision, checkedAt);
        }

        if (time.Now - known.Session.SeenAt >= SeenEvery)
        {
            await See(known.Session, ct);
        }

        return known.Session;
    }

    /// <summary>The sessions of somebody that hold, the one seen last first.</summary>
    public async Task<IReadOnlyList<Session>> Of(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Holding(db).Where(s => s.UserId == userId).OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Ends a session of somebody; false when they have no such session.</summary>
    public async Task<bool> End(Guid actor, Guid userId, Guid id, CancellationToken ct = default)
    {
        var ended = await store.Write(
            async scope =>
            {
                var now = time.Now;
                var rows = await scope.Db.Set<Session>().Where(s => s.Id == id && s.UserId == userId && s.EndedAt == null)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
                if (rows > 0)
                {
                    scope.Db.Add(time.Event(actor, userId, "user.session_ended", new { Session = id }));
                    await scope.Db.SaveChangesAsync(ct);
                }

                return rows > 0;
            },
            ct);
        _known.TryRemove(id, out _);
        return ended;
    }

    /// <summary>Ends the sessions of somebody; how many there were.</summary>
    /// <param name="actor">Who ends them.</param>
    /// <param name="userId">Whose they are.</param>
    /// <param name="but">The one that goes on; null for none.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<int> EndAll(Guid actor, Guid userId, Guid? but = null, CancellationToken ct = default)
    {
        var ended = await store.Write(
            async scope =>
            {
                var rows = await EndAll(scope.Db, time, actor, userId, "asked", but, ct);
                await scope.Db.SaveChangesAsync(ct);
                return rows;
            },
            ct);
        Forget(userId);
        return ended;
    }

    /// <summary>Makes this node look again at the sessions of somebody.</summary>
    public void Forget(Guid userId)
    {
        foreach (var (id, known) in _known)
        {
            if (known.Session.UserId == userId)
            {
                _known.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Drops what ended or was left long ago.</summary>
    public async Task Tidy(CancellationToken ct = default)
    {
        foreach (var (id, known) in _known)
        {
            if (time.GetElapsedTime(known.CheckedAt) >= SeenEvery)
            {
                _known.TryRemove(id, out _);
            }
        }

        var before = time.Now - Kept;
        await store.Write(scope => scope.Db.Set<Session>().Where(s => s.SeenAt < before).ExecuteDeleteAsync(ct), ct);
    }

    /// <summary>Ends the sessions of somebody within a transaction.</summary>
    internal static async Task<int> EndAll(GranaryDb db, TimeProvider time, Guid actor, Guid userId, string why, Guid? but, CancellationToken ct)
    {
        var now = time.Now;
        var rows = await db.Set<Session>().Where(s => s.UserId == userId && s.EndedAt == null && s.Id != but).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        if (rows > 0)
        {
            db.Add(time.Event(actor, userId, "user.sessions_ended", new { Count = rows, Why = why }));
        }

        return rows;
    }

    private IQueryable<Session> Holding(GranaryDb db)
    {
        var seen = time.Now - Idle;
        return db.Set<Session>().AsNoTracking().Where(s => s.EndedAt == null && s.SeenAt > seen);
    }

    // Several nodes may come at once; the first minute's mark is enough.
    private async Task See(Session session, CancellationToken ct)
    {
        var (now, before) = (time.Now, time.Now - SeenEvery);
        session.SeenAt = now;
        await store.Write(scope => scope.Db.Set<Session>().Where(s => s.Id == session.Id && s.SeenAt <= before).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct), ct);
    }

    private sealed record Known(Session Session, long Revision, long CheckedAt);
}
