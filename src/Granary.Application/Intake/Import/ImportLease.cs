using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>
/// The right of one node to run an import for a while, renewed with every chunk. The row's expiry is the token: a node whose
/// lease ran out and was taken by another can commit nothing any more.
/// </summary>
internal sealed class ImportLease : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly Store _store;
    private readonly TimeProvider _time;
    private ImportBatch? _moved;
    private volatile Counted? _counted;
    private bool _ended;

    private ImportLease(Store store, TimeProvider time, ImportBatch import) => (_store, _time, Import) = (store, time, import);

    /// <summary>The import as far as it is committed.</summary>
    public ImportBatch Import { get; private set; }

    /// <summary>Takes a confirmed import that nobody runs; null when there is nothing to take.</summary>
    public static async Task<ImportLease?> Take(Store store, TimeProvider time, Guid importId, CancellationToken ct)
    {
        var (now, until) = (time.Now, time.Now + Duration);
        return await store.Write(
            async scope =>
            {
                var taken = await scope.Db.Set<ImportBatch>()
                    .Where(b => b.Id == importId && b.State == ImportState.Running && (b.LeaseUntil == null || b.LeaseUntil <= now))
                    .ExecuteUpdateAsync(b => b.SetProperty(x => x.LeaseUntil, until), ct);
                return taken == 0 ? null : new ImportLease(store, time, await scope.Db.Set<ImportBatch>().AsNoTracking().SingleAsync(b => b.Id == importId, ct));
            },
            ct);
    }

    /// <summary>Notes how many rows the file has; kept with the next move, and at the end.</summary>
    public void Count(int rows) => _counted = new Counted(rows);

    /// <summary>Moves the import on within the transaction of a chunk.</summary>
    public async Task Move(WriteScope scope, int rows, List<ImportFailure> failures, ImportCounts counts)
    {
        var now = _time.Now + Duration;
        // Never the instant it has: a renewed lease must be told from the one before.
        var until = now > Import.LeaseUntil ? now : Import.LeaseUntil!.Value.AddMilliseconds(1);
        var moved = Import.Copy();
        moved.RowsDone += rows;
        moved.RowsTotal = Total;
        (moved.Created, moved.Linked, moved.Refreshed, moved.Held, moved.Failed, moved.Repeated) = counts;
        moved.LeaseUntil = until;
        Require(await Mine(scope.Db).ExecuteUpdateAsync(b => b
            .SetProperty(x => x.RowsDone, moved.RowsDone)
            .SetProperty(x => x.RowsTotal, moved.RowsTotal)
            .SetProperty(x => x.Created, moved.Created)
            .SetProperty(x => x.Linked, moved.Linked)
            .SetProperty(x => x.Refreshed, moved.Refreshed)
            .SetProperty(x => x.Held, moved.Held)
            .SetProperty(x => x.Failed, moved.Failed)
            .SetProperty(x => x.Repeated, moved.Repeated)
            .SetProperty(x => x.LeaseUntil, moved.LeaseUntil)));
        await scope.Insert().Add(failures).Send(CancellationToken.None);
        _moved = moved;
    }

    /// <summary>Takes note that the move is durable.</summary>
    public void Committed() => Import = _moved ?? Import;

    /// <summary>Ends the import.</summary>
    public async Task End(ImportState state, string? error)
    {
        await _store.Write(async scope =>
        {
            Require(await Mine(scope.Db).ExecuteUpdateAsync(b => b
                .SetProperty(x => x.State, state)
                .SetProperty(x => x.Error, error)
                .SetProperty(x => x.RowsTotal, Total)
                .SetProperty(x => x.EndedAt, _time.Now)
                .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null)));
            var counts = ImportCounts.Of(Import);
            await scope.Insert().Add([ImportEvent.Of(Import.Id, ImportEvent.Ended, _time.Now, null, new { state, error, counts })]).Send(CancellationToken.None);
        });
        _ended = true;
    }

    /// <summary>Gives an import that has not ended back, for another to go on at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _store.Write(scope => Mine(scope.Db).ExecuteUpdateAsync(b => b.SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null)));
        }
    }

    private int? Total => _counted?.Rows ?? Import.RowsTotal;

    private static void Require(int rows)
    {
        if (rows == 0)
        {
            throw new LeaseLostException();
        }
    }

    private IQueryable<ImportBatch> Mine(GranaryDb db) =>
        db.Set<ImportBatch>().Where(b => b.Id == Import.Id && b.State == ImportState.Running && b.LeaseUntil == Import.LeaseUntil && b.RowsDone == Import.RowsDone);

    private sealed record Counted(int Rows);
}

/// <summary>Another node has taken the import over; what this one was about to commit is rolled back.</summary>
internal sealed class LeaseLostException() : Exception("Another node runs this import now.");
