using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>
/// Carries out a confirmed import. What a chunk did and how far the import is move in one transaction, so that it goes on
/// exactly where it stopped, after whatever stopped it and on whichever node.
/// </summary>
public sealed class ImportRun(Store store, Vault vault, SettingCache settings, LeadIntake intake, ImportFiles files, TimeProvider time)
{
    /// <summary>Rows of a chunk: enough for set-wise writing, few enough to hold locks for a moment only.</summary>
    public const int ChunkRows = 250;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs an import to its end, or waits while another node does.</summary>
    /// <param name="importId">A confirmed import.</param>
    /// <param name="progress">Told after each chunk.</param>
    /// <param name="ct">Stops between two chunks; whoever comes next goes on.</param>
    /// <returns>The import as it ended.</returns>
    public async Task<ImportBatch> Execute(Guid importId, IProgress<ImportBatch>? progress = null, CancellationToken ct = default)
    {
        while (true)
        {
            if (await ImportLease.Take(store, time, importId, ct) is { } lease)
            {
                await using (lease)
                {
                    await Run(lease, progress, ct);
                }
            }

            var import = await Load(importId, ct);
            progress?.Report(import);
            if (import.State != ImportState.Running)
            {
                return import;
            }

            await Task.Delay(Wait, ct);
        }
    }

    private async Task Run(ImportLease lease, IProgress<ImportBatch>? progress, CancellationToken ct)
    {
        var import = lease.Import;
        var setting = await settings.Get(ct);
        var viewer = import.UserId == Guid.Empty ? null : setting.ViewerOf(import.UserId);
        if (import.UserId != Guid.Empty && viewer is null)
        {
            await lease.End(ImportState.Failed, "not_permitted");
            return;
        }

        try
        {
            var plan = ImportPlan.Of(import) ?? throw new InvalidOperationException($"The mapping of import {import.Id} cannot be read.");
            using var reader = new ImportReader(files.Open(import), import.FileName, plan.Mapping, setting.Calendar.Zone, vault);
            var counting = import.RowsTotal is null ? Task.Run(() => Count(lease), ct) : Task.CompletedTask;
            if (reader.Table.Format.Kind == TableFormat.Workbook)
            {
                // It may turn out to be broken on its last page: nothing of it lands before.
                await counting;
            }

            await Task.WhenAll(counting, Run(lease, reader, plan, plan.Update(viewer), progress, ct));
            await lease.End(ImportState.Done, null);
        }
        catch (UnusableFileException e)
        {
            await lease.End(ImportState.Failed, e.Code);
        }
        catch (LeaseLostException)
        {
            // Another node has it now and goes on from what was committed.
        }
    }

    // As many chunks land at once as intake lets; the one behind them is read: more would only lie in memory.
    private async Task Run(ImportLease lease, ImportReader reader, ImportPlan plan, LeadUpdate? update, IProgress<ImportBatch>? progress, CancellationToken ct)
    {
        using var rows = reader.Rows(lease.Import.RowsDone).Chunk(ChunkRows).GetEnumerator();
        var reading = Read(lease.Import, rows, plan, update, ct);
        Queue<Task> landing = [];
        Task? last = null;
        try
        {
            while (await reading is { } chunk)
            {
                reading = Read(lease.Import, rows, plan, update, ct);
                landing.Enqueue(last = Land(lease, reader, chunk, last));
                if (landing.Count == LandingChain.Abreast)
                {
                    await landing.Dequeue();
                    progress?.Report(lease.Import);
                    ct.ThrowIfCancellationRequested();
                }
            }

            while (landing.TryDequeue(out var landed))
            {
                await landed;
                progress?.Report(lease.Import);
            }
        }
        finally
        {
            await Task.WhenAll([reading, .. landing]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Land(ImportLease lease, ImportReader reader, RowChunk chunk, Task? before)
    {
        await intake.LandChunk(chunk.Prepared, before, (scope, results) => lease.Move(
            scope, chunk.Rows.Count, Failures(lease.Import, reader, chunk, results), chunk.With(results).Aggregate(ImportCounts.Of(lease.Import), (sum, r) => sum.And(r.Result))));
        lease.Committed();
    }

    // Null behind the last row.
    private Task<RowChunk?> Read(ImportBatch import, IEnumerator<ReadRow[]> rows, ImportPlan plan, LeadUpdate? update, CancellationToken ct) => Task.Run(
        async () => rows.MoveNext()
            ? await RowChunk.Prepare(rows.Current, import.Id, import.UserId == Guid.Empty ? null : import.UserId, plan, update, intake, learns: true, ct)
            : null,
        ct);

    private List<ImportFailure> Failures(ImportBatch import, ImportReader reader, RowChunk chunk, IReadOnlyList<IntakeResult> results)
    {
        List<ImportFailure> failures = [];
        foreach (var (row, result) in chunk.With(results))
        {
            if (result is null or IntakeResult.Refused)
            {
                var errors = result is IntakeResult.Refused refused ? reader.Locate(row.Row, refused.Errors) : row.Errors;
                failures.Add(new ImportFailure
                {
                    ImportId = import.Id,
                    Number = row.Row.Number,
                    Errors = Json.Write(errors),
                    Cells = vault.Seal(Json.Write(row.Row.Cells)),
                });
            }
        }

        return failures;
    }

    private void Count(ImportLease lease)
    {
        var import = lease.Import;
        using var table = TableFile.Open(files.Open(import), import.FileName);
        lease.Count(table.Count());
    }

    private async Task<ImportBatch> Load(Guid id, CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.Set<ImportBatch>().AsNoTracking().SingleAsync(b => b.Id == id, ct);
    }
}
