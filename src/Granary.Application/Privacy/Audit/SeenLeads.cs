using System.Collections.Concurrent;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Audit;

/// <summary>
/// Keeps who looked at whose leads (§18): once for each viewer, lead and day of the organisation. A look costs the reader an
/// entry in memory; what has gathered is written together a little later, and when the product stops. Only a process that is
/// killed loses some.
/// </summary>
public sealed class SeenLeads(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Kind of the event.</summary>
    public const string Viewed = "lead.viewed";

    private const int Batch = 500, Most = 100_000;
    private const long LockKey = 0x4C_6F_6F_6B_73; // "Looks"

    private readonly ConcurrentDictionary<Look, DateTimeOffset> _waiting = [];
    private readonly ConcurrentDictionary<Look, byte> _told = [];

    /// <summary>Takes note of a look; of the owner's own there is none.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="ownerId">Who owns it.</param>
    public void See(Viewer viewer, Setting setting, Guid leadId, Guid? ownerId)
    {
        var now = time.Now;
        var look = new Look(leadId, viewer.UserId, setting.Calendar.DateOf(now));
        if (ownerId != viewer.UserId && !_told.ContainsKey(look) && _waiting.Count < Most)
        {
            _waiting.TryAdd(look, now);
        }
    }

    /// <summary>Writes what has gathered, and returns how many looks were new.</summary>
    public async Task<int> Flush(CancellationToken ct = default)
    {
        var written = 0;
        foreach (var some in _waiting.ToArray().Chunk(Batch))
        {
            var setting = await settings.Get(ct);
            written += await store.Write(scope => Write(scope, setting, some, ct), ct);
            if (_told.Count > Most)
            {
                _told.Clear();
            }

            foreach (var (look, _) in some)
            {
                _told[look] = 0;
                _waiting.TryRemove(look, out _);
            }
        }

        return written;
    }

    private static async Task<int> Write(WriteScope scope, Setting setting, KeyValuePair<Look, DateTimeOffset>[] some, CancellationToken ct)
    {
        if (!scope.Store.IsSqlite)
        {
            // One node at a time: the second one sees what the first has written.
            await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        }

        var (start, leads) = (setting.Calendar.StartOf(some.Min(s => s.Key.Day)), some.Select(s => s.Key.LeadId).Distinct().ToArray());
        var from = await LogBegin.Of(scope.Db, start, ct);
        var known = (await scope.Db.Set<EventRecord>().Where(e => e.Position >= from && e.At >= start && leads.Contains(e.SubjectId) && e.Kind == Viewed)
            .Select(e => new { e.SubjectId, e.ActorId, e.At }).ToListAsync(ct)).Select(e => new Look(e.SubjectId, e.ActorId ?? Guid.Empty, setting.Calendar.DateOf(e.At))).ToHashSet();
        EventRecord[] news = [.. some.Where(s => !known.Contains(s.Key)).OrderBy(s => s.Value)
            .Select(s => new EventRecord { At = s.Value, ActorId = s.Key.UserId, SubjectId = s.Key.LeadId, Kind = Viewed })];
        await scope.Insert().Add(news).Send(ct);
        return news.Length;
    }

    private readonly record struct Look(Guid LeadId, Guid UserId, DateOnly Day);
}
