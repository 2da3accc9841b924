using System.Text.RegularExpressions;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Makes pools of the organisation's own, renames them, and takes them away again (§9). Built-in pools stay as they are.</summary>
public sealed partial class SavePool(SettingCache settings, TimeProvider time)
{
    /// <summary>Longest key.</summary>
    public const int LongestKey = 40;

    /// <summary>Longest name.</summary>
    public const int LongestName = 60;

    /// <summary>Most pools an organisation has.</summary>
    public const int Most = 1_000;

    /// <summary>Makes a pool.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="key">By which policies will name it: 2 to <see cref="LongestKey"/> of a–z, 0–9 and <c>_</c>, a letter first.</param>
    /// <param name="name">Its name, 1 to <see cref="LongestName"/> characters.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> Create(Guid actor, string? key, string? name, CancellationToken ct = default)
    {
        (key, name) = (key?.Trim() ?? "", name?.Trim() ?? "");
        if (!Key().IsMatch(key))
        {
            return key.Length == 0 ? new SettingResult.Refused("key", "required")
                : key.Length > LongestKey ? new SettingResult.Refused("key", "too_long", $"{LongestKey}")
                : new SettingResult.Refused("key", "malformed");
        }

        return Wrong(name) ?? await settings.Change<SettingResult>(
            async scope =>
            {
                var pools = await scope.Db.Set<Pool>().AsNoTracking().ToListAsync(ct);
                if (pools.Exists(p => p.Key == key))
                {
                    return new SettingResult.Refused("key", "duplicate");
                }

                if (Taken(pools, name) is { } taken)
                {
                    return taken;
                }

                if (pools.Count >= Most)
                {
                    return new SettingResult.Refused("key", "too_many", $"{Most}");
                }

                var pool = new Pool { Id = time.NewId(), Key = key, Name = name };
                scope.Db.Add(pool);
                scope.Db.Add(time.Event(actor, pool.Id, "pool.created", new { key, name }));
                return new SettingResult.Done(pool.Id);
            },
            ct);
    }

    /// <summary>Renames a pool; policies and leads name it by its key and stay with it.</summary>
    public async Task<SettingResult> Rename(Guid actor, Guid id, string? name, CancellationToken ct = default)
    {
        name = name?.Trim() ?? "";
        return Wrong(name) ?? await settings.Change<SettingResult>(
            async scope =>
            {
                var pools = await scope.Db.Set<Pool>().ToListAsync(ct);
                if (pools.Find(p => p.Id == id) is not { } pool)
                {
                    return new SettingResult.Missing();
                }

                if (pool.BuiltIn)
                {
                    return new SettingResult.Refused("name", "built_in");
                }

                if (Taken(pools.Where(p => p.Id != id), name) is { } taken)
                {
                    return taken;
                }

                scope.Db.Add(time.Event(actor, id, "pool.renamed", new { pool.Key, before = pool.Name, after = name }));
                pool.Name = name;
                return new SettingResult.Done(id);
            },
            ct);
    }

    /// <summary>
    /// Takes a pool away. Refused for a built-in one (<c>built_in</c>), while leads lie in it (<c>has_leads</c>), and while a
    /// policy in force, a draft or a reactivation names it (<c>named_by_policy</c>, with the kinds).
    /// </summary>
    public Task<SettingResult> Retire(Guid actor, Guid id, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            var db = scope.Db;
            // Whoever moves leads into it holds the row, so that none comes in between.
            var found = scope.Store.IsSqlite ? db.Set<Pool>().Where(p => p.Id == id) : db.Set<Pool>().FromSql($"SELECT * FROM pool WHERE id = {id} FOR UPDATE");
            if (await found.SingleOrDefaultAsync(ct) is not { } pool)
            {
                return new SettingResult.Missing();
            }

            if (pool.BuiltIn)
            {
                return new SettingResult.Refused("key", "built_in");
            }

            if (await db.Set<Lead>().AnyAsync(l => l.PoolId == id, ct))
            {
                return new SettingResult.Refused("key", "has_leads");
            }

            if (await db.Set<Account>().AnyAsync(a => a.PoolId == id && a.OwnerId == null, ct))
            {
                return new SettingResult.Refused("key", "has_accounts");
            }

            if (await NamedBy(db, pool.Key, ct) is { Count: > 0 } kinds)
            {
                return new SettingResult.Refused("key", "named_by_policy", string.Join(", ", kinds));
            }

            db.RemoveRange(await db.Set<PoolMember>().Where(m => m.PoolId == id).ToListAsync(ct));
            db.Remove(pool);
            db.Add(time.Event(actor, id, "pool.retired", new { pool.Key, pool.Name }));
            return new SettingResult.Done(id);
        },
        ct);

    private static async Task<IReadOnlyList<string>> NamedBy(GranaryDb db, string key, CancellationToken ct)
    {
        var kinds = await PolicyNames.KindsNaming(db, (kind, body) => PolicyNames.Pools(kind, body).Select(named => named.Pool), key, ct);
        var quoted = Json.Write(key);
        return await db.Set<Reactivation>().AnyAsync(r => r.Plan.Contains(quoted), ct) ? [.. kinds, "reactivation"] : kinds;
    }

    private static SettingResult.Refused? Wrong(string name) =>
        name.Length == 0 ? new SettingResult.Refused("name", "required")
        : name.Length > LongestName ? new SettingResult.Refused("name", "too_long", $"{LongestName}")
        : name.Any(char.IsControl) ? new SettingResult.Refused("name", "control_character")
        : null;

    private static SettingResult.Refused? Taken(IEnumerable<Pool> pools, string name) =>
        pools.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) ? new SettingResult.Refused("name", "duplicate") : null;

    [GeneratedRegex("^[a-z][a-z0-9_]{1,39}$")]
    private static partial Regex Key();
}
