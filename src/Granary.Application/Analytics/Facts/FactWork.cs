using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>Brings the facts of leads up to date and moves what they contribute from the cells where it was to those where it belongs.</summary>
internal static class FactWork
{
    /// <summary>How many leads are looked at together.</summary>
    public const int Step = 1000;

    /// <summary>Looks at leads, and at opportunities that they may concern or that are named; what changes in rollups is written once.</summary>
    public static async Task Refresh(WriteScope scope, Setting setting, IEnumerable<Guid> ids, IReadOnlyCollection<Guid> named, NewLeads fresh, CancellationToken ct)
    {
        var book = new CellBook();
        List<Guid> concerned = [];
        foreach (var some in ids.Chunk(Step))
        {
            var input = await FactInput.Of(scope.Db, some, fresh, ct);
            concerned.AddRange([.. input.Worked, .. input.Leads.Where(l => l.AccountId is not null).Select(l => l.Id)]);
            await GatherWork(scope, setting, some, input, book, ct);
            var now = (await FactSource.Of(scope.Db, setting.Calendar, input, ct)).ToDictionary(f => f.LeadId);
            var before = await scope.Db.Set<LeadFact>().AsNoTracking().Where(f => some.Contains(f.LeadId)).ToDictionaryAsync(f => f.LeadId, ct);
            Guid[] changed = [.. some.Distinct().Where(id => !Same(before.GetValueOrDefault(id), now.GetValueOrDefault(id))).Order()];
            await Move(scope, changed, before, now, scope.Db.Set<LeadFact>().Where(f => changed.Contains(f.LeadId)), book.Add, ct);
        }

        await WriteSheets.Of(scope, book, ct);
        await DealWork.Refresh(scope, setting, concerned, named, ct);
    }

    /// <summary>Looks at the work on some leads alone.</summary>
    public static async Task RefreshWork(WriteScope scope, Setting setting, Guid[] ids, CancellationToken ct)
    {
        var book = new CellBook();
        await GatherWork(scope, setting, ids, await FactInput.Of(scope.Db, ids, NewLeads.None, ct), book, ct);
        await WriteSheets.Of(scope, book, ct);
    }

    // What changed leaves the cells as it was and enters them as it is; the rows are the memory of it.
    internal static async Task Move<T>(
        WriteScope scope, Guid[] changed, Dictionary<Guid, T> before, Dictionary<Guid, T> now, IQueryable<T> rows, Action<T, bool> add, CancellationToken ct)
        where T : class
    {
        if (changed.Length == 0)
        {
            return;
        }

        foreach (var id in changed)
        {
            if (before.TryGetValue(id, out var old))
            {
                add(old, true);
            }

            if (now.TryGetValue(id, out var fact))
            {
                add(fact, false);
            }
        }

        if (changed.Any(before.ContainsKey))
        {
            await rows.ExecuteDeleteAsync(ct);
        }

        await scope.Insert().Add<T>([.. changed.Where(now.ContainsKey).Select(id => now[id])]).Send(ct);
    }

    private static async Task GatherWork(WriteScope scope, Setting setting, Guid[] ids, FactInput input, CellBook book, CancellationToken ct)
    {
        var now = (await WorkSource.Of(scope.Db, setting, input, ct)).ToDictionary(f => f.LeadId);
        var before = await scope.Db.Set<WorkFact>().AsNoTracking().Where(f => ids.Contains(f.LeadId)).ToDictionaryAsync(f => f.LeadId, ct);
        Guid[] changed = [.. ids.Distinct().Where(id => before.GetValueOrDefault(id)?.Parts != now.GetValueOrDefault(id)?.Parts).Order()];
        await Move(scope, changed, before, now, scope.Db.Set<WorkFact>().Where(f => changed.Contains(f.LeadId)), book.Add, ct);
    }

    private static bool Same(LeadFact? before, LeadFact? now) => before is null ? now is null : now is not null && before.Same(now);
}
