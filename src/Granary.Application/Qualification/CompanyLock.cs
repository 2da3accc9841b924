using Granary.Application.Storage;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>
/// Those who make or name accounts of one company wait for each other, so that they find the account that the first one makes: by the
/// core of its name, and by its credit code. Taken before accounts are read; SQLite has one writer and needs none.
/// </summary>
internal static class CompanyLock
{
    /// <summary>Waits for the company until the transaction ends. The name always comes first, so that nobody waits in a ring.</summary>
    public static async Task Take(WriteScope scope, CompanyName? name, string? creditCode, CancellationToken ct)
    {
        if (scope.Store.IsSqlite)
        {
            return;
        }

        foreach (var key in new[] { name is null ? null : $"account:{name.Core}", creditCode is null ? null : $"account_code:{creditCode}" }.OfType<string>())
        {
            await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", ct);
        }
    }

    /// <summary>Waits for many companies until the transaction ends: all names before all codes, each in order.</summary>
    public static async Task TakeAll(WriteScope scope, IEnumerable<CompanyName> names, IEnumerable<string> creditCodes, CancellationToken ct)
    {
        if (scope.Store.IsSqlite)
        {
            return;
        }

        foreach (var keys in new[] { names.Select(n => $"account:{n.Core}"), creditCodes.Select(c => $"account_code:{c}") })
        {
            var sorted = keys.Distinct().Order(StringComparer.Ordinal).ToArray();
            await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended(k.key, 0)) FROM (SELECT key FROM unnest({sorted}) WITH ORDINALITY AS u(key, at) ORDER BY at) AS k", ct);
        }
    }
}
