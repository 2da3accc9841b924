using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>Makes the exports that wait for it, one after another, also those that another node left behind; and ends what has had its time.</summary>
public sealed class ExportWorker(Store store, RunExport run, TimeProvider time)
{
    private const int Batch = 100;

    /// <summary>Makes all that is due.</summary>
    public async Task Run(CancellationToken ct = default)
    {
        while (await Next(ct) is { } id && await run.Execute(id, ct))
        {
        }
    }

    /// <summary>Takes files away whose time is over, and ends the wait for decisions that did not come; how many.</summary>
    public Task<int> Expire(CancellationToken ct = default)
    {
        var now = time.Now;
        return store.Write(
            async scope =>
            {
                var due = await scope.Db.Set<ExportRequest>().AsNoTracking().Where(e => e.ExpiresAt != null && e.ExpiresAt <= now).OrderBy(e => e.ExpiresAt).Select(e => e.Id).Take(Batch).ToListAsync(ct);
                var ended = 0;
                foreach (var id in due)
                {
                    // Another node may have ended it, or somebody decided, since it was read.
                    if (await scope.Db.Set<ExportRequest>().Where(e => e.Id == id && e.ExpiresAt != null && e.ExpiresAt <= now).ExecuteUpdateAsync(
                        e => e.SetProperty(x => x.State, ExportState.Expired).SetProperty(x => x.ExpiresAt, (DateTimeOffset?)null), ct) == 1)
                    {
                        await ExportFiles.Drop(scope.Db, id, ct);
                        scope.Db.Add(new EventRecord { At = now, SubjectId = id, Kind = ExportEvent.Expired });
                        ended++;
                    }
                }

                await scope.Db.SaveChangesAsync(ct);
                return ended;
            },
            ct);
    }

    private async Task<Guid?> Next(CancellationToken ct)
    {
        var now = time.Now;
        await using var db = store.Open();
        return await db.Set<ExportRequest>().Where(e => e.State == ExportState.Running && (e.LeaseUntil == null || e.LeaseUntil <= now))
            .OrderBy(e => e.Id).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(ct);
    }
}
