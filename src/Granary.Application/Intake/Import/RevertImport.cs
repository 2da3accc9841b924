using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>What became of taking an import back.</summary>
public abstract record RevertResult
{
    /// <summary>It is taken back.</summary>
    public sealed record Reverted : RevertResult;

    /// <summary>Somebody has worked on leads of it meanwhile (<c>import_touched</c>); nothing was changed.</summary>
    /// <param name="Leads">How many.</param>
    public sealed record Touched(int Leads) : RevertResult;

    /// <summary>It has not ended, or was taken back before.</summary>
    public sealed record NotEnded : RevertResult;
}

/// <summary>
/// Takes a whole import back while its leads are untouched (§3 Import): leads it made are voided, leads it changed get back
/// what they were, and the file can be uploaded again. One transaction, in sets.
/// </summary>
public sealed class RevertImport(Store store, SettingCache settings, TimeProvider time)
{
    private const int Page = 1000;

    /// <summary>Takes an import back.</summary>
    public async Task<RevertResult> Revert(Guid importId, Guid? actorId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write<RevertResult>(
            async scope =>
            {
                var db = scope.Db;
                var now = time.Now;
                var taken = await db.Set<ImportBatch>()
                    .Where(b => b.Id == importId && (b.State == ImportState.Done || b.State == ImportState.Failed))
                    .ExecuteUpdateAsync(b => b.SetProperty(x => x.State, ImportState.Reverted), ct);
                if (taken == 0)
                {
                    return new RevertResult.NotEnded();
                }

                // Counters before leads, as assignment locks them.
                if (!store.IsSqlite)
                {
                    await db.Database.ExecuteSqlRawAsync(BoardStore.LockLoads, ct);
                }

                var changes = new ImportedChanges(scope, setting, importId, now);
                if (await Touched(db, changes, importId, ct) is > 0 and var touched)
                {
                    scope.Abandon();
                    return new RevertResult.Touched(touched);
                }

                var released = await Void(scope, importId, actorId, now, ct);
                foreach (var owner in await changes.Restore(actorId, ct))
                {
                    released[owner] = released.GetValueOrDefault(owner) + 1;
                }

                foreach (var (owner, count) in released.OrderBy(r => r.Key))
                {
                    await db.Set<UserLoad>().Where(l => l.UserId == owner).ExecuteUpdateAsync(l => l.SetProperty(x => x.Holding, x => x.Holding - count), ct);
                }

                await db.Set<ImportRow>().Where(r => r.ImportId == importId).ExecuteDeleteAsync(ct);
                db.Add(ImportEvent.Of(importId, ImportEvent.Reverted, now, actorId, new { voided = released.Values.Sum() }));
                await db.SaveChangesAsync(ct);
                return new RevertResult.Reverted();
            },
            ct);
    }

    private static async Task<int> Touched(GranaryDb db, ImportedChanges changes, Guid importId, CancellationToken ct)
    {
        var expected = await changes.Versions(ct);
        var made = db.Set<Lead>().Where(l => l.ImportId == importId);
        var touched = (await made.Where(l => l.Version != 1).Select(l => new { l.Id, l.Version }).ToListAsync(ct))
            .Where(l => expected.GetValueOrDefault(l.Id, 1) != l.Version).Select(l => l.Id).ToHashSet();
        foreach (var page in expected.Chunk(Page))
        {
            var ids = page.Select(p => p.Key).ToArray();
            var stored = await db.Set<Lead>().Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Version }).ToListAsync(ct);
            touched.UnionWith(stored.Where(l => expected[l.Id] != l.Version).Select(l => l.Id));
        }

        // A lead that came later and was linked to one of them would lose its source.
        touched.UnionWith(await db.Set<Lead>()
            .Where(l => l.SourceLeadId != null && l.ImportId != importId && made.Any(m => m.Id == l.SourceLeadId))
            .Select(l => l.SourceLeadId!.Value).ToListAsync(ct));
        return touched.Count;
    }

    /// <summary>Voids the leads that the import made; how many each owner held of them.</summary>
    private static async Task<Dictionary<Guid, int>> Void(WriteScope scope, Guid importId, Guid? actorId, DateTimeOffset now, CancellationToken ct)
    {
        var made = scope.Db.Set<Lead>().Where(l => l.ImportId == importId);
        var held = await made.Where(l => l.OwnerId != null && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working))
            .GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        await scope.Db.Set<OwnershipRecord>().Where(o => o.To == null && made.Any(l => l.Id == o.LeadId))
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.Ended, Ended.Voided).SetProperty(x => x.To, now), ct);
        await scope.Db.Set<Notice>().Where(n => made.Any(l => l.Id == n.SubjectId)).ExecuteDeleteAsync(ct);
        foreach (var page in (await made.Select(l => new { l.Id, l.OwnerId }).ToListAsync(ct)).Chunk(Page))
        {
            var changes = new LeadChanges();
            foreach (var lead in page)
            {
                changes.Happened(lead.Id, LeadEvent.Voided, now, actorId, new VoidedData(lead.OwnerId, null, importId));
            }

            await changes.Into(scope.Insert()).Send(ct);
        }

        await made.ExecuteUpdateAsync(
            l => l.SetProperty(x => x.Status, LeadStatus.Voided).SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.PoolId, (Guid?)null)
                .SetProperty(x => x.TrayUserId, (Guid?)null).SetProperty(x => x.RetryAt, (DateTimeOffset?)null)
                .SetProperty(x => x.PlacedAt, now).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.ChangedAt, now),
            ct);
        return held;
    }
}
